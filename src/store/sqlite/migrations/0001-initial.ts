/**
 * The first schema. A row that another row points to has a short number of its own (`row`), because every index repeats it; ids of the
 * contract stand once. Partial indexes hold only what somebody still has to deal with, so that they stay as small as the work at hand.
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
    key_hash BLOB PRIMARY KEY,
    contact INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    contact INTEGER NOT NULL REFERENCES contacts ON DELETE CASCADE,
    address INTEGER NOT NULL,
    direction TEXT NOT NULL,
    state TEXT NOT NULL,
    open INTEGER,            -- 1 while it is pending, queued or claimed
    at TEXT NOT NULL,
    key TEXT,
    provider_message_id TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    ambiguous INTEGER NOT NULL DEFAULT 0,
    withdrawn INTEGER,       -- 1: not to be sent again, once its claim ends
    free_at TEXT,            -- when it can be claimed, as far as it is concerned itself
    due_at TEXT,             -- when it can be claimed: never before an earlier one of its contact
    sent_at TEXT,
    reason TEXT,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX messages_of_contact ON messages (contact);
  CREATE INDEX messages_open ON messages (direction, contact) WHERE open = 1;
  CREATE INDEX messages_due ON messages (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX messages_by_provider_id ON messages (address, provider_message_id)
    WHERE direction = 'out' AND provider_message_id IS NOT NULL;

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
