import type { Message, Token } from './tokens.ts';
import { plainTokens, tokenize } from './tokens.ts';
import { isSlipOf, keysInIndex, keysToFind, sameWord, wordForms } from './word-forms.ts';
import { rolesOf } from './words.ts';

/** One way to say one of the things that can be chosen. `target` is its place in the list of things. */
export interface Label {
  target: number;
  tokens: readonly Token[];
  /** Its words written as one. */
  joined: string;
}

/** Labels made ready for finding. Built once per question. */
export interface LabelIndex {
  labels: readonly Label[];
  /** What each label says, as plain text and without spaces, with the target; -1 when two targets share it. */
  whole: ReadonlyMap<string, number>;
  /** Labels by the forms of their first word. */
  byFirstForm: ReadonlyMap<string, readonly Label[]>;
  /** The targets whose labels contain a form of a word, for words that are only a part of a label. */
  byForm: ReadonlyMap<string, ReadonlySet<number>>;
  /** The same without labels that negate: "resolved" is no part of "not resolved". */
  byPart: ReadonlyMap<string, ReadonlySet<number>>;
}

/** A label found in a reply. `slip`: a word of it was mistyped. */
export interface FoundLabel {
  target: number;
  from: number;
  to: number;
  how: 'exact' | 'inflected' | 'slip';
}

/** Words of a label that carry nothing by themselves, and may be left out or added. */
const light = new Set('the a an of my our in at to for and or it was is של את עמ על'.split(' '));

/** Prepares the labels of some things, each given as its labels in all languages. */
export function indexLabels(things: ReadonlyArray<readonly string[]>): LabelIndex {
  const labels: Label[] = [];
  const whole = new Map<string, number>();
  const byFirstForm = new Map<string, Label[]>();
  const byForm = new Map<string, Set<number>>();
  const byPart = new Map<string, Set<number>>();
  for (const [target, texts] of things.entries()) {
    for (const text of texts) {
      const { tokens } = tokenize(text);
      const plain = plainTokens(tokens);
      if (plain === '') continue;
      const label = { target, tokens, joined: plain.replaceAll(' ', '') };
      labels.push(label);
      for (const key of [plain, label.joined]) {
        const taken = whole.get(key);
        whole.set(key, taken === undefined || taken === target ? target : -1);
      }
      for (const form of keysInIndex(tokens[0]?.text ?? '')) append(byFirstForm, form, label);
      const negates = rolesOf(tokens).includes('not');
      for (const token of tokens) {
        if (light.has(token.text)) continue;
        for (const form of keysInIndex(token.text)) {
          include(byForm, form, target);
          if (!negates) include(byPart, form, target);
        }
      }
    }
  }
  return { labels, whole, byFirstForm, byForm, byPart };
}

function include(map: Map<string, Set<number>>, key: string, target: number): void {
  const targets = map.get(key);
  if (targets) targets.add(target);
  else map.set(key, new Set([target]));
}

function append(map: Map<string, Label[]>, key: string, label: Label): void {
  const list = map.get(key);
  if (list) list.push(label);
  else map.set(key, [label]);
}

/** The thing whose label the tokens are, in their order, whatever stands between them; undefined also when two share it. */
export function wholeLabel(index: LabelIndex, tokens: readonly Token[]): number | undefined {
  const plain = plainTokens(tokens);
  const target =
    index.whole.get(plain) ?? (tokens.length > 1 ? index.whole.get(plain.replaceAll(' ', '')) : undefined);
  return target === undefined || target < 0 ? undefined : target;
}

/** Finds the labels said in a reply, longest first, none overlapping another. Mistyped words are looked for in short replies only. */
export function findLabels(index: LabelIndex, message: Message): FoundLabel[] {
  const { tokens } = message;
  const found: FoundLabel[] = [];
  for (let from = 0; from < tokens.length; from += 1) {
    const best = longestAt(index, tokens, from);
    if (!best) continue;
    found.push(best);
    from = best.to - 1;
  }
  if (tokens.length <= slipTokensMax) findSlips(index, tokens, found);
  return found.sort((a, b) => a.from - b.from);
}

/** Beyond this many words a reply is prose, in which a word near a label's is more likely another word. */
const slipTokensMax = 8;

function longestAt(index: LabelIndex, tokens: readonly Token[], from: number): FoundLabel | undefined {
  let best: FoundLabel | undefined;
  const tried = new Set<Label>();
  for (const form of keysToFind(tokens[from]?.text ?? '')) {
    for (const label of index.byFirstForm.get(form) ?? []) {
      if (tried.has(label)) continue;
      tried.add(label);
      const match = matchAt(label, tokens, from);
      if (match && (!best || match.to > best.to || (match.to === best.to && match.how === 'exact')))
        best = match;
    }
  }
  return best;
}

function matchAt(label: Label, tokens: readonly Token[], from: number): FoundLabel | undefined {
  let how: FoundLabel['how'] = 'exact';
  let at = from;
  for (const wanted of label.tokens) {
    let token = tokens[at];
    if (at > from && token && token.text !== wanted.text && light.has(token.text)) {
      at += 1;
      token = tokens[at];
    }
    if (!token || (at > from && /[.!?;\n]/.test(token.gap))) return undefined;
    if (token.text !== wanted.text) {
      if (!sameWord(token.text, wanted.text)) return undefined;
      how = 'inflected';
    }
    at += 1;
  }
  return { target: label.target, from, to: at, how };
}

function findSlips(index: LabelIndex, tokens: readonly Token[], found: FoundLabel[]): void {
  for (let from = 0; from < tokens.length; from += 1) {
    if (found.some((label) => label.from <= from && from < label.to)) continue;
    const token = tokens[from];
    if (token?.kind !== 'word') continue;
    const near = new Map<number, FoundLabel>();
    for (const label of index.labels) {
      const to = from + label.tokens.length;
      if (to > tokens.length || found.some((other) => other.from < to && other.from >= from)) continue;
      const fits = label.tokens.every((wanted, offset) => {
        const typed = tokens[from + offset]?.text ?? '';
        return sameWord(typed, wanted.text) || slips(typed, wanted.text);
      });
      if (fits) near.set(label.target, { target: label.target, from, to, how: 'slip' });
    }
    const joined = near.size === 0 ? splitOrJoined(index, tokens, from) : undefined;
    const [only] = near.size === 1 ? near.values() : [joined];
    if (only) {
      found.push(only);
      from = only.to - 1;
    }
  }
}

function slips(typed: string, wanted: string): boolean {
  if (isSlipOf(typed, wanted)) return true;
  return wordForms(typed).bases.some((form) => form !== typed && form.length >= 5 && isSlipOf(form, wanted));
}

/** A label written as one word or cut in two: "whats app", "creditcard". */
function splitOrJoined(index: LabelIndex, tokens: readonly Token[], from: number): FoundLabel | undefined {
  let text = '';
  for (let to = from; to < Math.min(tokens.length, from + 3); to += 1) {
    text += tokens[to]?.text ?? '';
    const target = index.whole.get(text);
    if (target !== undefined && target >= 0) return { target, from, to: to + 1, how: 'inflected' };
  }
  return undefined;
}
