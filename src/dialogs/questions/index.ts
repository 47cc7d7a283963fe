import { z } from 'zod';
import type { QuestionKind } from '../understanding/request.ts';
import { ces, cesSchema } from './ces.ts';
import { choice, choiceSchema } from './choice.ts';
import { consent, consentSchema } from './consent.ts';
import { csat, csatSchema } from './csat.ts';
import { date, dateSchema } from './date.ts';
import { email, emailSchema } from './email.ts';
import { info, infoSchema } from './info.ts';
import type { Kind } from './kind.ts';
import { multiChoice, multiChoiceSchema } from './multi-choice.ts';
import { nps, npsSchema } from './nps.ts';
import { number, numberSchema } from './number.ts';
import { phone, phoneSchema } from './phone.ts';
import { rating, ratingSchema } from './rating.ts';
import { text, textSchema } from './text.ts';
import { yesNo, yesNoSchema } from './yes-no.ts';

/** A question of any kind, as a questionnaire document holds it. */
export const questionSchema = z.discriminatedUnion('kind', [
  npsSchema,
  csatSchema,
  cesSchema,
  ratingSchema,
  choiceSchema,
  multiChoiceSchema,
  yesNoSchema,
  numberSchema,
  dateSchema,
  textSchema,
  emailSchema,
  phoneSchema,
  infoSchema,
  consentSchema,
]);

export type Question = z.infer<typeof questionSchema>;

/** Every question kind, by its name in documents. A new kind is its file and its line here and in `questionSchema`. */
const kinds: Record<QuestionKind, Kind<Question>> = {
  nps,
  csat,
  ces,
  rating,
  choice,
  multi_choice: multiChoice,
  yes_no: yesNo,
  number,
  date,
  text,
  email,
  phone,
  info,
  consent,
} satisfies { [Name in QuestionKind]: Kind<Extract<Question, { kind: Name }>> };

/** The methods of a question's kind. */
export function kindOf(question: Question): Kind<Question> {
  return kinds[question.kind];
}
