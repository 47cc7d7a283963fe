/**
 * The tables that hold what belongs to a contact, owners first, and how its rows are found by its number. `received` is missing, because it follows
 * from the messages.
 */
export const ownedTables = [
  { name: 'contacts', ofContact: 'row = ?' },
  { name: 'addresses', ofContact: 'contact = ?' },
  { name: 'sessions', ofContact: 'contact = ?' },
  { name: 'messages', ofContact: 'contact = ?' },
  { name: 'events', ofContact: 'session IN (SELECT row FROM sessions WHERE contact = ?)' },
  { name: 'answers', ofContact: 'session IN (SELECT row FROM sessions WHERE contact = ?)' },
  { name: 'inbox', ofContact: 'contact = ?' },
  { name: 'outbox', ofContact: 'contact = ?' },
  { name: 'deliveries', ofContact: 'seq IN (SELECT seq FROM messages WHERE contact = ?)' },
  { name: 'cases', ofContact: 'contact = ?' },
] as const;

export type OwnedTable = (typeof ownedTables)[number]['name'];

/** The table whose rows are numbered by a column; undefined where its numbers are just numbers. */
export function numberedBy(table: OwnedTable, column: string): OwnedTable | undefined {
  switch (column) {
    case 'row':
      return table;
    case 'contact':
      return 'contacts';
    case 'address':
      return 'addresses';
    case 'session':
      return 'sessions';
    case 'seq':
      return 'messages';
    default:
      return undefined;
  }
}

/** The column that numbers a table's own rows; undefined where its rows have the number of another table's. */
export function ownNumber(table: OwnedTable): string | undefined {
  switch (table) {
    case 'messages':
      return 'seq';
    case 'inbox':
    case 'outbox':
    case 'deliveries':
      return undefined;
    default:
      return 'row';
  }
}
