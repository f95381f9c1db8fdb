-- SPDX-License-Identifier: GPL-3.0-or-later
-- Derived tables: what the acts of the journal add up to. Only apply writes them; dropping and
-- replaying gives the same rows. Keys are arrival × 256 + n (format §1).

-- Where each chain ends: one row a store id that this journal holds entries of ...
CREATE TABLE store_chain (
  store       TEXT PRIMARY KEY,
  first       INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  hash        BLOB NOT NULL,
  clock       INTEGER NOT NULL,
  time        TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- ... and one row a case (and `bureau`).
CREATE TABLE case_chain (
  case_id TEXT PRIMARY KEY,
  hash    BLOB NOT NULL,
  arrival INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Hashes of the complete subtrees of 256 leaves of each store's tree.
CREATE TABLE subtree (
  store  TEXT NOT NULL,
  number INTEGER NOT NULL,
  hash   BLOB NOT NULL,
  PRIMARY KEY (store, number)
) STRICT, WITHOUT ROWID;

-- Objects that payloads name, so that a destroyed case takes its own with it and no other.
CREATE TABLE object_use (
  object BLOB NOT NULL,
  entry  INTEGER NOT NULL,
  size   INTEGER NOT NULL,
  PRIMARY KEY (object, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal (
  hash       BLOB PRIMARY KEY,
  entry      INTEGER NOT NULL,
  act        TEXT NOT NULL,
  actor      TEXT NOT NULL,
  arguments  BLOB NOT NULL,
  time       TEXT NOT NULL,
  used_by    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  entry INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  key      INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  user     TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  section  TEXT NOT NULL,
  state    TEXT NOT NULL CHECK (state IN ('active', 'left')),
  signed_in  TEXT NOT NULL,
  signed_out TEXT NOT NULL
) STRICT;
CREATE TABLE person_role (
  person TEXT NOT NULL REFERENCES person (id),
  role   TEXT NOT NULL,
  since  INTEGER NOT NULL,
  PRIMARY KEY (person, role)
) STRICT, WITHOUT ROWID;
CREATE TABLE credential (
  key        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  person     TEXT NOT NULL REFERENCES person (id),
  number     TEXT NOT NULL,
  issuer     TEXT NOT NULL,
  scope      TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to   TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('valid', 'suspended')),
  state_from TEXT NOT NULL,
  reason     TEXT NOT NULL
) STRICT;
CREATE INDEX credential_by_person ON credential (person);

-- owner: a person's id, a store's id, or `ca`. closed is 0 while the certificate is good.
CREATE TABLE certificate (
  hash     BLOB PRIMARY KEY,
  owner    TEXT NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('ca', 'store', 'person')),
  issued   INTEGER NOT NULL,
  valid_to TEXT NOT NULL,
  closed   INTEGER NOT NULL,
  reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX certificate_by_owner ON certificate (owner, closed);
-- The files that keys/ must hold, by content.
CREATE TABLE key_file (
  hash  BLOB PRIMARY KEY,
  kind  TEXT NOT NULL CHECK (kind IN ('ca', 'person', 'store')),
  owner TEXT NOT NULL,
  store TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX key_file_by_owner ON key_file (owner, kind);

CREATE TABLE case_file (
  key        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  number     TEXT NOT NULL UNIQUE,
  title      TEXT NOT NULL,
  party      TEXT NOT NULL,
  matter     TEXT NOT NULL,
  found      TEXT NOT NULL,
  stage      TEXT NOT NULL CHECK (stage IN ('open', 'closed', 'archived')),
  taken_over INTEGER NOT NULL,
  before     TEXT NOT NULL,
  opened_by  TEXT NOT NULL,
  opened_at  TEXT NOT NULL,
  closed_on  TEXT NOT NULL,
  ground     TEXT NOT NULL,
  archived_on TEXT NOT NULL,
  class      TEXT NOT NULL,
  keep_until TEXT NOT NULL
) STRICT;
CREATE INDEX case_file_by_stage ON case_file (stage, key);
CREATE TABLE case_duty (
  case_id TEXT NOT NULL REFERENCES case_file (id),
  person  TEXT NOT NULL REFERENCES person (id),
  duty    TEXT NOT NULL,
  since   INTEGER NOT NULL,
  ended   INTEGER NOT NULL,
  PRIMARY KEY (case_id, person, duty)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_duty_by_person ON case_duty (person);
-- The commonest act writes it, so it has no index beside itself: nobody asks for a note by its id.
CREATE TABLE note (
  key      INTEGER NOT NULL,
  id       TEXT NOT NULL,
  case_id  TEXT NOT NULL REFERENCES case_file (id),
  author   TEXT NOT NULL,
  happened TEXT NOT NULL,
  recorded TEXT NOT NULL,
  text     TEXT NOT NULL,
  object   BLOB NOT NULL,
  PRIMARY KEY (case_id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE attachment (
  key         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  case_id     TEXT NOT NULL REFERENCES case_file (id),
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  happened    TEXT NOT NULL,
  recorded    TEXT NOT NULL,
  added_by    TEXT NOT NULL,
  object      BLOB NOT NULL,
  size        INTEGER NOT NULL,
  chunks      BLOB NOT NULL
) STRICT;
CREATE INDEX attachment_by_case ON attachment (case_id, key);
-- The last number given in each row of numbers (cases of a year, …).
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is left of a destroyed case, and which entries lost their payload.
CREATE TABLE residue (
  case_id   TEXT PRIMARY KEY,
  number    TEXT NOT NULL,
  documents TEXT NOT NULL,
  class     TEXT NOT NULL,
  figures   TEXT NOT NULL,
  entry     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE destroyed (
  entry INTEGER PRIMARY KEY,
  by    INTEGER NOT NULL
) STRICT;

-- What acts have stated of a case, one row a statement, in canonical JSON: the newest holds now, the
-- newest up to an entry held then. Facts of lists belong to a record, the id of the thing that the
-- first statement made; list and record are empty for all others.
CREATE TABLE fact (
  case_id TEXT NOT NULL,
  list    TEXT NOT NULL,
  record  TEXT NOT NULL,
  name    TEXT NOT NULL,
  arrival INTEGER NOT NULL,
  value   TEXT NOT NULL,
  PRIMARY KEY (case_id, list, record, name, arrival)
) STRICT, WITHOUT ROWID;

-- The rulebooks that were adopted, from which day each is in force, and which one a case keeps.
CREATE TABLE rulebook (
  arrival  INTEGER PRIMARY KEY,
  hash     BLOB NOT NULL,
  in_force TEXT NOT NULL
) STRICT;
CREATE TABLE case_rulebook (
  case_id TEXT PRIMARY KEY,
  hash    BLOB NOT NULL
) STRICT, WITHOUT ROWID;
-- The same for the forms. Which days are worked is as it was known last: no case keeps that.
CREATE TABLE form_set (
  arrival  INTEGER PRIMARY KEY,
  hash     BLOB NOT NULL,
  in_force TEXT NOT NULL
) STRICT;
CREATE TABLE case_form_set (
  case_id TEXT PRIMARY KEY,
  hash    BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE calendar (
  arrival  INTEGER PRIMARY KEY,
  hash     BLOB NOT NULL,
  in_force TEXT NOT NULL
) STRICT;
-- One act on one decision basis that the head lets through although rules of level BLOCK* refuse it.
CREATE TABLE gate_override (
  hash    BLOB PRIMARY KEY,
  entry   INTEGER NOT NULL,
  case_id TEXT NOT NULL,
  act     TEXT NOT NULL,
  rules   TEXT NOT NULL,
  basis   BLOB NOT NULL,
  used_by INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Numbers of documents. One that was given back may be given again; a used or void one never is.
CREATE TABLE document_number (
  number  TEXT PRIMARY KEY,
  series  TEXT NOT NULL,
  serial  INTEGER NOT NULL,
  case_id TEXT NOT NULL,
  state   TEXT NOT NULL CHECK (state IN ('reserved', 'returned', 'used', 'void')),
  entry   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- What is to be made public (公示): one row a final document that the public gets to see, from the
-- day of the decision on. The copies that were proposed of it, and what its carriers have done.
-- copy and released are keys of publication_copy, 0 for none; days are empty as long as there is none.
CREATE TABLE publication (
  key          INTEGER PRIMARY KEY,
  document     TEXT NOT NULL UNIQUE,
  case_id      TEXT NOT NULL REFERENCES case_file (id),
  form         TEXT NOT NULL,
  number       TEXT NOT NULL,
  decided_on   TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('due', 'exempt', 'released', 'published',
                                              'withdrawing', 'withdrawn', 'dropped')),
  step         TEXT NOT NULL CHECK (step IN ('none', 'proposed', 'returned', 'checked', 'released')),
  copy         INTEGER NOT NULL,
  released     INTEGER NOT NULL,
  released_on  TEXT NOT NULL,
  published_on TEXT NOT NULL,
  changed_on   TEXT NOT NULL,
  withdrawn_on TEXT NOT NULL,
  carriers     TEXT NOT NULL,
  ground       TEXT NOT NULL,
  review_on    TEXT NOT NULL
) STRICT;
CREATE INDEX publication_by_case ON publication (case_id, key);
CREATE INDEX publication_by_state ON publication (state, step, key);
CREATE INDEX publication_by_release ON publication (released_on, key);
CREATE TABLE publication_copy (
  key         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  document    TEXT NOT NULL,
  case_id     TEXT NOT NULL REFERENCES case_file (id),
  pdf         BLOB NOT NULL,
  size        INTEGER NOT NULL,
  public      BLOB NOT NULL,
  report      BLOB NOT NULL,
  findings    TEXT NOT NULL,
  fields      TEXT NOT NULL,
  redactions  TEXT NOT NULL,
  deviations  INTEGER NOT NULL,
  note        TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  verdict     TEXT NOT NULL CHECK (verdict IN ('', 'pass', 'return')),
  reason      TEXT NOT NULL,
  checked_by  TEXT NOT NULL,
  checked_at  TEXT NOT NULL,
  released_by TEXT NOT NULL,
  released_at TEXT NOT NULL,
  late_reason TEXT NOT NULL
) STRICT;
CREATE INDEX publication_copy_by_document ON publication_copy (document, key);
CREATE TABLE publication_carrier (
  document   TEXT NOT NULL,
  case_id    TEXT NOT NULL,
  copy       INTEGER NOT NULL,
  carrier    TEXT NOT NULL,
  done       TEXT NOT NULL CHECK (done IN ('shown', 'withdrawn')),
  happened   TEXT NOT NULL,
  address    TEXT NOT NULL,
  attachment TEXT NOT NULL,
  person     TEXT NOT NULL,
  arrival    INTEGER NOT NULL,
  PRIMARY KEY (document, copy, carrier, done)
) STRICT, WITHOUT ROWID;
-- Errors in what is public, as somebody of the office reported them (纠错), and what became of each.
CREATE TABLE publication_error (
  key         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  document    TEXT NOT NULL,
  case_id     TEXT NOT NULL REFERENCES case_file (id),
  what        TEXT NOT NULL,
  channel     TEXT NOT NULL,
  finder      TEXT NOT NULL,
  reported_by TEXT NOT NULL,
  reported_on TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('open', 'corrected', 'withdrawn', 'dismissed')),
  reason      TEXT NOT NULL,
  closed_by   TEXT NOT NULL,
  closed_on   TEXT NOT NULL
) STRICT;
CREATE INDEX publication_error_by_document ON publication_error (document, state, key);
CREATE INDEX publication_error_by_case ON publication_error (case_id, state, key);
-- Bundles of publications (公示包) as they were frozen; the entry's arguments name all their files.
CREATE TABLE bundle (
  key          INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  period_from  TEXT NOT NULL,
  period_to    TEXT NOT NULL,
  time         TEXT NOT NULL,
  n_items      INTEGER NOT NULL,
  manifest     BLOB NOT NULL,
  tag_manifest BLOB NOT NULL,
  signature    BLOB NOT NULL,
  deviations   BLOB NOT NULL
) STRICT;
