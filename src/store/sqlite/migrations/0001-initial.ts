/**
 * The first schema. A row that another row points to has a short number of its own (`row`), because every index repeats it; ids of the
 * contract stand once. What somebody still has to deal with stands in small tables and partial indexes of its own.
 */
export const initial = `
  CREATE TABLE contacts (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    wake_at TEXT,
    head TEXT NOT NULL
  ) STRICT;
  CREATE INDEX contacts_waking ON contacts (wake_at) WHERE wake_at IS NOT NULL;

  CREATE TABLE addresses (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    contact INTEGER NOT NULL REFERENCES contacts ON DELETE CASCADE,
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    sealed TEXT NOT NULL,
    impersonal INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX addresses_of_contact ON addresses (contact);

  -- The hash of every message key ever received. It outlives the message and its contact, and so is the tombstone of both; contact
  -- numbers are never given twice, so that the number of an erased contact leads nowhere.
  CREATE TABLE received (
    key_hash TEXT PRIMARY KEY,
    contact INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- What was said, in both directions; never changed. What is still to be done about a message stands in inbox or outbox, what became of
  -- an outbound one in deliveries: small rows, so that a change of state does not write the text again.
  CREATE TABLE messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    contact INTEGER NOT NULL REFERENCES contacts ON DELETE CASCADE,
    address INTEGER NOT NULL,
    direction TEXT NOT NULL,
    at TEXT NOT NULL,
    key TEXT,
    provider_message_id TEXT,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX messages_of_contact ON messages (contact);

  CREATE TABLE inbox (
    contact INTEGER NOT NULL REFERENCES contacts ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL,     -- pending, or quarantined
    attempts INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    PRIMARY KEY (contact, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE outbox (
    contact INTEGER NOT NULL REFERENCES contacts ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL,     -- queued, or claimed
    attempts INTEGER NOT NULL DEFAULT 0,
    ambiguous INTEGER NOT NULL DEFAULT 0,
    withdrawn INTEGER NOT NULL DEFAULT 0, -- 1: not to be sent again once its claim ends
    free_at TEXT NOT NULL,   -- when it can be claimed, as far as it is concerned itself
    due_at TEXT NOT NULL,    -- when it can be claimed: never before an earlier one of its contact
    reason TEXT,
    PRIMARY KEY (contact, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX outbox_due ON outbox (due_at, seq);

  CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
    state TEXT NOT NULL,     -- sent, delivered, read, failed or suppressed
    attempts INTEGER NOT NULL,
    ambiguous INTEGER NOT NULL,
    address INTEGER NOT NULL,
    provider_message_id TEXT,
    sent_at TEXT,
    reason TEXT
  ) STRICT;
  CREATE INDEX deliveries_by_provider_id ON deliveries (address, provider_message_id)
    WHERE provider_message_id IS NOT NULL;

  CREATE TABLE sessions (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    contact INTEGER NOT NULL REFERENCES contacts ON DELETE CASCADE,
    questionnaire TEXT NOT NULL,
    touchpoint TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    response TEXT
  ) STRICT;
  CREATE INDEX sessions_of_contact ON sessions (contact);
  CREATE INDEX sessions_by_start ON sessions (started_at, id);
  CREATE INDEX sessions_of_questionnaire ON sessions (questionnaire, started_at, id);
  CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;

  CREATE TABLE events (
    row INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_of_session ON events (session);

  CREATE TABLE answers (
    row INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    question TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (session, question)
  ) STRICT;

  CREATE TABLE totals (
    questionnaire TEXT NOT NULL,
    question TEXT NOT NULL,
    touchpoint TEXT NOT NULL,
    channel TEXT NOT NULL,
    language TEXT NOT NULL,
    day TEXT NOT NULL,
    value TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (questionnaire, question, touchpoint, channel, language, day, value)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE cases (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    contact INTEGER NOT NULL REFERENCES contacts ON DELETE CASCADE,
    waits INTEGER NOT NULL,  -- 1 while the contact waits for staff
    over INTEGER NOT NULL,   -- 1 once it was returned to the bot or closed
    updated_at TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX cases_of_contact ON cases (contact);
  CREATE INDEX cases_in_order ON cases (waits, updated_at, id);

  CREATE TABLE questionnaires (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    published_at TEXT NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (id, revision)
  ) STRICT;

  CREATE TABLE credentials (
    row INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    hash TEXT NOT NULL,
    contact_id TEXT,
    expires_at TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, hash)
  ) STRICT;
  CREATE INDEX credentials_of_contact ON credentials (contact_id) WHERE contact_id IS NOT NULL;
`;
