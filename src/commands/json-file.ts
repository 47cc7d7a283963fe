import { readFileSync } from 'node:fs';
import { CommandError } from './command-error.ts';

export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? `is not JSON: ${error.message}` : 'cannot be read';
    throw new CommandError(`${file} ${reason}.`);
  }
}
