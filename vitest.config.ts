import { configDefaults, defineConfig } from 'vitest/config';

const longTests = 'tests/**/*.long.test.ts';
const browserSetup = 'tests/support/browser-setup.ts';
const mongoSetup = 'tests/support/mongo-setup.ts';

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
            exclude: [...exclude, 'tests/web/**'],
            globalSetup: [browserSetup, mongoSetup],
          },
        },
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
