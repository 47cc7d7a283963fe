/** Whether two records say the same, whatever the order of their keys; an absent key and one without a value are the same. */
export function saysSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isRecord(one) || !isRecord(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => saysSame(one[key], other[key]));
}

/** Which fields differ, for naming them; their values may be what somebody wrote and stay untold. */
export function differingFields(one: object, other: object): string[] {
  const [left, right] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys].filter((key) => !saysSame(left.get(key), right.get(key)));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
