export { openSqliteStore, type SqliteStoreOptions } from './open.ts';
export { openSqliteReader } from './read-only.ts';
