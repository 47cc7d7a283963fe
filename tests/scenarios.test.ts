import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { languages } from '../src/dialogs/language.ts';
import { runScenario } from './support/run-scenario.ts';
import { parseScenario, writeScenario } from './support/scenario.ts';

/** `npm run test:update` writes what the bot says now into the transcripts; read the difference as product text. */
const update = process.env.UPDATE_SCENARIOS === '1';

/** Both languages tell the same plays; on the store whose every command is a round trip, one language has to do. */
const told = process.env.TEST_STORE === 'mongodb' ? languages.slice(0, 1) : languages;

describe.each(told)('scenarios in %s', (language) => {
  const folder = new URL(`scenarios/${language}/`, import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

  test('there are at least ten', () => {
    expect(files.length).toBeGreaterThanOrEqual(10);
  });

  test.each(files)('%s', async (file) => {
    const path = new URL(file, folder);
    const written = readFileSync(path, 'utf8');
    const scenario = parseScenario(written);
    const { said, responses } = await runScenario(scenario);
    const happened = writeScenario(scenario, said, responses);
    if (update) writeFileSync(path, happened);
    else expect(happened).toBe(written);
  });

  test('every scenario is told in the other language as well', () => {
    const other = new URL(`scenarios/${language === 'he' ? 'en' : 'he'}/`, import.meta.url);
    expect(readdirSync(other).sort()).toEqual(readdirSync(folder).sort());
  });
});
