/** A number in words. */
export interface SpokenNumber {
  value: number;
  /** The token after its last. */
  to: number;
  /** The bare word "one", which is a pronoun as often as a number. */
  single: boolean;
  /** A form that always counts the noun after it ("שני ילדים"). */
  counting: boolean;
  /** The Hebrew particle glued to its front. */
  particle?: string;
}

/** Whether a number in words runs on over a gap. */
export function joinsNumber(gap: string): boolean {
  return gap === ' ' || gap === '-' || gap === '';
}
