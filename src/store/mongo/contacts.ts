import type { Language } from '../../dialogs/language.ts';
import type { Address, Attributes, Contact, InboundRecord } from '../records.ts';
import type { ContactDocument, WaitingInbound } from './collections.ts';
import { toStored } from './stored-text.ts';

export interface NewContact {
  readonly id: string;
  readonly language: Language;
  readonly attributes?: Attributes | undefined;
  readonly at: string;
  readonly addresses?: readonly Address[];
  readonly inbox?: readonly WaitingInbound[];
}

/** The document of a contact that nobody knew before. */
export function newContactDocument(contact: NewContact): ContactDocument {
  const { id, language, attributes = {}, at, addresses = [], inbox = [] } = contact;
  const first = inbox[0];
  return toStored({
    _id: id,
    version: 1,
    writes: 1,
    changes: [],
    seq: inbox.at(-1)?.seq ?? 0,
    language,
    attributes,
    addresses: [...addresses],
    createdAt: new Date(at),
    inbox,
    outbox: [],
    unprojected: [],
    ...(first && { inboundAt: new Date(first.at) }),
  });
}

export type HeadDocument = Pick<
  ContactDocument,
  | '_id'
  | 'version'
  | 'language'
  | 'attributes'
  | 'addresses'
  | 'createdAt'
  | 'optedOutAt'
  | 'caseId'
  | 'session'
  | 'offered'
  | 'numbered'
  | 'wakeAt'
>;

export const headParts = [
  'version',
  'language',
  'attributes',
  'addresses',
  'createdAt',
  'optedOutAt',
  'caseId',
  'session',
  'offered',
  'numbered',
  'wakeAt',
] as const;

export function contactOf(document: HeadDocument): Contact {
  const { _id, version, language, attributes, addresses, createdAt } = document;
  const { optedOutAt, caseId, session, offered, numbered, wakeAt } = document;
  return {
    id: _id,
    version,
    language,
    attributes,
    addresses,
    createdAt: createdAt.toISOString(),
    ...(optedOutAt && { optedOutAt: optedOutAt.toISOString() }),
    ...(caseId !== undefined && { caseId }),
    ...(session && { session }),
    ...(offered && { offered }),
    ...(numbered && { numbered }),
    ...(wakeAt && { wakeAt: wakeAt.toISOString() }),
  };
}

/** What a turn writes of the contact itself: what it leaves out is gone. */
export function headChange({ language, attributes, createdAt, optedOutAt, wakeAt, ...rest }: Contact) {
  const { caseId, session, offered, numbered } = rest;
  const optional = {
    optedOutAt: optedOutAt === undefined ? undefined : new Date(optedOutAt),
    wakeAt: wakeAt === undefined ? undefined : new Date(wakeAt),
    caseId,
    session,
    offered,
    numbered,
  };
  return {
    set: toStored({ language, attributes, createdAt: new Date(createdAt), ...optional }),
    unset: Object.entries(optional).flatMap(([field, value]) => (value === undefined ? [field] : [])),
  };
}

export function inboundRecord(contactId: string, waiting: WaitingInbound): InboundRecord {
  return { direction: 'in', contactId, state: 'pending', ...waiting };
}
