import { type Choice, encodeChoice } from '../channels/choice.ts';
import { type Questionnaire, understand } from '../dialogs/index.ts';
import type { Address, InboundRecord } from '../store/records.ts';
import { questionnaireTitle } from '../texts/index.ts';
import { advance, contextOf } from './advance.ts';
import { type Draft, without } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';
import { open } from './open.ts';

export type Conflict = Extract<Choice, { kind: 'conflict' }>['resolution'];

/**
 * One contact never has two surveys open. While one is, another touchpoint is offered: go on with the open one, or close it and begin the
 * other.
 */
export function offerConflict(
  environment: TurnEnvironment,
  draft: Draft,
  {
    address,
    questionnaire,
    offered,
  }: { address: Address; questionnaire: Questionnaire; offered: Questionnaire },
): void {
  const { texts } = environment;
  const { language } = draft.contact;
  draft.contact = {
    ...draft.contact,
    offered: { questionnaireId: offered.id, touchpointId: offered.touchpoint },
  };
  draft.say(
    environment,
    address.id,
    'conflict',
    {
      open: questionnaireTitle(texts, questionnaire, language),
      other: questionnaireTitle(texts, offered, language),
    },
    [
      {
        token: encodeChoice({ kind: 'conflict', resolution: 'continue' }),
        label: texts.system(language, 'conflict_continue'),
      },
      {
        token: encodeChoice({ kind: 'conflict', resolution: 'switch' }),
        label: texts.system(language, 'conflict_switch'),
      },
    ],
  );
}

/** What a reply says about an open offer; undefined when it speaks of something else. */
export function readConflict(
  environment: TurnEnvironment,
  draft: Draft,
  record: InboundRecord,
  choice: Choice | undefined,
): Conflict | undefined {
  if (choice) return choice.kind === 'conflict' ? choice.resolution : undefined;
  if (record.content.kind !== 'text') return undefined;
  const labels = (key: string) => ({
    he: [environment.texts.system('he', key)],
    en: [environment.texts.system('en', key)],
  });
  const reading = understand({
    question: {
      kind: 'choice',
      options: [
        { id: 'continue', labels: labels('conflict_continue') },
        { id: 'switch', labels: labels('conflict_switch') },
      ],
    },
    text: record.content.text,
    language: draft.contact.language,
    now: draft.at,
    timeZone: environment.timeZone,
    region: environment.region,
  });
  if (reading.outcome !== 'answer') return undefined;
  return reading.value === 'switch' ? 'switch' : 'continue';
}

export function resolveConflict(
  environment: TurnEnvironment,
  draft: Draft,
  request: {
    conflict: Conflict;
    address: Address;
    questionnaire: Questionnaire | undefined;
    offered: Questionnaire;
    /** Nothing new begins with what was offered: it was paused since. */
    paused: boolean;
  },
): void {
  const { conflict, address, questionnaire, offered, paused } = request;
  draft.contact = without(draft.contact, 'offered');
  const { session } = draft.contact;
  const begins = conflict === 'switch' || !session;
  if (begins && paused) draft.say(environment, address.id, 'survey_paused');
  if (session && questionnaire) {
    const context = contextOf(draft, questionnaire, address);
    const type = begins && !paused ? 'closed' : 'resumed';
    advance({ environment, draft, questionnaire, session, address, event: { type, at: draft.at, context } });
  }
  if (begins && !paused) open(environment, draft, { questionnaire: offered, address });
}
