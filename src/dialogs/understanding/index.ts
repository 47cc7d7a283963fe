import { readAmount } from './amount.ts';
import { asksAboutQuestion, asksSomething, isLink, isMediaTrace } from './asides.ts';
import { readChoice, wholeOption } from './choice.ts';
import { mayBeStop, readCommand, readStop } from './commands.ts';
import { readDate } from './dates.ts';
import { readEmail } from './email.ts';
import { otherLayout, otherScript } from './keyboard.ts';
import { readMultiChoice } from './multi-choice.ts';
import { readPhone } from './phone.ts';
import type { Command, Reading } from './reading.ts';
import { type Draft, finish, invalid, take } from './readings.ts';
import type { AskedQuestion, UnderstandRequest } from './request.ts';
import { readScale } from './scale.ts';
import { type Tables, tablesOf } from './tables.ts';
import { type Message, tokenize } from './tokens.ts';
import { rolesOf } from './words.ts';
import { readYesNo } from './yes-no.ts';

export * from './reading.ts';
export * from './request.ts';

/**
 * Reads a typed reply to a question, in Hebrew or English, as a careful human would: an answer with how sure it is and the rule that read
 * it, a command, several possible answers, or the reason why it cannot be taken. A score that was not meant is never recorded; in doubt it asks.
 * It never throws whatever the text, depends on nothing but the request, and takes time linear in the text's length.
 */
export function understand(request: UnderstandRequest): Reading {
  const { question, text, language } = request;
  const tables = tablesOf(question);
  const known = tables.readings[language].get(text);
  if (known) return known;
  const reading = read(request, tables);
  if (tables.expected.has(text)) tables.readings[language].set(text, Object.freeze(reading));
  return reading;
}

/** The longest reply that is read, in UTF-16 units, and the longest answer to a `text` question that states no other limit. */
const textUnitsMax = 4000;

function read(request: UnderstandRequest, tables: Tables): Reading {
  const { text, language } = request;
  const trimmed = text.trim();
  if (trimmed.length > textUnitsMax) return finish(invalid('too_long'), language);
  const message = tokenize(text);
  const replied = message.language ?? language;
  const first = readMessage(request, tables, message);
  if (typeof first === 'string') return commandReading(first, 'command', replied);
  if (first.outcome === 'answer' && !mendable(request.question)) {
    const slipped = slippedStop(text);
    if (slipped) return slipped;
  }
  if (first.outcome !== 'invalid') return finish(first, replied);
  return mended(request, tables, message) ?? finish(first, replied);
}

function commandReading(command: Command, rule: string, language: Reading['language']): Reading {
  return { outcome: 'command', command, rule, language };
}

/** A second look at a reply that said nothing: letters drawn out ("cooool"), the other keyboard layout, the other script. */
function mended(request: UnderstandRequest, tables: Tables, message: Message): Reading | undefined {
  if (message.elongated) {
    const doubled = tokenize(request.text, true);
    const again = readMessage(request, tables, doubled);
    const language = doubled.language ?? request.language;
    if (typeof again === 'string') return commandReading(again, 'command', language);
    if (again.outcome === 'answer') return finish(again, language);
  }
  for (const [rule, text] of [
    ['keyboard_layout', otherLayout(request.text)],
    ['other_script', otherScript(request.text)],
  ] as const) {
    if (text === undefined || !isExactEnough(text)) continue;
    const meant = tokenize(text);
    const again = readMessage(request, tables, meant);
    const language = meant.language ?? request.language;
    if (typeof again === 'string') return commandReading(again, rule, language);
    const exact = again.outcome === 'answer' && again.confidence === 'take' && again.comment === undefined;
    if (exact && mendable(request.question)) return finish({ ...again, rule }, language);
  }
  return undefined;
}

/** An opt-out typed on the other layout, where any words would do as an answer. */
function slippedStop(text: string): Reading | undefined {
  const other = otherLayout(text);
  if (other === undefined || !mayBeStop(other) || !isExactEnough(other)) return undefined;
  const meant = tokenize(other);
  return readStop(meant.tokens) && meant.language
    ? commandReading('stop', 'keyboard_layout', meant.language)
    : undefined;
}

const shortWords = new Set(['כן', 'לא', 'no', 'ok']);

const threeLetters = /(?:\p{L}\P{L}*){3}/u;

/** Two letters are something on every layout; of words so short only the commonest count. */
function isExactEnough(text: string): boolean {
  return threeLetters.test(text) || shortWords.has(text.trim());
}

/** Whether an answer can be recognised at all: any text is a text. */
function mendable(question: AskedQuestion): boolean {
  return (
    question.kind !== 'text' &&
    question.kind !== 'info' &&
    question.kind !== 'email' &&
    question.kind !== 'phone'
  );
}

function readMessage(request: UnderstandRequest, tables: Tables, message: Message): Command | Draft {
  const { tokens } = message;
  if (readStop(tokens)) return 'stop';
  const roles = rolesOf(tokens);
  const whole = tables.options && wholeOption(tables.options, message, roles);
  const command = whole === undefined ? readCommand(tokens) : undefined;
  if (command) return command;
  if (tokens.length === 0) return invalid('empty');
  if (isMediaTrace(message)) return invalid('empty', 'media_trace');
  return readKind(request, tables, message, roles, whole);
}

/** Beyond this many words nobody gives a date or a phone number. */
const shortTokensMax = 300;

function readKind(
  request: UnderstandRequest,
  tables: Tables,
  message: Message,
  roles: ReturnType<typeof rolesOf>,
  whole: number | undefined,
): Draft {
  const { question } = request;
  const short = question.kind === 'date' || question.kind === 'phone';
  if (short && message.tokens.length > shortTokensMax) return invalid('too_long');
  if (tables.scale)
    return isLink(message) ? invalid('unclear', 'link') : readScale(tables.scale, message, roles);
  if (tables.amount) return readAmount(tables.amount, message, roles);
  if (tables.options) {
    return question.kind === 'choice'
      ? readChoice(tables.options, message, roles, whole)
      : readMultiChoice(tables.options, question, message, roles, whole);
  }
  switch (question.kind) {
    case 'yes_no':
    case 'consent':
      return readYesNo(message, roles, question.kind === 'consent');
    case 'date':
      return readDate({ now: request.now, timeZone: request.timeZone, when: question.when }, message, roles);
    case 'info':
      return asksSomething(message, roles) ? invalid('unclear', 'asks_back') : take(true, 'acknowledged');
    case 'email':
      return readEmail(message);
    case 'phone':
      return readPhone(request.region, message, roles);
    default:
      return readText(question, message, roles);
  }
}

/** Any words are a text answer, but for a question back about the question itself. */
function readText(question: AskedQuestion, message: Message, roles: ReturnType<typeof rolesOf>): Draft {
  const text = message.raw.trim();
  if (text.length > Math.min(question.max ?? textUnitsMax, textUnitsMax)) return invalid('too_long');
  if (message.tokens.every((token) => token.kind === 'emoji')) return invalid('only_emoji');
  if (asksAboutQuestion(message, roles)) return invalid('unclear', 'asks_about_question');
  if (text.length < (question.min ?? 0)) return invalid('too_short');
  return take(text, 'text');
}
