/** The longest piece of a contact's own words that is repeated in a sentence, in UTF-16 units. */
const valueUnitsMax = 200;

/** Control characters and direction marks: what could break a line or turn a sentence around. */
const unsafe = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]+/gu;

/** Makes a value fit to stand within a sentence: one line, no marks, and no longer than a sentence bears. */
export function cleanValue(value: string): string {
  const clean = value
    .slice(0, valueUnitsMax * 2)
    .replace(unsafe, ' ')
    .trim();
  if (clean.length <= valueUnitsMax) return clean.isWellFormed() ? clean : clean.toWellFormed();
  return `${clean.slice(0, valueUnitsMax).toWellFormed().trimEnd()}…`;
}

/**
 * Sets a value apart from the sentence around it, so that neither turns the other's direction (Unicode Bidirectional Algorithm, 2.4: FIRST
 * STRONG ISOLATE and POP DIRECTIONAL ISOLATE). Plain digits need none.
 */
export function isolate(value: string): string {
  return /^[0-9]*$/.test(value) ? value : `\u2068${value}\u2069`;
}
