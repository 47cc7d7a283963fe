/** What stands before the second and later lines of what somebody said. */
export const transcriptIndent = '     ';

/** What somebody said, as lines of a scenario: the first names the speaker, the others are indented under it. */
export function transcriptLines(speaker: 'bot' | 'contact', said: string): string[] {
  return said
    .split('\n')
    .map((line, index) => (index === 0 ? `${speaker}> ${line}` : `${transcriptIndent}${line}`).trimEnd());
}
