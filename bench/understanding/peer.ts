import { existsSync } from 'node:fs';
import type { AskedQuestion, Language, UnderstandRequest } from '../../src/dialogs/understanding/index.ts';

/** What another reader made of a reply. Readers that cannot say how sure they are say nothing about it. */
export interface PeerReading {
  readonly outcome: 'answer' | 'command' | 'invalid';
  readonly value?: unknown;
  readonly command?: string;
}

/** A reader that ours is compared with. `readNumber` and `readChoices` are its recognisers without anything of ours around them. */
export interface PeerReader {
  read(request: UnderstandRequest): PeerReading;
  readNumber(text: string): unknown;
  readChoices(question: AskedQuestion, text: string, language: Language): unknown;
}

const peers = new URL('../peers/', import.meta.url);

/** The reader in bench/peers, or undefined while its packages are not installed. */
export async function loadPeerReader(): Promise<PeerReader | undefined> {
  if (!existsSync(new URL('node_modules/botbuilder-dialogs', peers))) return undefined;
  const module: { reader: PeerReader } = await import(new URL('recognizers.ts', peers).href);
  return module.reader;
}
