/**
 * BSON keeps texts as UTF-8, which has no half of a surrogate pair, and names of fields may not hold a NUL, a dot or a leading dollar.
 * What cannot be kept as it is, is written as U+FFFE, a code point that is no character, and four hexadecimal digits. Every other text
 * stands in the database just as people wrote it.
 */
const mark = '\ufffe';

/** A value with all its texts and field names in the form in which the database keeps them; moments and ids pass as they are. */
export function toStored<Value>(value: Value): Value;
export function toStored(value: unknown): unknown {
  return mapTexts(value, escapeText, escapeName);
}

/** The value as it was given to {@link toStored}. */
export function fromStored<Value>(value: Value): Value;
export function fromStored(value: unknown): unknown {
  return mapTexts(value, unescapeText, unescapeText);
}

type MapText = (text: string) => string;

function mapTexts(value: unknown, ofText: MapText, ofName: MapText): unknown {
  if (typeof value === 'string') return ofText(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, ofText, ofName));
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [ofName(name), mapTexts(item, ofText, ofName)]),
  );
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const unfitForName =
  /[\u0000.\ufffe]|^\$|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const unfitForText = /\ufffe|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const escaped = /\ufffe([0-9a-f]{4})/g;

function escapeText(text: string): string {
  return text.isWellFormed() && !text.includes(mark) ? text : text.replace(unfitForText, escapeUnit);
}

function escapeName(name: string): string {
  return name.replace(unfitForName, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `${mark}${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function unescapeText(text: string): string {
  if (!text.includes(mark)) return text;
  return text.replace(escaped, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
