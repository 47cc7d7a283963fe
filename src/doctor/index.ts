export { checkContact } from './check-contact.ts';
export type { ContactFile, ReplayedSession, SessionFile } from './contact-file.ts';
export {
  createRecount,
  findingOf,
  type Recount,
  type TotalDifference,
} from './count-totals.ts';
export { type Finding, type FindingCode, findingCodes, identityOf, isViolation } from './finding.ts';
