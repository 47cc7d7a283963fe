import { moment, timeZone } from './conversation.ts';
import { days, no, numbers, yes } from './hand-written-words.ts';

export type Value = string | number | boolean | readonly string[];

/** What a reply answers, or why it does not, as an id of a sentence. */
export type Read = { readonly value: Value; readonly reason?: undefined } | { readonly reason: string };

/** Reads a reply, cleaned before, as an answer to one of the bench questions; `text` is the reply as it came. */
export function readAnswer(question: string, reply: string, text: string): Read {
  switch (question) {
    case 'recommend':
      return readNumber(reply, 0, 10);
    case 'arrived':
      return readYesNo(reply);
    case 'arrived_on':
      return readPastDate(reply, moment);
    case 'satisfaction':
    case 'courier':
      return readNumber(reply, 1, 5);
    case 'ease':
      return readNumber(reply, 1, 7);
    case 'chosen_by':
      return readOption(reply, reasons);
    case 'liked':
      return readOptions(reply, likes, 'nothing');
    case 'calls':
      return readNumber(reply, 0, 50);
    case 'comment':
      return readText(text, 1000);
    default:
      return readText(text, 2000);
  }
}

/** The sentence that says what can be answered, for each question. */
export const hints: Readonly<Record<string, string>> = {
  recommend: 'hints.scale',
  disappointed: 'hints.text',
  arrived: 'hints.yes_no',
  arrived_on: 'hints.date_past',
  satisfaction: 'hints.scale',
  ease: 'hints.scale',
  chosen_by: 'hints.choice',
  liked: 'hints.multi_choice',
  calls: 'hints.number_whole_between',
  courier: 'hints.scale',
  comment: 'hints.text',
};

/** The reply without what people do not see, and with one form of its letters. */
export function cleaned(text: string): string {
  return text
    .slice(0, 4000)
    .normalize('NFC')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim()
    .toLowerCase();
}

/** An option: its id and its labels. */
type Option = readonly [id: string, ...labels: string[]];

const reasons: readonly Option[] = [
  ['product', 'המוצר', 'the product'],
  ['price', 'המחיר', 'the price'],
  ['advice', 'המלצה', 'advice'],
  ['other', 'משהו אחר', 'something else'],
];

const likes: readonly Option[] = [
  ['speed', 'המהירות', 'speed'],
  ['courier', 'השליח', 'the courier'],
  ['packing', 'האריזה', 'packing'],
  ['nothing', 'שום דבר', 'nothing'],
];

/** A whole number within a range: digits, "8/10", or a word. */
function readNumber(reply: string, min: number, max: number): Read {
  const digits = /^(-?[0-9]{1,9})(?:\.([0-9]+))?(?: ?\/ ?([0-9]{1,3}))?$/.exec(reply);
  const value = digits ? Number(digits[1]) : numbers.get(reply);
  if (value === undefined) return { reason: 'not_a_number' };
  if (digits?.[2] !== undefined && Number(digits[2]) !== 0) return { reason: 'not_whole' };
  if (digits?.[3] !== undefined && Number(digits[3]) !== max) return { reason: 'other_scale' };
  return value < min || value > max ? { reason: 'out_of_range' } : { value };
}

function readYesNo(reply: string): Read {
  if (yes.has(reply)) return { value: true };
  return no.has(reply) ? { value: false } : { reason: 'unclear' };
}

function readOption(reply: string, options: readonly Option[]): Read {
  const option = findOption(reply, options);
  return option ? { value: option[0] } : { reason: 'not_an_option' };
}

/** An option by its number or by a label. */
function findOption(reply: string, options: readonly Option[]): Option | undefined {
  if (/^[0-9]{1,2}$/.test(reply)) return options[Number(reply) - 1];
  return options.find(([, ...labels]) => labels.includes(reply));
}

/** Some of several options, in the order of the question. */
function readOptions(reply: string, options: readonly Option[], exclusive: string): Read {
  const chosen = new Set<string>();
  for (const part of reply.split(/[,;\n+&]| and /)) {
    const option = findOption(part.trim(), options);
    if (!option) return { reason: 'not_an_option' };
    chosen.add(option[0]);
  }
  if (chosen.size > 1 && chosen.has(exclusive)) return { reason: 'contradiction' };
  return { value: options.map(([id]) => id).filter((id) => chosen.has(id)) };
}

const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone });

/** A day up to today: day, month and year in this order or the other, or a word. */
function readPastDate(reply: string, now: string): Read {
  const today = dayFormat.format(new Date(now));
  const moved = days.get(reply);
  if (moved !== undefined) {
    return { value: new Date(Date.parse(today) + moved * 86_400_000).toISOString().slice(0, 10) };
  }
  const numeric = /^([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})$/.exec(reply);
  const [, day = '', month = '', year = ''] = numeric ?? [];
  const value = numeric ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : reply;
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return { reason: 'not_a_date' };
  const date = new Date(`${value}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value)
    return { reason: 'not_a_date' };
  return value > today ? { reason: 'date_in_future' } : { value };
}

function readText(text: string, unitsMax: number): Read {
  const value = text.trim();
  if (value === '') return { reason: 'empty' };
  return value.length > unitsMax ? { reason: 'too_long' } : { value };
}
