import { itemBefore, type Token } from './tokens.ts';

const full = new Set(['⭐', '🌟', '★', '✭', '✮', '🟊', '⭑']);
const hollow = '☆';

/**
 * Counts stars: a run of full ones, hollow ones after them left out ("★★★★☆" is 4). One star after a number only decorates it. Stars in
 * several places are no count.
 */
export function starsIn(tokens: readonly Token[]): { value: number; from: number; to: number } | undefined {
  let from = -1;
  let to = -1;
  let value = 0;
  for (const [index, token] of tokens.entries()) {
    const isStar = token.kind === 'emoji' && (full.has(token.text) || token.text === hollow);
    if (!isStar) continue;
    if (from >= 0 && to !== index) return undefined;
    if (from < 0) from = index;
    to = index + 1;
    if (token.text !== hollow) value += 1;
  }
  if (from < 0) return undefined;
  const after = itemBefore(tokens, from);
  if (value === 1 && to === from + 1 && after?.kind === 'digits') return undefined;
  const half =
    /^(?:half|וחצי)$/.test(tokens[to]?.text ?? '') ||
    (tokens[to]?.text === 'and' && tokens.slice(to, to + 3).some((token) => token.text === 'half'));
  return { value: half ? value + 0.5 : value, from, to };
}
