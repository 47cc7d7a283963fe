/** A piece of a text: plain, or the address of a page. */
export type Piece = { readonly text: string; readonly address?: string };

/**
 * Finds the web addresses in a text. Only http and https count, an address ends before white space, quotes and marks that turn the
 * direction of writing (which could make it look like another one), and closing punctuation stays outside.
 */
export function readPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"'`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi)) {
    const written = withoutClosing(match[0]);
    const address = parsed(written);
    if (!address) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: written, address });
    end = match.index + written.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** Drops punctuation at the end, and a bracket there that was opened before the address. */
function withoutClosing(address: string): string {
  let kept = address.replace(/[.,;:!?…״׳]+$/, '');
  for (const [opening, closing] of ['()', '[]', '{}']) {
    while (closing && kept.endsWith(closing) && !hasPairs(kept, opening ?? '', closing)) {
      kept = kept.slice(0, -1).replace(/[.,;:!?…]+$/, '');
    }
  }
  return kept;
}

function hasPairs(text: string, opening: string, closing: string): boolean {
  return text.split(opening).length >= text.split(closing).length;
}

function parsed(address: string): string | undefined {
  try {
    const { protocol, hostname, href } = new URL(address);
    return hostname && (protocol === 'https:' || protocol === 'http:') ? href : undefined;
  } catch {
    return undefined;
  }
}
