import { describeResponses } from '../../support/run-scenario.ts';
import type { Act, Scenario } from '../../support/scenario.ts';
import { twilioAccount } from '../../support/twilio.ts';
import { personsNumber, type SmsSubject, smsSubject } from '../subjects/sms.ts';

/** Plays a scenario by SMS: what the contact says comes in by Twilio's webhook, and a tap is typed as what stands on the phone. Resolves to what was recorded. */
export async function runSmsScenario(scenario: Scenario): Promise<readonly string[]> {
  const subject = await smsSubject({ DEFAULT_LANGUAGE: scenario.locale }, scenario.start);
  try {
    await introduce(subject, scenario);
    await subject.begin(scenario.questionnaire, scenario.locale);
    for (const act of scenario.acts) {
      await perform(subject, scenario, act);
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

async function introduce({ app, channel }: SmsSubject, { locale, attributes }: Scenario): Promise<void> {
  await app.store.attachAddress({
    address: app.addressBook.register(channel.name, twilioAccount.accountSid, personsNumber),
    newContact: { id: 'contact', language: locale, attributes: { ...attributes } },
    at: app.now(),
  });
}

async function perform(subject: SmsSubject, scenario: Scenario, act: Act): Promise<void> {
  switch (act.type) {
    case 'text':
      return expectTaken(await subject.write(act.text));
    case 'tap':
      return expectTaken(await subject.write(typed(act.labels, subject)));
    case 'media':
      return expectTaken((await subject.sendPicture?.()) ?? 0);
    case 'wait':
      return passTime(subject, act.hours);
    case 'start':
      return subject.begin(act.questionnaire, scenario.locale);
    case 'staff':
      await actOnCase(subject, { type: 'reply', text: act.text });
      await subject.app.conversations.idle();
      if (subject.twilio.sent.at(-1)?.body !== act.text) throw new Error('The words of staff did not arrive');
      return;
    case 'hand_back':
      return actOnCase(subject, { type: act.how });
    case 'comment':
      return;
  }
}

function expectTaken(status: number): void {
  if (status !== 200) throw new Error(`Twilio was answered ${status}`);
}

/** What somebody types who wants these choices: digits of a scale, numbers of a list, or the words where they went another way. */
function typed(labels: readonly string[], { twilio }: SmsSubject): string {
  const numbers = labels.map((label) => {
    const [, digits] = /^(-?[0-9]+)(?: – .*)?$/.exec(label) ?? [];
    if (digits !== undefined) return digits;
    const lines = twilio.sent.at(-1)?.body.split('\n') ?? [];
    return lines.map((line) => /^([0-9]+)\. (.*)$/.exec(line)).find((found) => found?.[2] === label)?.[1];
  });
  return numbers.includes(undefined) ? labels.join(', ') : numbers.join(', ');
}

async function passTime({ app, clock }: SmsSubject, hours: number): Promise<void> {
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
  { app }: SmsSubject,
  act: Parameters<SmsSubject['app']['conversations']['actOnCase']>[1],
) {
  const { items } = await app.store.listCases({ limit: 1, open: true });
  const [waiting] = items;
  if (!waiting) throw new Error('Nobody asked for a person');
  await app.conversations.actOnCase(waiting.id, act);
}
