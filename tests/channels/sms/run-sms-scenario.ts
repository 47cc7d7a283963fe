import type { Scenario } from '../../support/scenario.ts';
import { play, typedFor } from '../subjects/play.ts';
import { personsNumber, smsSubject } from '../subjects/sms.ts';

/** Plays a scenario by SMS: what the contact says comes in by Twilio's webhook, and a tap is typed as what stands on the phone. Resolves to what was recorded. */
export async function runSmsScenario(scenario: Scenario): Promise<readonly string[]> {
  const subject = await smsSubject({ DEFAULT_LANGUAGE: scenario.locale }, scenario.start);
  const lastSaid = () => subject.twilio.sent.at(-1)?.body;
  return play(scenario, {
    subject,
    address: personsNumber,
    choose: (labels) => subject.write(typedFor(labels, lastSaid())),
    lastSaid,
  });
}
