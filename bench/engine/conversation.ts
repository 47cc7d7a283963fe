import { type QuestionnaireDocument, questionnaireSchema } from '../../src/dialogs/index.ts';

/** The moment at which the bench conversation takes place, in UTC, and where. */
export const moment = '2026-11-20T09:30:00.000Z';
export const timeZone = 'Asia/Jerusalem';
export const today = '2026-11-20';

/** What is typed, reply by reply, and what that answers. */
export interface Script {
  readonly replies: readonly string[];
  readonly answers: Readonly<Record<string, unknown>>;
}

const answers = {
  recommend: 9,
  arrived: true,
  arrived_on: '2026-11-12',
  satisfaction: 4,
  ease: 6,
  chosen_by: 'price',
  liked: ['speed', 'packing'],
  calls: 2,
  courier: 5,
};

/**
 * The bench conversation: ten questions of ten kinds, answered as people type, one of them wrongly at first ("6" where 1 to 5 was asked).
 * It keeps to what every contender reads: botbuilder's prompts know no Hebrew, and take 12/11 for the 11th of December.
 */
export const script: Script = {
  replies: [
    '9',
    'yes',
    '2026-11-12',
    '6',
    '4',
    '6',
    '2',
    '1, 3',
    '2',
    '5',
    'The courier was kind and all was whole',
  ],
  answers: { ...answers, comment: 'The courier was kind and all was whole' },
};

/** The same conversation as it is typed in Hebrew, words where people use words. */
export const hebrewScript: Script = {
  replies: [
    '9',
    'כן',
    '12/11/2026',
    '6',
    '4',
    'שש',
    'המחיר',
    '1, 3',
    '2',
    '5',
    'השליח היה אדיב והכול הגיע שלם',
  ],
  answers: { ...answers, comment: 'השליח היה אדיב והכול הגיע שלם' },
};

/** The same conversation in sentences, which only Kashuv reads. */
export const sentencesScript: Script = {
  replies: [
    'I would give you a nine',
    'yes, it did',
    'on the 12th of November',
    '6 out of 5',
    'four stars',
    'pretty easy, 6 out of 7',
    'the price',
    'speed and packing',
    'twice',
    '5/5',
    'The courier was kind and all was whole',
  ],
  answers: script.answers,
};

/** The questionnaire of that conversation. `disappointed` is asked only where the first score is low. */
export const document: QuestionnaireDocument = questionnaireSchema.parse({
  format: 1,
  id: 'bench-delivery',
  touchpoint: 'bench-delivery',
  languages: ['he', 'en'],
  questions: [
    { id: 'recommend', kind: 'nps' },
    {
      id: 'disappointed',
      kind: 'text',
      when: { op: 'lte', of: { answer: 'recommend' }, value: 6 },
    },
    {
      id: 'arrived',
      kind: 'yes_no',
      next: [{ when: { op: 'eq', of: { answer: 'arrived' }, value: false }, to: 'comment' }],
    },
    { id: 'arrived_on', kind: 'date', dates: 'past' },
    { id: 'satisfaction', kind: 'csat' },
    { id: 'ease', kind: 'ces' },
    {
      id: 'chosen_by',
      kind: 'choice',
      options: [{ id: 'product' }, { id: 'price' }, { id: 'advice' }, { id: 'other' }],
    },
    {
      id: 'liked',
      kind: 'multi_choice',
      options: [{ id: 'speed' }, { id: 'courier' }, { id: 'packing' }, { id: 'nothing', exclusive: true }],
    },
    { id: 'calls', kind: 'number', min: 0, max: 50, integer: true },
    { id: 'courier', kind: 'rating', min: 1, max: 5 },
    { id: 'comment', kind: 'text', lengthMax: 1000 },
  ],
  texts: {
    he: {
      title: 'המשלוח',
      questions: {
        recommend: { prompt: 'כמה סביר שתמליצו עלינו, מ-0 עד 10?' },
        disappointed: { prompt: 'מה אכזב?' },
        arrived: { prompt: 'החבילה הגיעה?' },
        arrived_on: { prompt: 'באיזה תאריך הגיעה החבילה?' },
        satisfaction: { prompt: 'עד כמה אתם מרוצים מהמשלוח, מ-1 עד 5?' },
        ease: { prompt: 'היה קל לקבל את החבילה. עד כמה זה נכון, מ-1 עד 7?' },
        chosen_by: {
          prompt: 'לפי מה בחרתם בנו?',
          options: { product: 'המוצר', price: 'המחיר', advice: 'המלצה', other: 'משהו אחר' },
        },
        liked: {
          prompt: 'מה היה טוב במשלוח?',
          options: { speed: 'המהירות', courier: 'השליח', packing: 'האריזה', nothing: 'שום דבר' },
        },
        calls: { prompt: 'כמה פעמים פניתם אלינו בעניין המשלוח?' },
        courier: { prompt: 'איזה ציון תתנו לשליח, מ-1 עד 5?' },
        comment: { prompt: 'מה עוד כדאי שנדע?' },
      },
      end: 'תודה רבה!',
    },
    en: {
      title: 'The delivery',
      questions: {
        recommend: { prompt: 'How likely are you to recommend us, from 0 to 10?' },
        disappointed: { prompt: 'What disappointed you?' },
        arrived: { prompt: 'Did the parcel arrive?' },
        arrived_on: { prompt: 'On which day did it arrive?' },
        satisfaction: { prompt: 'How satisfied are you with the delivery, from 1 to 5?' },
        ease: { prompt: 'It was easy to get the parcel. How true is that, from 1 to 7?' },
        chosen_by: {
          prompt: 'Why did you choose us?',
          options: { product: 'The product', price: 'The price', advice: 'Advice', other: 'Something else' },
        },
        liked: {
          prompt: 'What was good about the delivery?',
          options: { speed: 'Speed', courier: 'The courier', packing: 'Packing', nothing: 'Nothing' },
        },
        calls: { prompt: 'How often did you contact us about it?' },
        courier: { prompt: 'How do you rate the courier, from 1 to 5?' },
        comment: { prompt: 'What else should we know?' },
      },
      end: 'Thank you!',
    },
  },
});
