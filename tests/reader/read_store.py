#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check a store of Juanzong without Juanzong.

  read_store.py STORE [--against CHECKPOINT]...
  read_store.py --self-test [VECTORS]

Written from the description of the formats alone (format/README.md; "§" below means its sections)
so that somebody who does not trust the program can check its records: this file, formats.py,
certificates.py and self_test.py, Python 3.11's own library and the `openssl` command are all it
needs. It writes nothing into the store.

What only the rules of an act can tell (whether a role may do this, what a table of cases must hold)
is not checked here; entries, payloads, objects, signatures and what chains them together are.

Exit status: 0 everything is right; 4 something is wrong, one line each says what; 2 could not read;
1 wrong use.
"""

import argparse
import collections
import datetime
import hashlib
import os
import re
import shutil
import sqlite3
import sys
import tempfile

sys.dont_write_bytecode = True
from certificates import CLOSES, ISSUES, MUST_SIGN, SELF_SIGNED, TWO_SIGN, Certificates
from formats import (CHUNK, Row, Signatures, Wrong, body_of, check_row_form, check_time,
                     chunk_list_of, is_integer, key_der, key_id_of, leaf_data_of, leaf_hash,
                     parse_json, parse_note, print_json, require, root_of, sha256)
from self_test import self_test

SUBTREE = 256
VECTORS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'golden',
                       'format-vectors.json')
INTEGERS = ('arrival', 'seq', 'clock', 'act_version')
TEXTS = ('store', 'case_id', 'time', 'actor', 'role', 'act', 'batch', 'program')

def as_tuple(value):
  return value if isinstance(value, tuple) else (value,)


def make_row(values):
  """A row of the table `entry`; the texts in it must be texts."""
  row = Row(*values)
  for name, value in row._asdict().items():
    require(isinstance(value, int if name in INTEGERS else bytes), 'the field %s is no such' % name)
  try:
    return row._replace(**{name: getattr(row, name).decode('utf-8') for name in TEXTS})
  except UnicodeDecodeError as error:
    raise Wrong('holds a text that is not UTF-8') from error


def written(row):
  """A row of a table for a message: blobs as hexadecimal digits where they are no text."""
  def one(value):
    if not isinstance(value, bytes):
      return str(value)
    return value.decode() if value.isascii() and value else value.hex()
  return '|'.join(map(one, row))


class Store:
  """Reads a store in the order of arrival and collects what is wrong."""

  def __init__(self, folder, temporary):
    self.folder = folder
    self.wrong = []
    self.signatures = Signatures(temporary)
    self.certificates = Certificates(self.signatures)
    self.database = self.open(temporary)
    self.objects = {}                                # hash: size of each good file of objects/
    self.keys = {}                                   # the same of keys/
    self.roots = {}                                  # store: roots of its complete subtrees
    self.leaves = collections.defaultdict(list)      # store: leaf hashes
    self.last = {}                                   # store: its newest row
    self.case_last = {}                              # case: its newest row
    self.rows = {}                                   # hash: row
    self.arguments = {}                              # hash of a proposal: its arguments, printed
    self.own = None                                  # the id under which the store writes
    self.clock = 0
    self.used = {}                                   # (object, arrival): size
    self.entries = {}                                # entry id: row
    self.batches = collections.Counter()             # batch: number of its entries
    self.without_payload = {}                        # entry id: row
    self.destroyed = {}                              # entry id: arrival of the destruction

  def open(self, temporary):
    """Where a write-ahead log stands beside the database, both are read from a private copy."""
    path = os.path.join(self.folder, 'juanzong.db')
    if os.path.exists(path + '-wal') and os.path.getsize(path + '-wal'):
      for ending in ('', '-wal'):
        shutil.copyfile(path + ending, os.path.join(temporary, 'copy.db' + ending))
      uri = 'file:%s/copy.db' % temporary
    else:
      open(path, 'rb').close()
      uri = 'file:%s?mode=ro&immutable=1' % path.replace('%', '%25').replace('?', '%3f') \
        .replace('#', '%23')
    database = sqlite3.connect(uri, uri=True)
    database.text_factory = bytes
    return database

  def check(self, place, function, *arguments):
    """One check; when it fails the others go on."""
    try:
      return function(*arguments)
    except Wrong as error:
      self.wrong.append('%s: %s' % (place, error))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
      self.wrong.append('%s: has not the expected form: %r' % (place, error))
    return None

  def read(self):
    for (answer,) in self.database.execute('PRAGMA integrity_check'):
      if answer != b'ok':
        self.wrong.append('juanzong.db: ' + answer.decode(errors='replace'))
    self.read_files()
    columns = ', '.join('entry.' + name for name in Row._fields)
    for values in self.database.execute(
        'SELECT %s, salt, text FROM entry LEFT JOIN payload ON payload.entry = arrival'
        ' ORDER BY arrival' % columns):
      place = 'entry of arrival %s' % values[0]
      row = self.check(place, make_row, values[:-2])
      if row:
        self.read_entry(row, *values[-2:])
    self.check_ends()
    self.check_derived()
    for row in self.database.execute('SELECT store, size, note FROM checkpoint'):
      place = 'checkpoint %s of %s' % (row[1], row[0].decode(errors='replace'))
      self.check(place, self.check_checkpoint, row[2], row[0].decode(errors='replace'), row[1])

  def read_files(self):
    """Files are named by what they hold: objects/ab/cdef…, keys/….key."""
    for kind, pattern, good in (('objects', '([0-9a-f]{2})/([0-9a-f]{62})', self.objects),
                                ('keys', r'([0-9a-f]{64})()\.key', self.keys)):
      for folder, folders, names in os.walk(os.path.join(self.folder, kind)):
        for path in (os.path.join(folder, name) for name in names + [
            name for name in folders if kind == 'keys' or not re.fullmatch('[0-9a-f]{2}', name)]):
          short = os.path.relpath(path, self.folder)
          self.check(short, self.read_file, path, re.fullmatch(kind + '/' + pattern, short), good)

  def read_file(self, path, match, good):
    require(match and os.path.isfile(path) and not os.path.islink(path), 'does not belong here')
    with open(path, 'rb') as stream:
      content = hashlib.file_digest(stream, 'sha256').hexdigest()
    require(content == ''.join(match.groups()), 'has not the content that its name says')
    good[content] = os.path.getsize(path)

  def object_path(self, name):
    return os.path.join(self.folder, 'objects', name[:2], name[2:])

  def read_entry(self, row, salt, text):
    place = 'entry %s-%d' % (row.store, row.seq)
    self.entries['%s-%d' % (row.store, row.seq)] = row
    if self.own is None or row.seq == 1 and row.act in ('store.copied', 'store.restored'):
      self.own = row.store
    self.check(place, check_row_form, row)
    self.check(place, self.check_hash, row)
    self.check(place, self.check_chains, row)
    self.check(place, self.check_case_id, row)
    self.check(place, self.check_time, row)
    self.check(place, self.check_batch, row)
    self.check(place, self.check_rulebook, row)
    self.check(place, self.check_actor, row)
    payload = None
    if text is None:
      self.without_payload['%s-%d' % (row.store, row.seq)] = row
    else:
      payload = self.check(place, self.read_payload, row, salt, text)
    arguments = (payload or {}).get('args', {})
    if payload and row.act in SELF_SIGNED:
      self.check(place, self.learn_certificates, row, arguments)
    self.check(place, self.check_signature, row)
    if payload and row.act not in SELF_SIGNED:
      self.check(place, self.learn_certificates, row, arguments)
    if payload is not None:
      self.check(place, self.check_proposal, row, arguments)
      self.check(place, self.check_origin, row, arguments)
    self.leaves[row.store].append(row.hash)
    self.last[row.store] = self.case_last[row.case_id] = self.rows[row.hash] = row
    self.clock = max(self.clock, row.clock)

  def check_hash(self, row):
    require(leaf_hash(leaf_data_of(row)) == row.hash,
            'the leaf hash stored is not that of its fields and signature')

  def check_chains(self, row):
    before = self.last.get(row.store)
    require(row.arrival == 1 + sum(map(len, self.leaves.values())), 'the arrivals have a gap')
    if before is None and row.seq > 1:
      require(row.store != self.own, 'the entries before it are missing')
    else:
      require(row.seq == (before.seq if before else 0) + 1, 'the entry before it is missing')
      require(row.store_prev == (before.hash if before else b''), 'breaks the chain of the store')
    if row.store != self.own:
      require(not before or row.clock > before.clock, 'the Lamport clock does not go on')
      require(self.rows.get(row.case_prev, row).case_id == row.case_id,
              'breaks the chain of the case')
      return
    require(row.clock == self.clock + 1, 'the Lamport clock is not one more than the largest seen')
    before = self.case_last.get(row.case_id)
    require(row.case_prev == (before.hash if before else b''), 'breaks the chain of the case')

  def check_case_id(self, row):
    if row.case_id not in self.case_last and row.case_id.startswith(row.store):
      require(row.case_id == '%s-%d-1' % (row.store, row.seq), 'did not open its case')

  def check_time(self, row):
    before = self.last.get(row.store)
    require(before is None or row.time >= before.time or row.act == 'clock.confirm',
            'is earlier than the entry before it')

  def check_batch(self, row):
    self.batches[row.batch] += 1
    if row.batch and row.batch != '%s-%d' % (row.store, row.seq):
      before = self.last.get(row.store)
      require(before and before.batch == row.batch, 'its batch does not begin with the entry named')

  def check_rulebook(self, row):
    require(not row.rulebook or row.rulebook.hex() in self.objects, 'its rulebook is missing')

  def check_actor(self, row):
    maker = self.entries.get(row.actor.rpartition('-')[0])
    require(maker and maker.act in ('store.init', 'person.add') or row.actor[:16] not in self.leaves
            and maker is None, 'its actor %s was not made by an entry before it' % row.actor)

  def check_signature(self, row):
    must = row.act.removesuffix('.propose') in MUST_SIGN
    require(row.cert or not must, 'is not signed, but %s must be' % row.act)
    if not row.cert:
      return
    owner, key = self.certificates.keys.get(row.cert, ('', b''))
    require(owner, 'is signed with a certificate that was not issued before')
    require(owner == row.actor, 'is signed with the certificate of another, ' + owner)
    require(self.certificates.current.get(owner) == row.cert, 'is signed with a closed certificate')
    self.signatures.add('entry %s-%d' % (row.store, row.seq), key, body_of(row), row.sig)

  def learn_certificates(self, row, arguments):
    if row.act in ISSUES:
      for owner, named in ISSUES[row.act](row, arguments):
        require(named['object'] in self.objects, 'the certificate of %s is missing' % owner)
        with open(self.object_path(named['object']), 'rb') as stream:
          self.certificates.issue(owner, stream.read(65536))
    elif row.act in CLOSES:
      self.certificates.current.pop(arguments['person'], None)

  def read_payload(self, row, salt, text):
    require(len(salt) == 32, 'its salt has not 32 bytes')
    require(sha256(salt + text) == row.payload_hash, 'its payload is not the one that was hashed')
    try:
      payload = parse_json(text)
    except Wrong as error:
      raise Wrong('its payload %s' % error) from error
    require(set(payload) <= {'args', 'rules', 'override'}, 'its payload has an unknown key')
    require(isinstance(payload.get('args', {}), dict), 'its arguments are no object')
    self.check_values(row, payload)
    rules = payload.get('rules', ['-'])
    require(rules and all(isinstance(rule, str) and rule for rule in rules)
            and rules == sorted(set(rules)), 'its rules are not sorted')
    if 'override' in payload:
      used = self.rows.get(bytes.fromhex(payload['override']))
      require(used and used.act == 'gate.override', 'its override is no entry before it')
    return payload

  def check_values(self, row, value):
    """Objects that a payload names must be there, whole; long texts must be objects; what is absent
    is not named."""
    require(value is not None, 'names something of which it says nothing')
    if isinstance(value, dict):
      if 'object' in value and set(value) <= {'object', 'size', 'chunks'} \
          and isinstance(value['object'], str):
        self.check_object(row, value)
      else:
        for part in value.values():
          self.check_values(row, part)
    elif isinstance(value, list):
      for part in value:
        self.check_values(row, part)
    elif isinstance(value, str):
      require(len(value.encode()) <= 65536, 'has a text over 65,536 bytes')

  def check_object(self, row, named):
    name, size = named['object'], named['size']
    require(name in self.objects, 'its object %s is missing or damaged' % name)
    require(is_integer(size) and self.objects[name] == size,
            'its object %s has another size' % name)
    self.used[bytes.fromhex(name), row.arrival] = size
    if 'chunks' in named:
      chunks = named['chunks']
      require(size > CHUNK, 'its object %s is too small for a chunk list' % name)
      require(chunks in self.objects, 'the chunk list of object %s is missing or damaged' % name)
      with open(self.object_path(name), 'rb') as stream, \
          open(self.object_path(chunks), 'rb') as listed:
        require(listed.read() == chunk_list_of(stream), 'the chunk list of %s is wrong' % name)
      self.used[bytes.fromhex(chunks), row.arrival] = self.objects[chunks]

  def check_proposal(self, row, arguments):
    """Two signers: x.propose by the first, x by the second, the same arguments within 7 days."""
    if row.act.endswith('.propose'):
      self.arguments[row.hash] = print_json(arguments)
    require('proposal' in arguments or row.act not in TWO_SIGN, 'names no proposal')
    if 'proposal' in arguments:
      given = bytes.fromhex(arguments['proposal'])
      proposal = self.rows.get(given)
      require(proposal and proposal.act == row.act + '.propose',
              'its proposal is no entry before it')
      require(proposal.actor != row.actor, 'was proposed by the same person')
      require(given not in self.arguments or self.arguments[given] == print_json(
        {name: value for name, value in arguments.items() if name != 'proposal'}),
              'has other arguments than its proposal')
      require(check_time(row.time) - check_time(proposal.time) <= datetime.timedelta(days=7),
              'came more than 7 days after its proposal')
      require(proposal.sig and row.sig, 'is not signed by two')

  def check_origin(self, row, arguments):
    """What an entry says of other entries: those it destroys, the store that it goes on from."""
    if row.act == 'case.destroy':
      for entry in arguments['entries']:
        require(entry in self.entries and self.entries[entry].case_id == row.case_id,
                'destroys %s, no entry of its case' % entry)
        self.destroyed[entry] = row.arrival
    if row.act in ('store.copied', 'store.restored') and row.seq == 1:
      old, size = self.leaves[arguments['from']], arguments['size']
      require(len(old) == size and old[-1].hex() == arguments['head']
              and root_of(old).hex() == arguments['root'], 'does not go on from the store it names')

  def check_ends(self):
    for batch, number in self.batches.items():
      if batch and number == 1:
        self.wrong.append('entry %s: is called a batch and stands alone' % batch)
    for entry in sorted(set(self.without_payload) - set(self.destroyed)):
      self.wrong.append('entry %s: its payload is missing and no destruction lists it' % entry)
    for entry in sorted(set(self.destroyed) - set(self.without_payload)):
      self.wrong.append('entry %s: is listed as destroyed but its payload is still there' % entry)
    for (arrival,) in self.database.execute(
        'SELECT entry FROM payload WHERE entry NOT IN (SELECT arrival FROM entry)'):
      self.wrong.append('payload %d: has no entry' % arrival)

  def check_derived(self):
    """The derived tables that can be made from entries alone."""
    subtrees = {(store.encode(), i): root for store in self.leaves
                for i, root in enumerate(self.subtrees(store))}
    for table, columns, expected in (
        ('subtree', 'store, number, hash', subtrees),
        ('store_chain', 'store, first, seq, hash, clock, time', {
          (s.encode(), self.rows[self.leaves[s][0]].arrival):
            (r.seq, r.hash, r.clock, r.time.encode()) for s, r in self.last.items()}),
        ('case_chain', 'case_id, hash, arrival', {
          c.encode(): (r.hash, r.arrival) for c, r in self.case_last.items()}),
        ('object_use', 'object, entry, size', self.used),
        ('destroyed', 'entry, by', {
          self.without_payload[e].arrival: by for e, by in self.destroyed.items()
          if e in self.without_payload})):
      found = set(self.database.execute('SELECT %s FROM %s' % (columns, table)))
      wanted = {as_tuple(key) + as_tuple(value) for key, value in expected.items()}
      for row in sorted(found ^ wanted, key=repr):
        self.wrong.append('table %s: the row %s is %s' % (
          table, written(row), 'not what the entries say' if row in found else 'missing'))

    for (key,) in self.database.execute('SELECT hash FROM key_file'):
      if key.hex() not in self.keys:
        self.wrong.append('keys/%s.key: is missing or damaged' % key.hex())

  def subtrees(self, store):
    """The roots of its complete subtrees of 256 leaves, computed once."""
    if store not in self.roots:
      leaves = self.leaves[store]
      self.roots[store] = [root_of(leaves[i:i + SUBTREE])
                           for i in range(0, len(leaves) - SUBTREE + 1, SUBTREE)]
    return self.roots[store]

  def root(self, store, size):
    """The root of the first @size leaves: a complete subtree may stand for its leaves."""
    whole = size // SUBTREE
    rest = self.leaves[store][whole * SUBTREE:size]
    return root_of(self.subtrees(store)[:whole] + ([root_of(rest)] if rest else []))

  def check_checkpoint(self, text, store=None, size=None):
    note = parse_note(text.decode() if isinstance(text, bytes) else text)
    require(store in (None, note.store) and size in (None, note.size), 'is that of another place')
    leaves = self.leaves.get(note.store)
    require(leaves, 'is that of another store, ' + note.store)
    require(note.size <= len(leaves), 'covers %d entries, the store has only %d'
            % (note.size, len(leaves)))
    require(self.root(note.store, note.size) == note.root, 'its root is not that of the store')
    newest = self.rows[leaves[note.size - 1]]
    require(newest.time == note.time, 'its time is not that of the last entry it covers')
    for owner, key in self.certificates.keys.values():
      if owner == note.store and key_id_of(owner, key_der(key)) == note.key_id:
        self.signatures.add('checkpoint %d of %s' % (note.size, owner), key, note.text.encode(),
                            note.sig)
        return
    raise Wrong('is not signed with a key of the store')


def state_of(folder):
  """What changes when somebody writes: size and time of the database and of a log that is used."""
  paths = [os.path.join(folder, 'juanzong.db' + ending) for ending in ('', '-wal')]
  found = [os.stat(path) for path in paths if os.path.exists(path)]
  return [(file.st_size, file.st_mtime_ns) for file in found if file.st_size]


def read_store(folder, checkpoints):
  """Reads a store, prints what is wrong or a summary; returns the exit status."""
  with tempfile.TemporaryDirectory() as temporary:
    before = state_of(folder)
    store = Store(folder, temporary)
    try:
      store.read()
    except (sqlite3.Error, Wrong) as error:
      if getattr(error, 'sqlite_errorname', '')[:12] in ('SQLITE_CANTO', 'SQLITE_IOERR'):
        raise OSError(str(error)) from error
      store.wrong.append('juanzong.db: %s' % error)
    for path in checkpoints:
      with open(path, 'rb') as stream:
        store.check(path, store.check_checkpoint, stream.read(65536))
    store.wrong += ['%s: the signature does not hold' % name for name in store.signatures.bad()]
    if state_of(folder) != before:
      raise OSError('%s was written while it was read; close the program first' % folder)
  for line in store.wrong:
    print(line)
  if store.wrong:
    return 4
  print('%d entries, %d signatures, %d files: everything is right.' % (
    len(store.rows), len(store.signatures.jobs), len(store.objects) + len(store.keys)))
  for name, leaves in store.leaves.items():
    root = store.root(name, len(leaves)).hex()
    print('store %s: %d entries, root %s' % (name, len(leaves), root))
  return 0


def main():
  parser = argparse.ArgumentParser(description='Check a store of Juanzong without Juanzong.')
  parser.add_argument('store', nargs='?', metavar='STORE')
  parser.add_argument('--against', action='append', default=[], metavar='CHECKPOINT',
                      help='hold the store to a checkpoint kept elsewhere')
  parser.add_argument('--self-test', nargs='?', const=VECTORS, metavar='VECTORS',
                      help='check this reader with the vectors of the formats')
  try:
    given = parser.parse_args()
  except SystemExit as error:
    return 1 if error.code else 0
  if bool(given.store) == bool(given.self_test):
    parser.print_usage(sys.stderr)
    return 1
  sys.stdout.reconfigure(errors='backslashreplace')
  try:
    return self_test(given.self_test) if given.self_test else read_store(given.store, given.against)
  except Wrong as error:
    print(error)
    return 4
  except OSError as error:
    print('Cannot read: %s' % error, file=sys.stderr)
    return 2


if __name__ == '__main__':
  sys.exit(main())
