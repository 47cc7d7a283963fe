import type { Capabilities } from './channel.ts';

/** The length of a text as a provider counts it. */
export function unitsOf(text: string, unit: Capabilities['textUnit']): number {
  return unit === 'utf16' ? text.length : [...text].length;
}
