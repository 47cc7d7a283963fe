import { Model } from 'survey-core';
import type { Contender, Turn } from '../engine/contender.ts';
import { today } from '../engine/conversation.ts';
import { cleaned, hints, readAnswer, type Value } from '../engine/hand-written-reading.ts';
import { commands } from '../engine/hand-written-words.ts';

const onlyIfArrived = { visibleIf: '{arrived} <> false' };

const elements = [
  rated('recommend', 0, 10),
  { ...open('disappointed', 2000), visibleIf: '{recommend} <= 6' },
  { type: 'boolean', name: 'arrived', isRequired: true },
  {
    ...{ type: 'text', inputType: 'date', name: 'arrived_on', isRequired: true },
    ...{ max: today, maxErrorText: 'date_in_future' },
    ...onlyIfArrived,
  },
  { ...rated('satisfaction', 1, 5), ...onlyIfArrived },
  { ...rated('ease', 1, 7), ...onlyIfArrived },
  { ...chosen('radiogroup', 'chosen_by', ['product', 'price', 'advice', 'other']), ...onlyIfArrived },
  { ...chosen('checkbox', 'liked', ['speed', 'courier', 'packing', 'nothing']), ...onlyIfArrived },
  {
    ...{ type: 'text', inputType: 'number', name: 'calls', isRequired: true, min: 0, max: 50 },
    ...onlyIfArrived,
  },
  { ...rated('courier', 1, 5), ...onlyIfArrived },
  open('comment', 1000),
];

/** One question on a page, as a chat asks them. The model is made once and takes up the conversation whose turn it is. */
const survey = new Model({
  checkErrorsMode: 'onNextPage',
  showCompletePage: false,
  pages: elements.map((element) => ({
    name: element.name,
    elements: [{ ...element, title: `questions.${element.name}.prompt` }],
  })),
});

interface State {
  readonly at?: string;
  readonly tries?: number;
  readonly data: Readonly<Record<string, Value>>;
}

const triesMax = 3;

/**
 * The bench conversation with survey-core: its model validates, branches and moves from page to page. It reads no typed replies, so the
 * hand-written readers make values of them and leave the ranges to it. The state is the model's data and the page.
 */
export const contender: Contender = {
  begin() {
    takeUp({ data: {} });
    return asked();
  },

  turn(stateText, text) {
    const state: State = JSON.parse(stateText);
    const reply = cleaned(text);
    const command = commands.get(reply);
    if (command !== undefined) return { state: stateText, said: [command] };
    if (state.at === undefined) return { state: stateText, said: ['survey_closed'] };
    takeUp(state);
    survey.setValue(state.at, readFor(state.at, reply, text));
    if (survey.isLastPage ? survey.completeLastPage() : survey.nextPage()) return asked();
    const [error] = survey.currentPage.questions[0].errors;
    return reject(state, state.at, error.text);
  },

  answers(stateText) {
    const { data }: State = JSON.parse(stateText);
    return data;
  },
};

function takeUp({ at = 'recommend', data }: State): void {
  if (survey.state === 'completed') survey.clear(true, true);
  survey.data = data;
  survey.currentPage = survey.getPageByName(at);
}

function asked(): Turn {
  const { data } = survey;
  if (survey.state === 'completed') return { state: JSON.stringify({ data }), said: ['end'] };
  const { name, title } = survey.currentPage.questions[0];
  return { state: JSON.stringify({ at: name, data }), said: [title] };
}

/** The model cannot pass by a required question; after the last try it is no longer required. */
function reject({ data, tries = 0 }: State, at: string, reason: string): Turn {
  if (tries + 1 < triesMax) {
    return {
      state: JSON.stringify({ at, tries: tries + 1, data }),
      said: [`reasons.${reason}`, hints[at] ?? ''],
    };
  }
  const question = survey.getQuestionByName(at);
  survey.clearValue(at);
  question.isRequired = false;
  if (survey.isLastPage) survey.completeLastPage();
  else survey.nextPage();
  question.isRequired = true;
  const { state, said } = asked();
  return { state, said: ['moving_on', ...said] };
}

/** The reply as the model wants it: numbers as they are, whether in range or not. */
function readFor(question: string, reply: string, text: string): Value | undefined {
  const number = Number(reply);
  if (reply !== '' && !Number.isNaN(number) && numeric.has(question)) return number;
  const read = readAnswer(question, reply, text);
  return read.reason === undefined ? read.value : undefined;
}

const numeric = new Set(['recommend', 'satisfaction', 'ease', 'calls', 'courier']);

function rated(name: string, rateMin: number, rateMax: number) {
  const range = { type: 'numeric', minValue: rateMin, maxValue: rateMax, text: 'out_of_range' };
  return { type: 'rating', name, isRequired: true, rateMin, rateMax, validators: [range] };
}

function chosen(type: 'radiogroup' | 'checkbox', name: string, choices: readonly string[]) {
  return { type, name, isRequired: true, choices };
}

function open(name: string, maxLength: number) {
  return { type: 'comment', name, isRequired: true, maxLength };
}
