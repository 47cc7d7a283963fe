import {
  type Activity,
  ActivityTypes,
  BotAdapter,
  ConversationState,
  type ResourceResponse,
  type Storage,
  TurnContext,
} from 'botbuilder-core';
import {
  ChoicePrompt,
  ConfirmPrompt,
  DateTimePrompt,
  DialogSet,
  type DialogTurnResult,
  DialogTurnStatus,
  ListStyle,
  NumberPrompt,
  type PromptOptions,
  type PromptValidatorContext,
  TextPrompt,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { Contender, Turn } from '../engine/contender.ts';
import { today } from '../engine/conversation.ts';
import { cleaned, hints, readAnswer, type Value } from '../engine/hand-written-reading.ts';
import { commands } from '../engine/hand-written-words.ts';

const triesMax = 3;
const locale = 'en-us';

/**
 * The bench conversation with botbuilder-dialogs: its own prompts in a waterfall, with validators for the ranges, and conversation state
 * that is read from and written to JSON text around each turn.
 */
export const contender: Contender = {
  begin: () => turn('', 'hello'),
  turn,
  answers(state) {
    return JSON.parse(state).answers;
  },
};

/** Holds the state of the one conversation whose turn it is, as JSON text. */
const storage: Storage & { text: string } = {
  text: '',
  async read([key = '']) {
    return storage.text === '' ? {} : { [key]: JSON.parse(storage.text) };
  },
  async write(changes) {
    for (const value of Object.values(changes)) storage.text = JSON.stringify(value);
  },
  async delete() {
    storage.text = '';
  },
};

/** Keeps the ids that are sent instead of sending them. */
class CollectingAdapter extends BotAdapter {
  said: string[] = [];

  async handle(text: string, logic: (context: TurnContext) => Promise<void>): Promise<string[]> {
    this.said = [];
    const activity: Partial<Activity> = {
      type: ActivityTypes.Message,
      channelId: 'bench',
      conversation: { id: 'one', isGroup: false, conversationType: '', name: '' },
      from: { id: 'contact', name: '' },
      recipient: { id: 'bot', name: '' },
      id: '1',
      locale,
      text,
    };
    await this.runMiddleware(new TurnContext(this, activity), logic);
    return this.said;
  }

  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    for (const { text } of activities) if (text) this.said.push(...text.split(' '));
    return activities.map(() => ({ id: '1' }));
  }

  continueConversation = () => Promise.reject(new Error('Not used'));
  updateActivity = () => Promise.reject(new Error('Not used'));
  deleteActivity = () => Promise.reject(new Error('Not used'));
}

const adapter = new CollectingAdapter();
const conversationState = new ConversationState(storage);
const answersProperty = conversationState.createProperty<Record<string, Value>>('answers');

async function turn(state: string, text: string): Promise<Turn> {
  storage.text = state;
  const said = await adapter.handle(text, async (context) => {
    const command = commands.get(cleaned(text));
    if (command !== undefined) {
      await context.sendActivity(command);
      return;
    }
    const dialog = await dialogs.createContext(context);
    const { status } = await dialog.continueDialog();
    if (status === DialogTurnStatus.empty) await dialog.beginDialog('survey');
    await conversationState.saveChanges(context);
  });
  return { state: storage.text, said };
}

/** Checks what a prompt recognised. After the last try the prompt ends without an answer. */
function checked<Recognized>(
  question: string,
  reasonOf: (value: Recognized) => string | undefined = () => undefined,
) {
  return async ({
    recognized,
    attemptCount,
    context,
  }: PromptValidatorContext<Recognized>): Promise<boolean> => {
    const { succeeded, value } = recognized;
    const reason = succeeded && value !== undefined ? reasonOf(value) : 'unclear';
    if (reason === undefined) return true;
    if (attemptCount >= triesMax) {
      delete recognized.value;
      return true;
    }
    await context.sendActivity(`reasons.${reason} ${hints[question]}`);
    return false;
  };
}

function numberPrompt(question: string, min: number, max: number): NumberPrompt {
  const reasonOf = (value: number) => {
    if (!Number.isInteger(value)) return 'not_whole';
    return value < min || value > max ? 'out_of_range' : undefined;
  };
  return new NumberPrompt(question, checked(question, reasonOf), locale);
}

const arrived = new ConfirmPrompt('arrived', checked<boolean>('arrived'), locale);
arrived.style = ListStyle.none;

const pastDay = checked<{ value: string }[]>('arrived_on', ([found]) =>
  (found?.value ?? '') > today ? 'date_in_future' : undefined,
);

/** There is no prompt for several choices, so the hand-written reader reads them. */
const severalChoices = checked<string>('liked', (text) => readAnswer('liked', cleaned(text), text).reason);

const choices = [
  { value: 'product', synonyms: ['the product'] },
  { value: 'price', synonyms: ['the price'] },
  { value: 'advice' },
  { value: 'other', synonyms: ['something else'] },
];

const questions = Object.keys(hints);

const dialogs = new DialogSet(conversationState.createProperty('dialogs'))
  .add(numberPrompt('recommend', 0, 10))
  .add(new TextPrompt('disappointed'))
  .add(arrived)
  .add(new DateTimePrompt('arrived_on', pastDay, locale))
  .add(numberPrompt('satisfaction', 1, 5))
  .add(numberPrompt('ease', 1, 7))
  .add(new ChoicePrompt('chosen_by', checked('chosen_by'), locale))
  .add(new TextPrompt('liked', severalChoices))
  .add(numberPrompt('calls', 0, 50))
  .add(numberPrompt('courier', 1, 5))
  .add(new TextPrompt('comment'))
  .add(
    new WaterfallDialog('survey', [
      ...questions.map((id) => (step: WaterfallStepContext) => ask(step, id)),
      finish,
    ]),
  );

async function ask(step: WaterfallStepContext, question: string): Promise<DialogTurnResult> {
  const answers = await noteAnswer(step);
  const asked =
    question === 'disappointed'
      ? Number(answers.recommend ?? 10) <= 6
      : answers.arrived !== false || question === 'comment';
  if (!asked) return step.next();
  const options: PromptOptions = { prompt: `questions.${question}.prompt`, style: ListStyle.none };
  return step.prompt(question, question === 'chosen_by' ? { ...options, choices } : options);
}

async function finish(step: WaterfallStepContext): Promise<DialogTurnResult> {
  await noteAnswer(step);
  await step.context.sendActivity('end');
  return step.endDialog();
}

/** Keeps the answer to the question of the step before; resolves to all answers. */
async function noteAnswer({ context, index, result }: WaterfallStepContext): Promise<Record<string, Value>> {
  const answers = await answersProperty.get(context, {});
  const question = questions[index - 1];
  if (question !== undefined && result !== undefined) answers[question] = answerOf(question, result);
  return answers;
}

function answerOf(question: string, result: WaterfallStepContext['result']): Value {
  switch (question) {
    case 'arrived_on':
      return result[0].value;
    case 'chosen_by':
      return result.value;
    case 'liked': {
      const read = readAnswer('liked', cleaned(result), result);
      return read.reason === undefined ? read.value : [];
    }
    default:
      return result;
  }
}
