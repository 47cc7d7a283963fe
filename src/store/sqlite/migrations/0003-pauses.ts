/** Questionnaires that were paused: a pause belongs to a revision, so that the next one begins anew. */
export const pauses = `
  CREATE TABLE pauses (
    questionnaire TEXT NOT NULL,
    revision INTEGER NOT NULL,
    paused_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (questionnaire, revision)
  ) STRICT, WITHOUT ROWID;
`;
