import { z } from 'zod';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/**
 * Counts vitest's JSON report. A file that failed without a failed test in it (it could not be loaded, or its set-up failed) counts as one failure, and so
 * does a run that failed for a reason outside of all files: nothing that went wrong may vanish from the count.
 */
export function tallyReport(json: unknown, runPassed: boolean): Tally {
  const report = reportSchema.parse(json);
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  const failed = report.numFailedTests + brokenFiles.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !runPassed ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
