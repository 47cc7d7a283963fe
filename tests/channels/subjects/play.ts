import type { ChannelSubject } from '../../contracts/channel.ts';
import { describeResponses } from '../../support/run-scenario.ts';
import type { Act, Scenario } from '../../support/scenario.ts';

/** What playing a scenario needs beside the subject. */
export interface Stage {
  readonly subject: ChannelSubject;
  /** The person's address, as the channel gives it. */
  readonly address: string;
  /** Chooses what has these labels: by tapping where there are buttons, by typing otherwise. Resolves to the status that the provider is answered. */
  choose(labels: readonly string[]): Promise<number>;
  /** The words of the newest message that was sent. */
  lastSaid(): string | undefined;
}

/** Plays a scenario through a channel, from the provider to what is recorded, which it resolves to. */
export async function play(scenario: Scenario, stage: Stage): Promise<readonly string[]> {
  const { subject } = stage;
  try {
    await introduce(stage, scenario);
    await subject.begin(scenario.questionnaire, scenario.locale);
    for (const act of scenario.acts) {
      await perform(stage, scenario, act);
      await subject.app.conversations.idle();
      subject.clock.advance(1 / 3600);
    }
    const [fault] = subject.logged();
    if (fault !== undefined) throw new Error(`Something went wrong: ${fault}`);
    return await describeResponses(subject.app);
  } finally {
    await subject.close();
  }
}

async function introduce(
  { subject: { app, channel }, address }: Stage,
  { locale, attributes }: Scenario,
): Promise<void> {
  await app.store.attachAddress({
    address: app.addressBook.register(channel.name, channel.account, address),
    newContact: { id: 'contact', language: locale, attributes: { ...attributes } },
    at: app.now(),
  });
}

async function perform(stage: Stage, scenario: Scenario, act: Act): Promise<void> {
  const { subject } = stage;
  switch (act.type) {
    case 'text':
      return expectTaken(await subject.write(act.text));
    case 'tap':
      return expectTaken(await stage.choose(act.labels));
    case 'media':
      return expectTaken((await subject.sendPicture?.()) ?? 0);
    case 'wait':
      return passTime(subject, act.hours);
    case 'start':
      return subject.begin(act.questionnaire, scenario.locale);
    case 'staff':
      await actOnCase(subject, { type: 'reply', text: act.text });
      await subject.app.conversations.idle();
      if (stage.lastSaid() !== act.text) throw new Error('The words of staff did not arrive');
      return;
    case 'hand_back':
      return actOnCase(subject, { type: act.how });
    case 'comment':
      return;
  }
}

function expectTaken(status: number): void {
  if (status !== 200) throw new Error(`The provider was answered ${status}`);
}

/** What somebody types who wants these choices: digits of a scale, numbers of a list, or the words where they went another way. */
export function typedFor(labels: readonly string[], lastSaid: string | undefined): string {
  const lines = lastSaid?.split('\n') ?? [];
  const numbers = labels.map((label) => {
    const [, digits] = /^(-?[0-9]+)(?: – .*)?$/.exec(label) ?? [];
    if (digits !== undefined) return digits;
    return lines.map((line) => /^([0-9]+)\. (.*)$/.exec(line)).find((found) => found?.[2] === label)?.[1];
  });
  return numbers.includes(undefined) ? labels.join(', ') : numbers.join(', ');
}

async function passTime({ app, clock }: ChannelSubject, hours: number): Promise<void> {
  const until = Date.parse(clock.now()) + hours * 3_600_000;
  const to = (moment: number) => clock.advance((moment - Date.parse(clock.now())) / 3_600_000);
  for (;;) {
    const wakeAt = Date.parse((await app.store.readContact('contact'))?.contact.wakeAt ?? '');
    if (Number.isNaN(wakeAt) || wakeAt > until) break;
    to(wakeAt);
    await app.conversations.sweep();
    await app.conversations.idle();
  }
  to(until);
}

async function actOnCase(
  { app }: ChannelSubject,
  act: Parameters<ChannelSubject['app']['conversations']['actOnCase']>[1],
) {
  const { items } = await app.store.listCases({ limit: 1, open: true });
  const [waiting] = items;
  if (!waiting) throw new Error('Nobody asked for a person');
  await app.conversations.actOnCase(waiting.id, act);
}
