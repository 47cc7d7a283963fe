import { beforeEach, inject } from 'vitest';

/** Without a server nothing here can run; mongo-setup.ts has said so, or failed the run in CI. */
beforeEach(({ skip }) => {
  if (!inject('mongoUri')) skip('there is no MongoDB here');
});
