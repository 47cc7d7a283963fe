/**
 * Leases, and since when a message waits to be handled. A message of before waits since ever. From here on a message that pages fetch has no
 * row in deliveries: it is sent once it is committed.
 */
export const leases = `
  CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE inbox ADD COLUMN since TEXT NOT NULL DEFAULT '';
`;
