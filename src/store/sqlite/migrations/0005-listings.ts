/** What was answered within a span of time, and what there is at a touchpoint, without looking at everything. */
export const listingIndexes = `
  CREATE INDEX answers_by_moment ON answers (answered_at, session);
  CREATE INDEX sessions_of_touchpoint ON sessions (touchpoint, started_at, id);
`;
