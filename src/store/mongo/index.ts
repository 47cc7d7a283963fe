export { type MongoStoreOptions, openMongoStore } from './open.ts';
