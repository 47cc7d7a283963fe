import { describe, expect, test } from 'vitest';
import { tallyReport } from '../../scripts/tally.ts';

function report(counts: Record<string, number>, testResults: unknown[]) {
  return {
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    ...counts,
    testResults,
  };
}

describe('the count of the tests', () => {
  test('is what vitest reports', () => {
    const counts = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
    const files = [{ status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] }];
    expect(tallyReport(report(counts, files), false)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  test('has a failure for each file that could not be loaded', () => {
    const broken = { status: 'failed', assertionResults: [] };
    const counts = { numPassedTests: 3 };
    expect(tallyReport(report(counts, [broken, broken]), false)).toEqual({
      passed: 3,
      failed: 2,
      skipped: 0,
    });
  });

  test('has a failure when the run failed outside of every test', () => {
    const fine = { status: 'passed', assertionResults: [{ status: 'passed' }] };
    expect(tallyReport(report({ numPassedTests: 1 }, [fine]), false).failed).toBe(1);
    expect(tallyReport(report({ numPassedTests: 1 }, [fine]), true).failed).toBe(0);
  });
});
