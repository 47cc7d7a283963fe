export { type BackupRequest, backUpSqliteStore } from './backup.ts';
export { openSqliteStore, type SqliteStoreOptions } from './open.ts';
export { openSqliteReader } from './read-only.ts';
export { type Restored, restoreSqliteStore } from './restore.ts';
