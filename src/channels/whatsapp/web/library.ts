import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What is used of whatsapp-web.js. Whatever it hands over is read with care, because it changes whenever WhatsApp's page does. */
export interface WebLibrary {
  readonly Client: new (options: WebClientOptions) => WebClient;
  readonly LocalAuth: new (options: { readonly dataPath: string }) => object;
}

export interface WebClientOptions {
  readonly authStrategy: object;
  readonly webVersionCache: { readonly type: 'local'; readonly path: string };
  readonly puppeteer: {
    readonly headless: boolean;
    readonly executablePath: string;
    readonly args: readonly string[];
  };
}

export interface WebClient {
  on(event: string, listener: (...details: readonly unknown[]) => void): unknown;
  initialize(): Promise<void>;
  destroy(): Promise<void>;
  getState(): Promise<unknown>;
  /** Resolves to the message that was sent, or to nothing where nobody has the address. */
  sendMessage(
    chatId: string,
    text: string,
    options: { readonly linkPreview: boolean; readonly sendSeen: boolean },
  ): Promise<unknown>;
  getChats(): Promise<readonly WebChat[]>;
  getChatById(chatId: string): Promise<WebChat | undefined>;
  /** For each id the two ids of that person, where the phone knows them. */
  getContactLidAndPhone(ids: readonly string[]): Promise<unknown>;
}

export interface WebChat {
  readonly id: { readonly _serialized: string };
  /** Seconds since 1970 of the last thing that happened in it. */
  readonly timestamp?: number;
  fetchMessages(options: { readonly limit: number; readonly fromMe: boolean }): Promise<readonly unknown[]>;
}

/** Where the library is installed, with a lock of its own: it brings many packages that nobody else needs. */
const folder = join(import.meta.dirname, '../../../../optional/whatsapp-web');

/** The library is not installed; the message says how to install it. */
export class LibraryMissing extends Error {
  constructor() {
    super(
      'WHATSAPP_TRANSPORT=webjs needs whatsapp-web.js, which is not installed. Install it by: npm ci --prefix optional/whatsapp-web --ignore-scripts',
    );
    this.name = 'LibraryMissing';
  }
}

/** Looks whether the library is there, without loading it. Throws {@link LibraryMissing}. */
export function findLibrary(): () => WebLibrary {
  const load = createRequire(join(folder, 'package.json'));
  try {
    load.resolve('whatsapp-web.js');
  } catch {
    throw new LibraryMissing();
  }
  return () => load('whatsapp-web.js');
}
