import { type Group, groupAt } from './groups.ts';
import { type Span, spansOf } from './label-spans.ts';
import { indexLabels, type LabelIndex } from './labels.ts';
import { isOpinion } from './opinions.ts';
import { PhraseBook } from './phrases.ts';
import type { AskedOption } from './request.ts';
import { type Message, type Token, tokenize } from './tokens.ts';
import { keysInIndex, keysToFind } from './word-forms.ts';
import { type Role, rolesOf } from './words.ts';
import { readYesNo } from './yes-no.ts';

/** The options of a question, made ready for reading. */
export interface OptionTable {
  ids: readonly string[];
  exclusive: readonly boolean[];
  labels: LabelIndex;
  spans: ReadonlyArray<Span | undefined>;
  /** The option that says "none", "other", "don't know" itself. */
  byGroup: ReadonlyMap<Group['kind'], number>;
  /** The options that are yes and no. */
  yes: number | undefined;
  no: number | undefined;
  /** Words of names, which mean nothing alone: "Beer" of "Beer Sheva". */
  nameWords: ReadonlySet<string>;
}

/** Prepares the options of a choice for finding them in a reply, in both languages at once. */
export function optionTable(options: readonly AskedOption[]): OptionTable {
  const texts = options.map((option) => [...option.labels.he, ...option.labels.en]);
  const byGroup = new Map<Group['kind'], number>();
  const stances: Array<boolean | undefined> = [];
  const nameWords = new Set<string>();
  const nothing = new Set<number>();
  for (const [index, labels] of texts.entries()) {
    for (const label of labels) {
      const message = tokenize(label);
      const group = groupAt(message.tokens, 0);
      if (group?.length === message.tokens.length) byGroup.set(group.group.kind, index);
      else if (group?.group.kind === 'none' && options[index]?.exclusive) nothing.add(index);
      if (/^(?:\p{Lu}[\p{Ll}'’]*[ -]){1,3}\p{Lu}[\p{Ll}'’]*$/u.test(label)) {
        for (const token of message.tokens) for (const form of keysInIndex(token.text)) nameWords.add(form);
      }
      const stance = readYesNo(message, rolesOf(message.tokens));
      if (stance.outcome === 'answer' && typeof stance.value === 'boolean' && message.tokens.length <= 3)
        stances[index] ??= stance.value;
    }
  }
  const [nothingElse] = nothing;
  if (nothing.size === 1 && nothingElse !== undefined && !byGroup.has('none'))
    byGroup.set('none', nothingElse);
  const [yes, no] = [only(stances, true), only(stances, false)];
  return {
    ids: options.map((option) => option.id),
    exclusive: options.map((option) => option.exclusive === true),
    labels: indexLabels(texts),
    spans: spansOf(texts),
    byGroup,
    ...(yes !== undefined && no !== undefined ? { yes, no } : { yes: undefined, no: undefined }),
    nameWords,
  };
}

function only(stances: ReadonlyArray<boolean | undefined>, wanted: boolean): number | undefined {
  const indices = stances.flatMap((stance, index) => (stance === wanted ? [index] : []));
  return indices.length === 1 ? indices[0] : undefined;
}

/** Phrases that contain a word of a label without meaning it: greetings, idioms. */
const idioms = new PhraseBook<true>([
  [
    true,
    `
      good morning, good evening, good afternoon, good night, good day, have a good day, have a nice day,
      a bit, a little bit, bit of, a bit of, every bit, not a bit, at your service, no service, in store,
      at home, on time, one more time, בוקר טוב, ערב טוב, צהריים טובים, לילה טוב, שבת שלום, יום טוב,
      בוקר אור, שבוע טוב
    `,
  ],
]);

/** Whether the tokens `from`–`to` are only a part of an idiom. */
export function withinIdiom(tokens: readonly Token[], from: number, to: number): boolean {
  for (let start = Math.max(0, from - 2); start <= from; start += 1) {
    const idiom = idioms.match(tokens, start);
    if (idiom && start + idiom.length >= to && idiom.length > to - from) return true;
  }
  return false;
}

const fillers = new Set(
  'too very more most any some something else stuff thing things really so ממש מאוד יותר הכי משהו מאד'.split(
    ' ',
  ),
);

/**
 * The one option that the content words of a reply belong to, though they are not its whole label: "quality" for "product quality". One
 * word may belong to no option when two others agree, or when it is praise or blame. Undefined when the words fit several options.
 */
export function optionOfPart(table: OptionTable, words: readonly Token[]): number | undefined {
  let common: ReadonlySet<number> | undefined;
  let known = 0;
  let unknown = 0;
  for (const word of words) {
    if (fillers.has(word.text)) continue;
    const keys = keysToFind(word.text);
    if (word.text.length < 3 || keys.some((key) => table.nameWords.has(key))) return undefined;
    const targets = new Set(keys.flatMap((key) => [...(table.labels.byPart.get(key) ?? [])]));
    if (targets.size === 0) unknown += isOpinion(word.text) ? 0 : 1;
    else {
      known += 1;
      common = common ? new Set([...common].filter((target) => targets.has(target))) : targets;
    }
  }
  const [target] = common ?? [];
  const enough = unknown === 0 || (unknown === 1 && known >= 2);
  return enough && common?.size === 1 ? target : undefined;
}

/** The tokens of a reply that carry content. */
export function contentOf(message: Message, roles: ReadonlyArray<Role | undefined>): Token[] {
  return message.tokens.filter(
    (token, index) => token.kind === 'word' && roles[index] === undefined && token.text.length > 1,
  );
}
