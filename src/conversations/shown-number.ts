import { type ReplyCircumstances, understand } from '../dialogs/index.ts';
import type { Language } from '../dialogs/language.ts';
import type { Contact } from '../store/records.ts';

/** What a number stood beside. */
export interface ShownNumber {
  readonly optionIds: readonly string[];
  readonly language: Language;
  readonly comment?: string;
}

/**
 * Reads a reply that is nothing but a number, or a place ("the second one"), as what the contact saw beside it, and not as the question's own
 * order of options: "did you mean" numbers only its own. Undefined where the reply says more than that, or nothing was numbered.
 */
export function readShownNumber(
  numbered: Contact['numbered'],
  { addressId, text, circumstances }: { addressId: string; text: string; circumstances: ReplyCircumstances },
): ShownNumber | undefined {
  if (numbered?.addressId !== addressId) return undefined;
  const reading = understand({
    question: { kind: 'choice', options: numbered.options.map((id) => ({ id, labels: noLabels })) },
    text,
    ...circumstances,
  });
  if (reading.outcome !== 'answer' || reading.confidence !== 'take' || typeof reading.value !== 'string')
    return undefined;
  if (!placeRules.has(reading.rule)) return undefined;
  const { value, language, comment } = reading;
  return { optionIds: value.split(','), language, ...(comment !== undefined && { comment }) };
}

const noLabels = { he: [], en: [] };
const placeRules: ReadonlySet<string> = new Set(['option_number', 'option_ordinal']);
