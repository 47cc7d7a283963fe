import { configDefaults, defineConfig } from 'vitest/config';

const longTests = 'tests/**/*.long.test.ts';

/**
 * Modes: `long` runs the long tests only, `update` lets the scenario tests rewrite the bot's lines of their transcripts.
 */
export default defineConfig(({ mode }) => ({
  test: {
    include: mode === 'long' ? [longTests] : ['tests/**/*.test.{ts,tsx}'],
    exclude: mode === 'long' ? configDefaults.exclude : [...configDefaults.exclude, longTests],
    globalSetup: ['tests/support/browser-setup.ts'],
    env: mode === 'update' ? { UPDATE_SCENARIOS: '1' } : {},
    // Limits against a test that hangs, generous because browsers and servers start on busy machines.
    testTimeout: mode === 'long' ? 15 * 60_000 : 30_000,
    hookTimeout: 60_000,
  },
}));
