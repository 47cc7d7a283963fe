import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { languages } from '../../../src/dialogs/language.ts';
import { parseScenario } from '../../support/scenario.ts';
import { runSmsScenario } from './run-sms-scenario.ts';

/** What SMS cannot do: nobody can tap the button of an old message. */
const withButtons = new Set(['delivery-photo-and-old-button.txt']);

/** Their questionnaires ask less by SMS, by a condition on the channel: what is recorded is a part of what is elsewhere. */
const shorter = new Set(['churn-call-me.txt', 'support-unresolved.txt']);

describe.each(languages)('the plays of tests/scenarios by SMS, in %s', (language) => {
  const folder = new URL(`../../scenarios/${language}/`, import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt') && !withButtons.has(name));

  test.each(files)('%s ends as on any other channel', async (file) => {
    const written = readFileSync(new URL(file, folder), 'utf8');
    const responses = written.slice(written.indexOf('\nresponse ') + 1).trimEnd();
    const recorded = await runSmsScenario(parseScenario(written));
    if (!shorter.has(file)) expect(recorded.join('\n')).toBe(responses);
    else {
      const elsewhere = responses.split('\n');
      expect(recorded).toEqual(elsewhere.filter((line) => recorded.includes(line)));
      expect(recorded.length).toBeLessThan(elsewhere.length);
    }
  });
});
