/** The fields of a posted form. A field that was posted more than once has all its values, because all of them are signed. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/** Reads the bytes of a form. The object has no prototype, so that a field can have any name. */
export function readForm(body: Uint8Array): FormFields {
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(new TextDecoder().decode(body))) {
    const before = fields[name];
    fields[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return fields;
}

/** A field's first value; undefined where it was not posted, or is empty. */
export function field(fields: FormFields, name: string): string | undefined {
  const value = fields[name];
  const first = typeof value === 'object' ? value[0] : value;
  return first === '' ? undefined : first;
}
