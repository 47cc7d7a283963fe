import type { Capabilities } from './channel.ts';
import { unitsOf } from './units.ts';

/**
 * Cuts a text into parts that are within a limit and together are the text again. It cuts between paragraphs where it can, else between lines,
 * sentences, words, and in the last resort between graphemes (Unicode Standard Annex 29), so that no letter loses its vowel points and no
 * emoji falls apart.
 */
export function splitText(text: string, unitsMax: number, unit: Capabilities['textUnit']): string[] {
  const parts: string[] = [];
  let rest = text;
  while (unitsOf(rest, unit) > unitsMax) {
    const head = headWithin(rest, unitsMax, unit);
    const part = head.slice(0, bestCut(head));
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
}

/** The longest beginning of whole graphemes that is within the limit. */
function headWithin(text: string, unitsMax: number, unit: Capabilities['textUnit']): string {
  // A code point has at most two UTF-16 units, so nothing beyond this can be within the limit.
  const nearby = text.slice(0, unitsMax * 2 + 1);
  let end = 0;
  let units = 0;
  for (const { segment, index } of graphemes.segment(nearby)) {
    units += unitsOf(segment, unit);
    if (units > unitsMax) break;
    end = index + segment.length;
  }
  if (end > 0) return text.slice(0, end);
  // One grapheme beyond the limit: an endless pile of marks, cut between its code points.
  for (const point of nearby) {
    end += point.length;
    if (unitsOf(nearby.slice(0, end), unit) > unitsMax)
      return text.slice(0, Math.max(end - point.length, point.length));
  }
  return nearby;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** What may be cut, best first; the cut is behind it. */
const seams = [/\n\n/g, /\n/g, /[.?!…:]["')]?\s/g, /\s/g];

/** Where to cut: behind the last seam of the best kind that leaves the part half full. */
function bestCut(head: string): number {
  for (const seam of seams) {
    let cut = 0;
    for (const match of head.matchAll(seam)) cut = match.index + match[0].length;
    if (cut > head.length / 2) return cut;
  }
  return head.length;
}
