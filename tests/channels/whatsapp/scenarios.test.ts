import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, inject, test } from 'vitest';
import { languages } from '../../../src/dialogs/language.ts';
import { parseScenario, type Scenario } from '../../support/scenario.ts';
import { play, typedFor } from '../subjects/play.ts';
import { cloudSubject, shownOf } from '../subjects/whatsapp-cloud.ts';
import { twilioWhatsappSubject } from '../subjects/whatsapp-twilio.ts';
import { personsAddress, webjsSubject } from '../subjects/whatsapp-web.ts';

/** What takes the place of reminders on somebody's second day. */
const template = 'survey_waits';
const content = 'HX00000000000000000000000000000001';

/**
 * With Meta the person taps: what stands in the newest message, or was typed in place of it where it cannot be tapped. A scale of eleven points takes two
 * taps.
 */
async function byCloud(scenario: Scenario): Promise<readonly string[]> {
  const settings = { DEFAULT_LANGUAGE: scenario.locale, WHATSAPP_TEMPLATE: template };
  const subject = await cloudSubject(settings, { [template]: [scenario.locale] }, scenario.start);
  const { meta } = subject;
  const last = () => meta.sent.at(-1);

  async function choose(labels: readonly string[]): Promise<number> {
    const [label = '', ...others] = labels;
    if (others.length === 0 && offers(label)) return (await subject.tap?.(label)) ?? 0;
    const range = others.length === 0 ? rangeWith(label) : undefined;
    if (range === undefined) return subject.write(typedFor(labels, shown()));
    await subject.tap?.(range);
    await subject.app.conversations.idle();
    return (await subject.tap?.(label)) ?? 0;
  }

  const shown = () => {
    const message = last();
    return message && shownOf(message);
  };
  /** Also a button of an older message can be tapped. */
  const offers = (label: string) =>
    meta.sent.some((message) => new RegExp(`^\\[${label}( \\|.*)?\\]$`, 'm').test(shownOf(message)));
  const rangeWith = (label: string) =>
    [...(shown() ?? '').matchAll(/^\[(.*?(\d+)\D+(\d+))\]$/gm)].find(
      ([, , from, to]) => Number(from) <= Number(label) && Number(label) <= Number(to),
    )?.[1];

  return play(scenario, {
    subject,
    address: personsAddress,
    choose,
    lastSaid: () => last()?.body.text?.body,
  });
}

async function byTwilio(scenario: Scenario): Promise<readonly string[]> {
  const settings = { DEFAULT_LANGUAGE: scenario.locale, WHATSAPP_TEMPLATE: content };
  const subject = await twilioWhatsappSubject(settings, [content], scenario.start);
  const lastSaid = () => subject.twilio.sent.at(-1)?.body;
  const choose = (labels: readonly string[]) => subject.write(typedFor(labels, lastSaid()));
  return play(scenario, { subject, address: personsAddress, choose, lastSaid });
}

async function byWeb(scenario: Scenario): Promise<readonly string[]> {
  const subject = await webjsSubject(scenario.start);
  const lastSaid = () => subject.phone.sent.at(-1)?.body;
  const choose = (labels: readonly string[]) => subject.write(typedFor(labels, lastSaid()));
  return play(scenario, { subject, address: personsAddress, choose, lastSaid });
}

/** Its questionnaire does not ask for the number of somebody who writes from it: what is recorded is a part of what is elsewhere. */
const shorter = new Set(['churn-call-me.txt']);

/** Where nobody can tap the button of an old message. */
const withButtons = new Set(['delivery-photo-and-old-button.txt']);

describe.each(languages)('the plays of tests/scenarios by WhatsApp, in %s', (language) => {
  const folder = new URL(`../../scenarios/${language}/`, import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  const typed = files.filter((name) => !withButtons.has(name));

  async function endsAsElsewhere(file: string, run: (scenario: Scenario) => Promise<readonly string[]>) {
    const written = readFileSync(new URL(file, folder), 'utf8');
    const responses = written.slice(written.indexOf('\nresponse ') + 1).trimEnd();
    const recorded = await run(parseScenario(written));
    if (!shorter.has(file)) expect(recorded.join('\n')).toBe(responses);
    else {
      const elsewhere = responses.split('\n');
      expect(recorded).toEqual(elsewhere.filter((line) => recorded.includes(line)));
      expect(recorded.length).toBeLessThan(elsewhere.length);
    }
  }

  test.each(files)('%s, tapped at Meta’s', (file) => endsAsElsewhere(file, byCloud));
  test.each(typed)('%s, typed through Twilio', (file) => endsAsElsewhere(file, byTwilio));
  test.runIf(inject('whatsappWeb')).each(typed)('%s, typed to a linked phone', (file) =>
    endsAsElsewhere(file, byWeb),
  );
});
