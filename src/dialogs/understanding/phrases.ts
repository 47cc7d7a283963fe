import { type Token, tokenize } from './tokens.ts';

interface Branch<Meaning> {
  meaning?: Meaning;
  next: Map<string, Branch<Meaning>>;
}

/** Phrases of one or more words, each with a meaning, found in tokens longest first. */
export class PhraseBook<Meaning> {
  private readonly entries: Iterable<readonly [Meaning, string | readonly string[]]>;
  private built: Branch<Meaning> | undefined;

  /** Each entry is a meaning and its phrases, separated by commas or given one by one. Later entries win over earlier ones. */
  constructor(entries: Iterable<readonly [Meaning, string | readonly string[]]>) {
    this.entries = entries;
  }

  /** Built when it is first looked into: nobody waits at start-up for phrases that no reply has needed yet. */
  private get root(): Branch<Meaning> {
    if (this.built) return this.built;
    const root: Branch<Meaning> = { next: new Map() };
    for (const [meaning, phrases] of this.entries) {
      const list = typeof phrases === 'string' ? phrases.split(',') : phrases;
      for (const phrase of list) this.add(root, meaning, phrase);
    }
    this.built = root;
    return root;
  }

  private add(root: Branch<Meaning>, meaning: Meaning, phrase: string): void {
    let branch = root;
    for (const token of tokenize(phrase).tokens) {
      let next = branch.next.get(token.text);
      if (!next) {
        next = { next: new Map() };
        branch.next.set(token.text, next);
      }
      branch = next;
    }
    if (branch !== root) branch.meaning = meaning;
  }

  /** The words that phrases begin with. */
  openings(): Iterable<string> {
    return this.root.next.keys();
  }

  /** The longest phrase that starts at token `from`. A phrase runs over spaces and hyphens, never over punctuation. */
  match(tokens: readonly Token[], from: number): { meaning: Meaning; length: number } | undefined {
    let branch: Branch<Meaning> = this.root;
    let found: { meaning: Meaning; length: number } | undefined;
    for (let index = from; index < tokens.length; index += 1) {
      const token = tokens[index];
      if (!token || (index > from && !joins(token.gap))) break;
      const next = branch.next.get(token.text);
      if (!next) break;
      branch = next;
      if (branch.meaning !== undefined) found = { meaning: branch.meaning, length: index - from + 1 };
    }
    return found;
  }

  /** The meaning of all the tokens together, if they are one phrase, whatever stands between them. */
  whole(tokens: readonly Token[]): Meaning | undefined {
    let branch: Branch<Meaning> | undefined = this.root;
    for (const token of tokens) {
      branch = branch.next.get(token.text);
      if (!branch) return undefined;
    }
    return branch.meaning;
  }
}

function joins(gap: string): boolean {
  return gap === ' ' || gap === '' || gap === '-' || gap === '\n';
}
