import { once } from 'node:events';
import { type Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** Begins the bench conversation as a page does, and resolves to its id. */
export async function openConversation(agent: Agent, url: string): Promise<string> {
  const body = { touchpoint: 'bench-delivery', language: 'en' };
  const opened = JSON.parse(await post(agent, `${url}/channels/web/conversations`, body, 201));
  return String(opened.conversationId);
}

/** Resolves when the message is acknowledged. */
export async function postMessage(
  agent: Agent,
  url: string,
  conversation: string,
  message: { readonly id: string; readonly text: string },
): Promise<void> {
  await post(agent, `${url}/channels/web/conversations/${conversation}/messages`, message, 202);
}

async function post(agent: Agent, url: string, body: unknown, status: number): Promise<string> {
  const payload = JSON.stringify(body);
  const sent = request(url, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) },
  });
  sent.end(payload);
  const [response]: IncomingMessage[] = await once(sent, 'response');
  if (!response) throw new Error('No response');
  const answer = await text(response);
  if (response.statusCode !== status) throw new Error(`${url} answered ${response.statusCode}: ${answer}`);
  return answer;
}
