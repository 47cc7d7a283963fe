/** What is true of the store as a whole, such as the fingerprint of the key that its addresses are sealed with. */
export const facts = `
  CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
