import { expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type {
  apiCaseSchema,
  caseDetailSchema,
  CaseState as ServerCaseState,
} from '../../src/server/case-view.ts';
import type { apiAnswerSchema } from '../../src/server/routes/answers.ts';
import type { channelStateSchema } from '../../src/server/routes/channel-states.ts';
import type { invitationSchema, madeInvitationSchema } from '../../src/server/routes/invitations.ts';
import type {
  appliedSchema,
  publicationSchema,
  publishedSchema,
  summarySchema,
} from '../../src/server/routes/questionnaires.ts';
import type { apiResponseSchema } from '../../src/server/routes/responses.ts';
import type { adminLinkSchema } from '../../src/server/routes/sign-in.ts';
import type { questionTotalSchema } from '../../src/server/routes/totals.ts';
import type { InvitationRequest, Published } from '../../web/results/api.ts';
import type {
  Answer,
  AppliedTexts,
  Case,
  CaseDetail,
  CaseState,
  Channel,
  MadeLink,
  Publication,
  QuestionnaireSummary,
  QuestionTotal,
  Response,
} from '../../web/results/wire.ts';

test('the pages of staff read what the API writes', () => {
  expectTypeOf<z.output<typeof apiAnswerSchema>>().toExtend<Answer>();
  expectTypeOf<z.output<typeof apiResponseSchema>>().toExtend<Response>();
  expectTypeOf<z.output<typeof questionTotalSchema>>().toExtend<QuestionTotal>();
  expectTypeOf<z.output<typeof summarySchema>>().toExtend<QuestionnaireSummary>();
  expectTypeOf<z.output<typeof publishedSchema>>().toExtend<Published>();
  expectTypeOf<z.output<typeof publicationSchema>>().toExtend<Publication>();
  expectTypeOf<z.output<typeof appliedSchema>>().toExtend<AppliedTexts>();
  expectTypeOf<z.output<typeof madeInvitationSchema>>().toExtend<MadeLink>();
  expectTypeOf<z.output<typeof adminLinkSchema>>().toExtend<MadeLink>();
  expectTypeOf<z.output<typeof apiCaseSchema>>().toExtend<Case>();
  expectTypeOf<ServerCaseState>().toExtend<CaseState>();
  expectTypeOf<z.output<typeof caseDetailSchema>>().toExtend<CaseDetail>();
  expectTypeOf<z.output<typeof channelStateSchema>>().toExtend<Channel>();
});

test('the API reads what the pages of staff write', () => {
  expectTypeOf<InvitationRequest>().toExtend<z.input<typeof invitationSchema>>();
});
