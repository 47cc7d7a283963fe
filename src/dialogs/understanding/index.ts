import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { readCommand } from './commands.ts';
import type { AnswerValue, InvalidReason, Reading } from './reading.ts';
import type { AskedQuestion, Language, UnderstandRequest } from './request.ts';
import { type Message, plainText, tokenize } from './tokens.ts';

export * from './reading.ts';
export * from './request.ts';

/** Reads a reply to a question: what it answers, commands, could mean, or why it cannot be taken. Never throws. */
export function understand(request: UnderstandRequest): Reading {
  const { question, text } = request;
  const message = tokenize(text.length > textUnitsMax ? text.slice(0, textUnitsMax) : text);
  const language = message.language ?? request.language;
  const plain = message.tokens
    .filter((token) => token.kind === 'word' || token.kind === 'digits')
    .map((token) => token.text)
    .join(' ');
  const command = readCommand(plain);
  if (command) return { outcome: 'command', command, rule: 'command', language };
  const longest =
    question.kind === 'text' ? Math.min(question.max ?? textUnitsMax, textUnitsMax) : textUnitsMax;
  if (text.trim().length > longest) return invalid('too_long', language);
  if (message.tokens.length === 0) return invalid('empty', language);
  return readKind(request, message, plain, language);
}

/** The longest reply that is read, in UTF-16 units. */
const textUnitsMax = 4000;

function readKind(request: UnderstandRequest, message: Message, plain: string, language: Language): Reading {
  const { question } = request;
  switch (question.kind) {
    case 'nps':
      return readScale(question, message, plain, question.min ?? 0, question.max ?? 10, language);
    case 'csat':
      return readScale(question, message, plain, question.min ?? 1, question.max ?? 5, language);
    case 'ces':
      return readScale(question, message, plain, question.min ?? 1, question.max ?? 7, language);
    case 'rating':
      return readScale(question, message, plain, question.min ?? 1, question.max ?? 5, language);
    case 'choice':
    case 'multi_choice':
      return readOptions(question, message, plain, language);
    case 'yes_no':
    case 'consent':
      if (yes.has(plain)) return answer(true, 'yes_word', language);
      if (no.has(plain)) return answer(false, 'no_word', language);
      return invalid('unclear', language);
    case 'number':
      return readNumber(question, message, plain, language);
    case 'date':
      return readDate(request, message, plain, language);
    case 'email': {
      const found = /[^\s@<>,;:()"']+@[^\s@<>,;:()"']+\.[a-z]{2,}/.exec(message.folded)?.[0];
      return found ? answer(found, 'email', language) : invalid('not_an_email', language);
    }
    case 'phone': {
      const phone = parsePhoneNumberFromString(message.folded, phoneRegion(request.region));
      return phone?.isValid() ? answer(phone.number, 'phone', language) : invalid('not_a_phone', language);
    }
    case 'text':
      return answer(request.text.trim(), 'text', language);
    case 'info':
      return answer(true, 'acknowledged', language);
  }
}

function phoneRegion(region: string): 'IL' | 'US' | 'GB' {
  return region === 'US' || region === 'GB' ? region : 'IL';
}

const yes = new Set(
  ['כן', 'בטח', 'ברור', 'אוקיי', 'yes', 'y', 'yep', 'yeah', 'sure', 'ok', 'true'].map(plainText),
);
const no = new Set(
  ['לא', 'לא תודה', 'ממש לא', 'no', 'n', 'nope', 'nah', 'no thanks', 'false'].map(plainText),
);

const numbers = new Map<string, number>();
for (const [value, words] of [
  'אפס zero',
  'אחת אחד one',
  'שתיים שתים שניים שנים two',
  'שלוש שלושה three',
  'ארבע ארבעה four',
  'חמש חמישה five',
  'שש שישה six',
  'שבע שבעה seven',
  'שמונה eight',
  'תשע תשעה nine',
  'עשר עשרה ten',
].entries()) {
  for (const word of words.split(' ')) numbers.set(plainText(word), value);
}

function numberOf(message: Message, plain: string): number | undefined {
  const written = /^[-+]?[0-9]+(?:\.[0-9]+)?/.exec(message.folded.trim());
  if (written && written[0].length === message.folded.trim().length) return Number(written[0]);
  return numbers.get(plain);
}

function readScale(
  question: AskedQuestion,
  message: Message,
  plain: string,
  min: number,
  max: number,
  language: Language,
): Reading {
  for (const point of question.scale ?? []) {
    if ([...point.labels.he, ...point.labels.en].some((label) => plainText(label) === plain && plain)) {
      return answer(point.value, 'scale_label', language);
    }
  }
  const outOf = /^([0-9]+) ?(?:\/|מתוכ|out of) ?([0-9]+)$/.exec(message.folded.trim());
  const value = outOf ? (Number(outOf[2]) === max ? Number(outOf[1]) : undefined) : numberOf(message, plain);
  if (outOf && value === undefined) return invalid('other_scale', language);
  if (value === undefined) return invalid('not_a_number', language);
  if (!Number.isInteger(value)) return invalid('not_whole', language);
  if (value < min || value > max) return invalid('out_of_range', language);
  return answer(value, 'digits', language);
}

const ordinals = [
  'ראשון ראשונה first 1st',
  'שני שנייה שניה second 2nd',
  'שלישי שלישית third 3rd',
  'רביעי רביעית fourth 4th',
  'חמישי חמישית fifth 5th',
];
const ordinalOf = new Map<string, number>();
for (const [index, words] of ordinals.entries()) {
  for (const word of words.split(' ')) {
    for (const way of [word, `ה${word}`, `the ${word}`, `${word} one`, `the ${word} one`])
      ordinalOf.set(plainText(way), index);
  }
}

function readOptions(question: AskedQuestion, message: Message, plain: string, language: Language): Reading {
  const options = question.options ?? [];
  const find = (part: string) => {
    const named = options.find((option) =>
      [...option.labels.he, ...option.labels.en].some((label) => plainText(label) === part),
    );
    if (named) return named;
    const index = /^[0-9]+$/.test(part) ? Number(part) - 1 : ordinalOf.get(part);
    return index === undefined ? undefined : options[index];
  };
  const whole = plain ? find(plain) : undefined;
  if (question.kind === 'choice')
    return whole ? answer(whole.id, 'option', language) : invalid('not_an_option', language);
  if (whole) return answer([whole.id], 'option', language);
  const chosen = message.raw
    .split(/[,;\n+&]| ו(?=[0-9א-ת-])| and | /)
    .map(plainText)
    .filter(Boolean)
    .map(find);
  const ids = options.filter((option) => chosen.includes(option)).map((option) => option.id);
  if (chosen.length === 0 || chosen.includes(undefined)) return invalid('not_an_option', language);
  if (ids.length > 1 && options.some((option) => option.exclusive && ids.includes(option.id)))
    return invalid('contradiction', language);
  if (ids.length < (question.min ?? 1)) return invalid('too_few', language);
  if (ids.length > (question.max ?? options.length)) return invalid('too_many', language);
  return answer(ids, 'options', language);
}

function readNumber(question: AskedQuestion, message: Message, plain: string, language: Language): Reading {
  const value = numberOf(message, plain);
  if (value === undefined) return invalid('not_a_number', language);
  if (question.integer && !Number.isInteger(value)) return invalid('not_whole', language);
  if (value < (question.min ?? -Infinity) || value > (question.max ?? Infinity))
    return invalid('out_of_range', language);
  return answer(value, 'digits', language);
}

function readDate(request: UnderstandRequest, message: Message, plain: string, language: Language): Reading {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: request.timeZone }).format(
    new Date(request.now),
  );
  const moved = { היום: 0, today: 0, אתמול: -1, yesterday: -1, מחר: 1, tomorrow: 1 };
  const shift = Object.entries(moved).find(([word]) => plainText(word) === plain)?.[1];
  let iso: string | undefined;
  if (shift !== undefined) iso = new Date(Date.parse(today) + shift * 86_400_000).toISOString().slice(0, 10);
  const numeric = /^([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})$/.exec(message.folded.trim());
  const written = numeric
    ? `${numeric[3]}-${numeric[2]?.padStart(2, '0')}-${numeric[1]?.padStart(2, '0')}`
    : message.folded.trim();
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(written)) {
    const time = Date.parse(written);
    if (!Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === written) iso = written;
  }
  if (!iso) return invalid('not_a_date', language);
  if (request.question.when === 'past' && iso > today) return invalid('date_in_future', language);
  if (request.question.when === 'future' && iso < today) return invalid('date_in_past', language);
  return answer(iso, 'date', language);
}

function answer(value: AnswerValue, rule: string, language: Language): Reading {
  return { outcome: 'answer', value, confidence: 'take', rule, language };
}

function invalid(reason: InvalidReason, language: Language): Reading {
  return { outcome: 'invalid', reason, rule: reason, language };
}
