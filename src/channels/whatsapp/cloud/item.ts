import type { ArrivedMessage, Receipt } from '../../channel.ts';

/** One thing out of a post of Meta's: something for us, or a code that says why it is nothing. */
export type Item =
  | { readonly message: ArrivedMessage }
  | { readonly receipt: Receipt }
  | { readonly ignored: string };
