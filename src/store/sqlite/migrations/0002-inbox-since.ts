/**
 * Since when a message waits to be handled; a message of before waits since ever. From here on a message that pages fetch has no row in
 * deliveries: it is sent once it is committed.
 */
export const inboxSince = `
  ALTER TABLE inbox ADD COLUMN since TEXT NOT NULL DEFAULT '';
`;
