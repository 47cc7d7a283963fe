import { pointerOf } from '../pointer.ts';

/**
 * Everything that `inspect` can find, and how grave it is: an error keeps a questionnaire from being published, a warning asks for a second
 * look. The sentence for each stands in locales/<language>/inspect.json under its code.
 */
export const findingLevels = {
  nothing_asked: 'error',
  unknown_target: 'error',
  backward_jump: 'error',
  unreachable_question: 'error',
  unreachable_rule: 'warning',
  end_never_reached: 'error',
  range_empty: 'error',
  range_too_wide: 'error',
  choices_range: 'error',
  duplicate_option: 'error',
  metric_without_scale: 'error',
  metric_range: 'warning',
  retry_default_missing: 'error',
  retry_default_invalid: 'error',
  retry_default_unused: 'warning',
  reminder_after_expiry: 'error',
  unused_attribute: 'warning',
  reserved_attribute: 'error',

  condition_unknown_question: 'error',
  condition_later_question: 'error',
  condition_never_answered: 'error',
  condition_unknown_attribute: 'error',
  condition_operator: 'error',
  condition_value_type: 'error',
  condition_unknown_option: 'error',
  condition_unknown_language: 'error',
  condition_range_empty: 'error',
  condition_out_of_range: 'warning',
  count_not_a_number: 'error',

  missing_text: 'error',
  missing_plural_form: 'error',
  missing_uncounted_text: 'error',
  text_of_unknown_question: 'error',
  text_of_unknown_option: 'error',
  text_of_unknown_point: 'error',
  unused_text: 'warning',
  malformed_placeholder: 'error',
  unknown_placeholder: 'error',
  placeholder_not_allowed: 'error',
  later_placeholder: 'error',
  count_without_number: 'error',
  placeholder_mismatch: 'error',
  missing_fallback: 'error',
  unused_fallback: 'warning',
  duplicate_label: 'error',
  control_characters: 'error',
  markup: 'warning',
  surrounding_space: 'warning',

  label_too_long: 'warning',
  too_many_options: 'warning',
  many_segments: 'warning',
} as const satisfies Record<string, 'error' | 'warning'>;

/** A code of {@link findingLevels}. */
export type FindingCode = keyof typeof findingLevels;

/** Something in a document that keeps it from being published, or that deserves a second look. */
export interface Finding {
  readonly level: 'error' | 'warning';
  /** Where it stands: a JSON pointer into the document. */
  readonly path: string;
  readonly code: FindingCode;
  /** What the sentence of the code names. */
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** Notes a finding. */
export type Report = (
  code: FindingCode,
  path: readonly PropertyKey[],
  parameters?: Finding['parameters'],
) => void;

/** A finding with the level that its code has. */
export function findingOf(
  code: FindingCode,
  path: readonly PropertyKey[],
  parameters: Finding['parameters'] = {},
): Finding {
  return { level: findingLevels[code], path: pointerOf(path), code, parameters };
}
