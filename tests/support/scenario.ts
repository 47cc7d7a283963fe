import { transcriptIndent as indent, transcriptLines } from '../../src/channels/console/transcript.ts';
import { type Language, languageSchema } from '../../src/dialogs/language.ts';

/**
 * A talk as plain text that a CX manager can read: a heading sentence, a header, and what happened line by line. `bot>` lines and the
 * response at the end are what the product said and recorded; all other lines are what the test does. Long lines go on in the next one,
 * indented. Lines that begin with `#` are comments.
 */
export interface Scenario {
  readonly heading: string;
  /** Lines of the header as they stand, for writing it again. */
  readonly header: readonly string[];
  readonly questionnaire: string;
  readonly channel: string;
  readonly locale: Language;
  /** ISO 8601. */
  readonly start: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly acts: readonly Act[];
}

/** Something that the test does, or a line that only people read. */
export type Act =
  /** `contact> 8` */
  | { readonly type: 'text'; readonly text: string }
  /** `contact> [The price] [The service]` */
  | { readonly type: 'tap'; readonly labels: readonly string[] }
  /** `contact> (image/jpeg)` */
  | { readonly type: 'media'; readonly mediaType: string }
  /** `+48h`: time passes, and what is due happens. */
  | { readonly type: 'wait'; readonly written: string; readonly hours: number }
  /** `start> support-effort`: another touchpoint asks. */
  | { readonly type: 'start'; readonly questionnaire: string }
  /** `staff> We are on it.` */
  | { readonly type: 'staff'; readonly text: string }
  /** `staff> [return]`, `staff> [close]` */
  | { readonly type: 'hand_back'; readonly how: 'return' | 'close' }
  /** `# why this happens`: for the reader. */
  | { readonly type: 'comment'; readonly text: string };

/** What the bot said after an act: one entry for each message, each of one or more lines. */
export type Said = readonly (readonly string[])[];

/** Reads a scenario; throws with the line's number when a line is not of the format. */
export function parseScenario(text: string): Scenario {
  const lines = text.split('\n').map((line, index) => ({ line: line.trimEnd(), number: index + 1 }));
  const [first, ...rest] = lines;
  const heading = first?.line ?? '';
  if (!heading) throw new Error('The first line must be a heading sentence.');
  const bodyAt = rest.findIndex(({ line }) => beginsBody.test(line));
  if (bodyAt < 0) throw new Error('Nobody says anything.');
  const headerLines = rest.slice(0, bodyAt).filter(({ line }) => line !== '');
  return { heading, ...parseHeader(headerLines), acts: parseActs(rest.slice(bodyAt)) };
}

/** Writes a scenario with what the bot said: `said[0]` at the start, then one entry for each act; last the recorded responses. */
export function writeScenario(
  scenario: Scenario,
  said: readonly Said[],
  responses: readonly string[],
): string {
  const lines = [scenario.heading, '', ...scenario.header, ''];
  const sayAll = (messages: Said | undefined) => {
    for (const message of messages ?? []) {
      lines.push(...transcriptLines('bot', message.join('\n')));
    }
  };
  sayAll(said[0]);
  for (const [index, act] of scenario.acts.entries()) {
    if (act.type === 'comment') lines.push('');
    lines.push(...writeAct(act));
    sayAll(said[index + 1]);
  }
  return `${[...lines, '', ...responses].join('\n')}\n`;
}

interface NumberedLine {
  readonly line: string;
  readonly number: number;
}

const beginsBody = /^(?:(?:bot|contact|start|staff)>|[+#])/;

function parseHeader(lines: readonly NumberedLine[]): Omit<Scenario, 'heading' | 'acts'> {
  const fields = new Map<string, string>();
  const attributes: Record<string, string | number | boolean> = {};
  for (const { line, number } of lines) {
    const [, name, value] = /^([a-z_ ]+): (.+)$/.exec(line) ?? [];
    if (!name || !value) throw new Error(`Line ${number} is no "name: value" of the header: ${line}`);
    if (name.startsWith('attribute ')) attributes[name.slice('attribute '.length)] = parseValue(value);
    else fields.set(name, value);
  }
  const field = (name: string) => {
    const value = fields.get(name);
    if (value === undefined) throw new Error(`The header has no "${name}".`);
    return value;
  };
  return {
    header: lines.map(({ line }) => line),
    questionnaire: field('questionnaire'),
    channel: field('channel'),
    locale: languageSchema.parse(field('locale')),
    start: field('start'),
    attributes,
  };
}

function parseValue(written: string): string | number | boolean {
  if (written === 'true' || written === 'false') return written === 'true';
  return /^-?[0-9]+(\.[0-9]+)?$/.test(written) ? Number(written) : written;
}

/** Reads up to the responses; what the bot said is left out, because the run says it anew. */
function parseActs(lines: readonly NumberedLine[]): Act[] {
  const acts: Act[] = [];
  let open: { text: string } | 'bot' | undefined;
  const close = () => {
    if (open && open !== 'bot') acts.push(contactAct(open.text));
    open = undefined;
  };
  for (const { line, number } of lines) {
    if (line.startsWith(indent) && open) {
      if (open !== 'bot') open.text += `\n${line.slice(indent.length)}`;
      continue;
    }
    if (line === '') continue;
    close();
    if (line.startsWith('response ')) break;
    const [, who, said = ''] = /^(bot|contact|start|staff)> ?(.*)$/.exec(line) ?? [];
    const [, amount, unit] = /^\+([0-9]+)([mhd])$/.exec(line) ?? [];
    if (who === 'bot') open = 'bot';
    else if (who === 'contact') open = { text: said };
    else if (who === 'start') acts.push({ type: 'start', questionnaire: said });
    else if (who === 'staff') acts.push(staffAct(said));
    else if (amount && unit) acts.push({ type: 'wait', written: line, hours: hoursIn(Number(amount), unit) });
    else if (line.startsWith('#')) acts.push({ type: 'comment', text: line });
    else throw new Error(`Line ${number} says nothing that a scenario knows: ${line}`);
  }
  close();
  return acts;
}

function contactAct(said: string): Act {
  if (/^(\[[^\]]+\] ?)+$/.test(said)) {
    return { type: 'tap', labels: [...said.matchAll(/\[([^\]]+)\]/g)].map(([, label = '']) => label) };
  }
  const [, mediaType] = /^\(([a-z]+\/[a-z0-9.+-]+)\)$/.exec(said) ?? [];
  return mediaType ? { type: 'media', mediaType } : { type: 'text', text: said };
}

function staffAct(said: string): Act {
  if (said === '[return]') return { type: 'hand_back', how: 'return' };
  if (said === '[close]') return { type: 'hand_back', how: 'close' };
  return { type: 'staff', text: said };
}

function hoursIn(amount: number, unit: string): number {
  if (unit === 'd') return amount * 24;
  return unit === 'h' ? amount : amount / 60;
}

function writeAct(act: Act): string[] {
  switch (act.type) {
    case 'text':
      return `contact> ${act.text}`
        .split('\n')
        .map((line, index) => (index === 0 ? line.trimEnd() : indent + line));
    case 'tap':
      return [`contact> ${act.labels.map((label) => `[${label}]`).join(' ')}`];
    case 'media':
      return [`contact> (${act.mediaType})`];
    case 'wait':
      return ['', act.written];
    case 'start':
      return ['', `start> ${act.questionnaire}`];
    case 'staff':
      return [`staff> ${act.text}`];
    case 'hand_back':
      return [`staff> [${act.how}]`];
    case 'comment':
      return [act.text];
  }
}
