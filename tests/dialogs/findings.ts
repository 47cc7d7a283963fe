import type { FindingCode } from '../../src/dialogs/index.ts';
import type { Json } from './faulty.ts';
import { retry } from './sample.ts';

export const score = { id: 'score', kind: 'nps' } as const;
export const pick = { id: 'pick', kind: 'choice', options: [{ id: 'late' }, { id: 'rude' }] } as const;
export const many = { ...pick, id: 'many', kind: 'multi_choice' } as const;
export const day = { id: 'day', kind: 'date' } as const;
export const why = { id: 'why', kind: 'text' } as const;
export const sure = { id: 'sure', kind: 'yes_no' } as const;
export const note = { id: 'note', kind: 'info' } as const;

export const orders = { 'attributes/orders': { type: 'number' } };
export const name = { 'attributes/name': { type: 'text' } };
const both = (field: string, value: unknown) => ({
  [`texts/he/${field}`]: value,
  [`texts/en/${field}`]: value,
});
export const counted = {
  ...both('questions/score/prompt_one', 'One order.'),
  'texts/he/questions/score/prompt_two': 'Two orders.',
  ...both('questions/score/prompt_other', '{{count}} orders.'),
};
const when = (condition: unknown) => ({ ...sure, when: condition });

/** For each code a document in which it is the finding: the questions, the change, and the places. */
export const findings: [FindingCode, readonly Json[], Record<string, unknown>, string[]][] = [
  ['nothing_asked', [note], {}, ['/questions']],
  [
    'unknown_target',
    [{ ...score, next: [{ when: { op: 'answered', of: { answer: 'score' } }, to: 'nowhere' }] }],
    {},
    ['/questions/0/next/0/to'],
  ],
  ['backward_jump', [score, { ...sure, next: [{ to: 'score' }] }], {}, ['/questions/1/next/0/to']],
  ['backward_jump', [score, { ...sure, next: [{ to: 'sure' }] }], {}, ['/questions/1/next/0/to']],
  ['unreachable_question', [{ ...score, next: [{ to: 'why' }] }, sure, why], {}, ['/questions/1']],
  ['unreachable_question', [{ ...score, next: [{ to: 'end' }] }, sure], {}, ['/questions/1']],
  ['unreachable_rule', [{ ...score, next: [{ to: 'end' }, { to: 'end' }] }], {}, ['/questions/0/next/1']],
  [
    'end_never_reached',
    [{ ...score, next: [{ to: 'screen_out' }] }],
    both('screened_out', 'Bye.'),
    ['/questions'],
  ],
  ['range_empty', [{ id: 'score', kind: 'rating', min: 3, max: 3 }], {}, ['/questions/0/max']],
  ['range_empty', [{ id: 'score', kind: 'number', min: 3, max: 1 }], {}, ['/questions/0/max']],
  ['range_too_wide', [{ id: 'score', kind: 'rating', min: 0, max: 11 }], {}, ['/questions/0/max']],
  ['choices_range', [{ ...many, choicesMin: 3 }], {}, ['/questions/0/choicesMin']],
  ['choices_range', [{ ...many, choicesMin: 2, choicesMax: 1 }], {}, ['/questions/0/choicesMin']],
  ['choices_range', [{ ...many, choicesMax: 3 }], {}, ['/questions/0/choicesMax']],
  [
    'duplicate_option',
    [{ ...pick, options: [{ id: 'late' }, { id: 'late' }] }],
    {},
    ['/questions/0/options/1'],
  ],
  ['metric_without_scale', [{ ...sure, metric: 'trust' }], {}, ['/questions/0/metric']],
  [
    'metric_range',
    [{ id: 'score', kind: 'rating', min: 1, max: 5, metric: 'nps' }],
    {},
    ['/questions/0/metric'],
  ],
  ['retry_default_missing', [{ ...score, retry: retry(1, 'default') }], {}, ['/questions/0/retry/default']],
  [
    'retry_default_invalid',
    [{ ...score, retry: retry(1, 'default', 11) }],
    {},
    ['/questions/0/retry/default'],
  ],
  ['retry_default_unused', [{ ...score, retry: retry(1, 'skip', 1) }], {}, ['/questions/0/retry/default']],
  [
    'reminder_after_expiry',
    [score],
    { timing: { reminderHours: 24, expiryHours: 24 } },
    ['/timing/reminderHours'],
  ],
  ['unused_attribute', [score], name, ['/attributes/name']],
  [
    'reserved_attribute',
    [score],
    { 'attributes/brand': { type: 'text' }, ...both('end', 'Thanks from {{brand}}.') },
    ['/attributes/brand'],
  ],

  [
    'condition_unknown_question',
    [when({ op: 'answered', of: { answer: 'nobody' } })],
    {},
    ['/questions/0/when/of'],
  ],
  [
    'condition_later_question',
    [when({ op: 'answered', of: { answer: 'sure' } })],
    {},
    ['/questions/0/when/of'],
  ],
  [
    'condition_later_question',
    [when({ op: 'answered', of: { answer: 'score' } }), score],
    {},
    ['/questions/0/when/of'],
  ],
  [
    'condition_later_question',
    [{ ...sure, next: [{ when: { op: 'eq', of: { answer: 'score' }, value: 1 }, to: 'end' }] }, score],
    {},
    ['/questions/0/next/0/when/of'],
  ],
  [
    'condition_never_answered',
    [note, when({ op: 'answered', of: { answer: 'note' } })],
    {},
    ['/questions/1/when/of'],
  ],
  [
    'condition_unknown_attribute',
    [when({ op: 'eq', of: { attribute: 'constructor' }, value: 1 })],
    {},
    ['/questions/0/when/of'],
  ],
  [
    'condition_operator',
    [many, when({ op: 'eq', of: { answer: 'many' }, value: 'late' })],
    {},
    ['/questions/1/when/op'],
  ],
  [
    'condition_operator',
    [pick, when({ op: 'lt', of: { answer: 'pick' }, value: 'late' })],
    {},
    ['/questions/1/when/op'],
  ],
  [
    'condition_operator',
    [day, when({ op: 'between', of: { answer: 'day' }, from: 1, to: 2 })],
    {},
    ['/questions/1/when/op'],
  ],
  [
    'condition_value_type',
    [score, when({ op: 'eq', of: { answer: 'score' }, value: '6' })],
    {},
    ['/questions/1/when/value'],
  ],
  [
    'condition_value_type',
    [score, when({ op: 'in', of: { answer: 'score' }, values: [6, true] })],
    {},
    ['/questions/1/when/values/1'],
  ],
  [
    'condition_value_type',
    [day, when({ op: 'lt', of: { answer: 'day' }, value: '4.5.2026' })],
    {},
    ['/questions/1/when/value'],
  ],
  [
    'condition_value_type',
    [when({ op: 'eq', of: { attribute: 'orders' }, value: 'two' })],
    orders,
    ['/questions/0/when/value'],
  ],
  [
    'condition_unknown_option',
    [pick, when({ op: 'all', conditions: [{ op: 'eq', of: { answer: 'pick' }, value: 'lost' }] })],
    {},
    ['/questions/1/when/conditions/0/value'],
  ],
  [
    'condition_unknown_option',
    [many, when({ op: 'not', condition: { op: 'in', of: { answer: 'many' }, values: ['late', 'lost'] } })],
    {},
    ['/questions/1/when/condition/values/1'],
  ],
  [
    'condition_unknown_language',
    [when({ op: 'eq', of: { context: 'language' }, value: 'ar' })],
    {},
    ['/questions/0/when/value'],
  ],
  [
    'condition_range_empty',
    [score, when({ op: 'between', of: { answer: 'score' }, from: 6, to: 0 })],
    {},
    ['/questions/1/when'],
  ],
  [
    'condition_out_of_range',
    [score, when({ op: 'gte', of: { answer: 'score' }, value: 11 })],
    {},
    ['/questions/1/when/value'],
  ],
  [
    'count_not_a_number',
    [{ ...score, count: { attribute: 'name' } }],
    { ...name, ...counted },
    ['/questions/0/count'],
  ],

  ['missing_text', [score], { 'texts/he/questions/score/prompt': ' ' }, ['/texts/he/questions/score/prompt']],
  ['missing_text', [score], { 'texts/en/questions': {} }, ['/texts/en/questions/score/prompt']],
  [
    'missing_text',
    [pick],
    { 'texts/he/questions/pick/options/late': undefined },
    ['/texts/he/questions/pick/options/late'],
  ],
  ['missing_text', [score], { 'texts/he/opening': 'שלום.' }, ['/texts/en/opening']],
  ['missing_text', [score], { 'texts/en/description': 'Short.' }, ['/texts/he/description']],
  ['missing_text', [score], { 'texts/en/questions/score/low': 'Never' }, ['/texts/he/questions/score/low']],
  [
    'missing_text',
    [score],
    { 'texts/en/questions/score/retry': 'A number.' },
    ['/texts/he/questions/score/retry'],
  ],
  [
    'missing_text',
    [score],
    { 'texts/en/questions/score/points': { '5': 'Half' } },
    ['/texts/he/questions/score/points/5'],
  ],
  [
    'missing_text',
    [{ id: 'score', kind: 'number', unit: 'days' }],
    {},
    ['/texts/he/questions/score/unit', '/texts/en/questions/score/unit'],
  ],
  [
    'missing_text',
    [{ id: 'agree', kind: 'consent' }],
    { 'texts/en/refused': 'Understood.' },
    ['/texts/he/refused'],
  ],
  [
    'missing_text',
    [{ ...sure, next: [{ when: { op: 'eq', of: { answer: 'sure' }, value: true }, to: 'screen_out' }] }],
    { 'texts/en/screened_out': 'Bye.' },
    ['/texts/he/screened_out'],
  ],
  [
    'missing_text',
    [score],
    { 'texts/en/end': '', 'texts/he/title': '' },
    ['/texts/he/title', '/texts/en/end'],
  ],
  [
    'missing_plural_form',
    [{ ...score, count: { attribute: 'orders' } }],
    { ...orders, ...counted, 'texts/he/questions/score/prompt_two': undefined },
    ['/texts/he/questions/score/prompt_two'],
  ],
  [
    'missing_uncounted_text',
    [{ ...score, count: { attribute: 'orders' } }],
    { ...orders, ...counted, 'texts/en/questions/score/prompt': undefined },
    ['/texts/en/questions/score/prompt'],
  ],
  [
    'text_of_unknown_question',
    [score],
    { 'texts/en/questions/other': { prompt: 'Other?' } },
    ['/texts/en/questions/other'],
  ],
  [
    'text_of_unknown_option',
    [pick],
    { 'texts/en/questions/pick/options/lost': 'Lost' },
    ['/texts/en/questions/pick/options/lost'],
  ],
  [
    'text_of_unknown_option',
    [pick],
    { 'texts/en/questions/pick/synonyms': { lost: ['gone'] } },
    ['/texts/en/questions/pick/synonyms/lost'],
  ],
  [
    'text_of_unknown_option',
    [score],
    { 'texts/en/questions/score/options': { late: 'Late' } },
    ['/texts/en/questions/score/options/late'],
  ],
  [
    'text_of_unknown_point',
    [score],
    { 'texts/en/questions/score/points': { '11': 'Eleven' } },
    ['/texts/en/questions/score/points/11'],
  ],
  [
    'text_of_unknown_point',
    [score],
    { 'texts/en/questions/score/points': { '05': 'Five' } },
    ['/texts/en/questions/score/points/05'],
  ],
  ['unused_text', [score], both('refused', 'Understood.'), ['/texts/he/refused', '/texts/en/refused']],
  [
    'unused_text',
    [sure],
    both('questions/sure/low', 'Low'),
    ['/texts/he/questions/sure/low', '/texts/en/questions/sure/low'],
  ],
  [
    'unused_text',
    [score],
    both('questions/score/prompt_one', 'One.'),
    ['/texts/he/questions/score/prompt_one', '/texts/en/questions/score/prompt_one'],
  ],
  [
    'unused_text',
    [{ ...score, count: { attribute: 'orders' } }],
    { ...orders, ...counted, 'texts/en/questions/score/prompt_two': 'Two.' },
    ['/texts/en/questions/score/prompt_two'],
  ],
  ['malformed_placeholder', [score], both('end', 'Thanks {{ name }}.'), ['/texts/he/end', '/texts/en/end']],
  ['malformed_placeholder', [score], both('end', 'Thanks $t(title).'), ['/texts/he/end', '/texts/en/end']],
  ['unknown_placeholder', [score], both('end', 'Thanks {{nobody}}.'), ['/texts/he/end', '/texts/en/end']],
  [
    'unknown_placeholder',
    [note, score],
    both('end', 'Thanks {{answers.note}}.'),
    ['/texts/he/end', '/texts/en/end'],
  ],
  [
    'placeholder_not_allowed',
    [pick],
    both('questions/pick/options/late', 'Late, {{brand}}'),
    ['/texts/he/questions/pick/options/late', '/texts/en/questions/pick/options/late'],
  ],
  ['placeholder_not_allowed', [score], both('title', '{{brand}}'), ['/texts/he/title', '/texts/en/title']],
  [
    'later_placeholder',
    [score, sure],
    {
      ...both('questions/score/prompt', 'Why {{answers.sure}}?'),
      ...both('fallbacks', { 'answers.sure': 'so' }),
    },
    ['/texts/he/questions/score/prompt', '/texts/en/questions/score/prompt'],
  ],
  [
    'later_placeholder',
    [score],
    {
      ...both('questions/score/prompt', 'Why {{answers.score}}?'),
      ...both('fallbacks', { 'answers.score': 'so' }),
    },
    ['/texts/he/questions/score/prompt', '/texts/en/questions/score/prompt'],
  ],
  [
    'count_without_number',
    [score],
    both('questions/score/prompt', '{{count}} orders.'),
    ['/texts/he/questions/score/prompt', '/texts/en/questions/score/prompt'],
  ],
  [
    'placeholder_mismatch',
    [score],
    { ...name, 'texts/en/end': 'Thanks {{name}}.', 'texts/en/fallbacks': { name: 'there' } },
    ['/texts/he/end'],
  ],
  [
    'missing_fallback',
    [score],
    { ...name, ...both('end', 'Thanks {{name}}.'), 'texts/en/fallbacks': { name: 'there' } },
    ['/texts/he/fallbacks/name'],
  ],
  ['unused_fallback', [score], { 'texts/en/fallbacks': { name: 'there' } }, ['/texts/en/fallbacks/name']],
  [
    'duplicate_label',
    [pick],
    { 'texts/en/questions/pick/options': { late: 'Late', rude: ' LATE' } },
    ['/texts/en/questions/pick/options/rude'],
  ],
  [
    'duplicate_label',
    [pick],
    { 'texts/en/questions/pick/synonyms': { late: ['rude'] } },
    ['/texts/en/questions/pick/synonyms/late/0'],
  ],
  ['control_characters', [score], { 'texts/en/end': 'Thanks\u202e.' }, ['/texts/en/end']],
  ['control_characters', [score], { 'texts/en/end': 'Thanks\u0000.' }, ['/texts/en/end']],
  ['markup', [score], { 'texts/en/end': '<b>Thanks</b>' }, ['/texts/en/end']],
  ['surrounding_space', [score], { 'texts/en/end': 'Thanks. ' }, ['/texts/en/end']],
];
