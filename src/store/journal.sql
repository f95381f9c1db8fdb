-- SPDX-License-Identifier: GPL-3.0-or-later
-- The journal and what cannot be derived from it. These tables never change their form.

-- One row an entry (format §3), in the order in which this store applied own and received entries.
-- A field that is nothing is empty, never NULL.
CREATE TABLE entry (
  arrival      INTEGER PRIMARY KEY CHECK (arrival > 0),
  store        TEXT NOT NULL,
  seq          INTEGER NOT NULL CHECK (seq > 0),
  store_prev   BLOB NOT NULL,
  case_id      TEXT NOT NULL,
  case_prev    BLOB NOT NULL,
  clock        INTEGER NOT NULL,
  time         TEXT NOT NULL,
  actor        TEXT NOT NULL,
  role         TEXT NOT NULL,
  act          TEXT NOT NULL,
  act_version  INTEGER NOT NULL,
  batch        TEXT NOT NULL,
  rulebook     BLOB NOT NULL,
  program      TEXT NOT NULL,
  payload_hash BLOB NOT NULL,
  cert         BLOB NOT NULL,
  sig          BLOB NOT NULL,
  hash         BLOB NOT NULL,
  UNIQUE (store, seq)
) STRICT;
CREATE INDEX entry_by_case ON entry (case_id, arrival);

-- entry is the arrival of the entry whose payload this is.
CREATE TABLE payload (
  entry INTEGER PRIMARY KEY REFERENCES entry (arrival),
  salt  BLOB NOT NULL,
  text  TEXT NOT NULL
) STRICT;

-- Checkpoints that this store signed (format §4).
CREATE TABLE checkpoint (
  store TEXT NOT NULL,
  size  INTEGER NOT NULL,
  note  TEXT NOT NULL,
  PRIMARY KEY (store, size)
) STRICT, WITHOUT ROWID;

-- Work on files that a committed act still owes (a destruction's clean-up); empty in a store at rest.
CREATE TABLE owed (
  task TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON entry
BEGIN SELECT RAISE (ABORT, 'entries are never updated'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE (ABORT, 'entries are never deleted'); END;
CREATE TRIGGER payload_is_never_updated BEFORE UPDATE ON payload
BEGIN SELECT RAISE (ABORT, 'payloads are never updated'); END;
CREATE TRIGGER payload_is_kept BEFORE DELETE ON payload
WHEN NOT EXISTS (SELECT 1 FROM destroyed WHERE entry = OLD.entry)
BEGIN SELECT RAISE (ABORT, 'a payload goes only with a destroyed case'); END;
CREATE TRIGGER checkpoint_is_never_updated BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE (ABORT, 'checkpoints are never updated'); END;
CREATE TRIGGER checkpoint_is_never_deleted BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE (ABORT, 'checkpoints are never deleted'); END;
