import type { RequestHandler } from 'express';
import { Refusal } from '../conversations/refusal.ts';
import type { ServerDependencies } from './dependencies.ts';

/** Turns everything away once the server begins to stop; requests that are under way go on. */
export function refuseWhileDraining({ closing }: Pick<ServerDependencies, 'closing'>): RequestHandler {
  return (_request, _response, next) => {
    if (closing.aborted) throw new Refusal('draining');
    next();
  };
}

/**
 * Turns channels' requests away once the server begins to stop; and what brings something in while as much waits as may, or the store is down:
 * before its body is read into memory.
 */
export function admitInbound({
  closing,
  conversations,
}: Pick<ServerDependencies, 'closing' | 'conversations'>): RequestHandler {
  return ({ method }, _response, next) => {
    if (closing.aborted) throw new Refusal('draining');
    if (method === 'POST') conversations.admit();
    next();
  };
}
