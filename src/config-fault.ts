/** One thing that is wrong with the settings: which one, what is wrong, and what to write instead. Never holds the value of a secret. */
export interface ConfigFault {
  readonly setting: string;
  readonly problem: string;
  readonly advice: string;
}

/** Scheme, host and port only: pages and API stand at the root. */
export function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, origin, href } = new URL(value);
  return /^https?:$/.test(protocol) && href === `${origin}/`;
}
