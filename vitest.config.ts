import { configDefaults, defineConfig, type TestProjectConfiguration } from 'vitest/config';

const longTests = 'tests/**/*.long.test.ts';
const browserSetup = 'tests/support/browser-setup.ts';

/**
 * Modes: `long` runs the long tests only, `update` lets the scenario tests rewrite the bot's lines of their transcripts.
 * Tests in tests/web get the pages built first; the others do not wait for that.
 */
export default defineConfig(({ mode }) => {
  const names = mode === 'long' ? '*.long.test.ts' : '*.test.{ts,tsx}';
  const exclude = mode === 'long' ? configDefaults.exclude : [...configDefaults.exclude, longTests];
  return {
    test: {
      env: mode === 'update' ? { UPDATE_SCENARIOS: '1' } : {},
      // Limits against a test that hangs, generous because browsers and servers start on busy machines.
      testTimeout: mode === 'long' ? 15 * 60_000 : 30_000,
      hookTimeout: 60_000,
      projects: [
        {
          extends: true,
          test: {
            name: 'program',
            include: [`tests/**/${names}`],
            exclude: [...exclude, 'tests/web/**', 'tests/store/mongo/**', 'tests/faults/mongo/**'],
            globalSetup: [browserSetup, 'tests/support/whatsapp-web-setup.ts'],
          },
        },
        ...(mode === 'update' ? [] : [onMongo(mode)]),
        {
          extends: true,
          test: {
            name: 'pages',
            include: [`tests/web/**/${names}`],
            exclude,
            globalSetup: [browserSetup, 'tests/support/pages-setup.ts'],
          },
        },
      ],
    },
  };
});

/**
 * The store on MongoDB, and the conversations of the program once more on it. Those with hundreds of turns take minutes there and belong to the
 * long tests; all of them have longer than others, because every command is a round trip and a sync to disk.
 */
function onMongo(mode: string): TestProjectConfiguration {
  const short = [
    'tests/store/mongo/**/*.test.ts',
    'tests/conversations/{conversations,revise}.test.ts',
    'tests/scenarios.test.ts',
    'tests/faults/kill.test.ts',
    'tests/faults/mongo/**/*.test.ts',
  ];
  const long = [
    'tests/conversations/**/*.test.ts',
    'tests/faults/kill.long.test.ts',
    'tests/faults/mongo/**/*.long.test.ts',
  ];
  return {
    extends: true,
    test: {
      name: 'on MongoDB',
      include: mode === 'long' ? long : short,
      exclude: mode === 'long' ? configDefaults.exclude : [...configDefaults.exclude, longTests],
      env: { TEST_STORE: 'mongodb' },
      testTimeout: mode === 'long' ? 15 * 60_000 : 120_000,
      globalSetup: ['tests/support/mongo-setup.ts'],
      setupFiles: ['tests/support/mongo-skip.ts'],
    },
  };
}
