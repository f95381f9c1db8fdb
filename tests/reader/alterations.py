# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways to alter a store that test_reader.py made; each is a function of the store's folder."""

import os
import re
import shutil
import sqlite3

from formats import Row, leaf_data_of, leaf_hash, sha256

MIB = 1048576


# Of the database. Each gets a connection without the triggers, which come back after.

TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"


def one(database, query, *values):
  return database.execute(query, values).fetchone()


def entry_of(database, act):
  return one(database, 'SELECT max(arrival) FROM entry WHERE act = ?', act)[0]


def sql(*statements):
  def alter(store):
    database = sqlite3.connect(os.path.join(store, 'juanzong.db'), isolation_level=None)
    database.create_function('flip', 1, flip)
    changes = database.total_changes
    for statement in statements:
      if callable(statement):
        statement(database)
      else:
        database.execute(statement)
    assert database.total_changes > changes, 'nothing was altered'
    database.close()

  def without_triggers(store):
    path = os.path.join(store, 'juanzong.db')
    database = sqlite3.connect(path)
    triggers = database.execute(TRIGGERS).fetchall()
    for name, _ in triggers:
      database.execute('DROP TRIGGER ' + name)
    database.commit()
    alter(store)
    for _, text in triggers:
      database.execute(text)
    database.commit()
    database.close()
  return without_triggers


def flip(value):
  """The same with its last bit turned."""
  return value[:-1] + bytes([value[-1] ^ 1])


def heal(first, rechain=True):
  """What somebody does who can write the database but has no keys: from the entry of arrival
  @first on he makes payload hashes, leaf hashes and chains right again."""
  def statement(database):
    columns = ', '.join(Row._fields)
    stores, cases = {}, {}
    for row in map(Row._make, database.execute('SELECT %s FROM entry ORDER BY arrival' % columns)):
      if row.arrival >= first:
        payload = one(database, 'SELECT salt, text FROM payload WHERE entry = ?', row.arrival)
        if payload:
          row = row._replace(payload_hash=sha256(payload[0] + payload[1].encode()))
        if rechain:
          row = row._replace(store_prev=stores.get(row.store, b''),
                             case_prev=cases.get(row.case_id, b''))
        row = row._replace(hash=leaf_hash(leaf_data_of(row)))
        database.execute('UPDATE entry SET (%s) = (%s) WHERE arrival = ?' % (
          columns, ','.join('?' * len(row))), row + (row.arrival,))
        database.execute('UPDATE store_chain SET hash = ?, clock = ?, time = ? WHERE store = ?',
                         (row.hash, row.clock, row.time, row.store))
        database.execute('UPDATE case_chain SET hash = ? WHERE case_id = ?',
                         (row.hash, row.case_id))
      stores[row.store] = cases[row.case_id] = row.hash
  return statement


def set_entry(act, assignment):
  return sql(lambda database: database.execute(
    'UPDATE entry SET %s WHERE arrival = ?' % assignment, (entry_of(database, act),)))


def swap_payloads(database):
  arrival = entry_of(database, 'case.note') - 1
  database.execute('UPDATE payload SET entry = -entry WHERE entry IN (?, ?)', (arrival, 30))
  database.execute('UPDATE payload SET entry = CASE entry WHEN -30 THEN ? ELSE 30 END'
                   ' WHERE entry < 0', (arrival,))


def swap_entries(database):
  """Two notes change places, each with the place's number; payloads stay with their entries."""
  columns = ', '.join(Row._fields)
  rows = [Row._make(row) for row in database.execute(
    'SELECT %s FROM entry WHERE arrival IN (31, 32) ORDER BY arrival' % columns)]
  database.execute('DELETE FROM entry WHERE arrival IN (31, 32)')
  for row, place in ((rows[0], rows[1]), (rows[1], rows[0])):
    values = row._replace(arrival=place.arrival, seq=place.seq)
    database.execute('INSERT INTO entry (%s) VALUES (%s)' % (columns, ','.join('?' * 19)), values)
  database.execute('UPDATE payload SET entry = -entry WHERE entry IN (31, 32)')
  database.execute('UPDATE payload SET entry = 63 + entry WHERE entry < 0')


def append_entry(database):
  """Another note that the store never wrote, with right chains."""
  columns = ', '.join(Row._fields)
  last = Row._make(one(database, 'SELECT %s FROM entry ORDER BY arrival DESC' % columns))
  text = '{"args":{"case":"%s","text":"假"}}' % last.case_id
  row = last._replace(arrival=last.arrival + 1, seq=last.seq + 1, clock=last.clock + 1)
  database.execute('INSERT INTO entry (%s) VALUES (%s)' % (columns, ','.join('?' * len(row))), row)
  database.execute('INSERT INTO payload VALUES (?, ?, ?)', (row.arrival, b'\0' * 32, text))
  heal(row.arrival)(database)


def drop_entry(database):
  """The last entry disappears, as if it had never been, but for what was signed over it."""
  arrival = one(database, 'SELECT max(arrival) FROM entry')[0]
  database.execute('DELETE FROM payload WHERE entry = ?', (arrival,))
  database.execute('DELETE FROM entry WHERE arrival = ?', (arrival,))
  heal(arrival - 1)(database)


def foreign_signature(database):
  """A signature that is good, but over another entry of the same person."""
  first, second = [row[0] for row in database.execute(
    "SELECT max(arrival) FROM entry WHERE sig <> x'' GROUP BY cert, act LIKE 'role.%' LIMIT 2")]
  database.execute('UPDATE entry SET sig = (SELECT sig FROM entry WHERE arrival = ?)'
                   ' WHERE arrival = ?', (first, second))
  heal(second)(database)


def foreign_certificate(database):
  """An entry says that another person's certificate signed it."""
  arrival = entry_of(database, 'certificate.issue')
  database.execute('UPDATE entry SET cert = (SELECT cert FROM entry WHERE arrival = 1)'
                   ' WHERE arrival = ?', (arrival,))
  heal(arrival)(database)


def unsigned(database):
  arrival = entry_of(database, 'password.change')
  database.execute("UPDATE entry SET cert = x'', sig = x'' WHERE arrival = ?", (arrival,))
  heal(arrival)(database)


def long_signature(database):
  """The same numbers in a longer DER spelling."""
  arrival = entry_of(database, 'password.change')
  (sig,) = one(database, 'SELECT sig FROM entry WHERE arrival = ?', arrival)
  longer = b'\x30\x81' + sig[1:]
  database.execute('UPDATE entry SET sig = ? WHERE arrival = ?', (longer, arrival))
  heal(arrival)(database)


DATABASE = {
  'the time of an entry': set_entry('case.note', "time = '2025-01-16T09:00:00.000+08:00'"),
  'the actor of an entry': set_entry('case.note', "actor = store || '-1-1'"),
  'the role of an entry': set_entry('case.open', "role = 'head'"),
  'the act of an entry': set_entry('case.open', "act = 'case.take_over'"),
  'the version of an act': set_entry('case.note', 'act_version = 2'),
  'the program of an entry': set_entry('case.note', "program = 'juanzong 9.9.9'"),
  'the batch of an entry': set_entry('case.open', "batch = store || '-' || seq"),
  'the rulebook of an entry': set_entry('case.note', 'rulebook = zeroblob (32)'),
  'the clock of an entry': set_entry('case.note', 'clock = clock + 1'),
  'the case of an entry': set_entry('case.note', "case_id = 'bureau'"),
  'the case chain of an entry': set_entry('case.note', 'case_prev = flip (case_prev)'),
  'the store chain of an entry': set_entry('case.note', 'store_prev = flip (store_prev)'),
  'the payload hash of an entry': set_entry('case.note', 'payload_hash = flip (payload_hash)'),
  'the hash of an entry': set_entry('case.note', 'hash = flip (hash)'),
  'the signature of an entry': set_entry('password.change', 'sig = flip (sig)'),
  'the certificate of an entry': set_entry('password.change', 'cert = flip (cert)'),
  'a signature taken away': sql(unsigned),
  'a signature in longer DER': sql(long_signature),
  'a signature of another entry': sql(foreign_signature),
  'a certificate of another person': sql(foreign_certificate),
  'two entries that change places': sql(swap_entries),
  'an entry that is missing': sql('DELETE FROM payload WHERE entry = 33',
                                  'DELETE FROM entry WHERE arrival = 33'),
  'the last entry missing': sql(drop_entry),
  'an entry added': sql(append_entry),
  'the text of a payload': sql("UPDATE payload SET text = replace(text, '最后', '最初')"),
  'the salt of a payload': sql('UPDATE payload SET salt = flip (salt) WHERE entry = 40'),
  'a payload missing': sql('DELETE FROM payload WHERE entry = 41'),
  'two payloads that change places': sql(swap_payloads),
  'a payload that was destroyed': sql(
    "INSERT INTO payload SELECT entry, zeroblob (32), '{}' FROM destroyed LIMIT 1"),
  'an entry said to be destroyed': sql('DELETE FROM payload WHERE entry = 41',
                                       'INSERT INTO destroyed SELECT 41, max (by) FROM destroyed'),
  'the root of a checkpoint': sql(lambda database: database.execute(
    'UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = 3) WHERE size = 4')),
  'the time of a checkpoint': sql("UPDATE checkpoint SET note = replace (note, 'T09:', 'T08:')"),
  'the signature of a checkpoint': sql(
    "UPDATE checkpoint SET note = replace (note, substr (note, -20, 4), 'AAAA')"),
  'a blank in a checkpoint': sql("UPDATE checkpoint SET note = note || ' '"),
  'the size of a checkpoint': sql('UPDATE checkpoint SET size = 5000 WHERE size = 4'),
  'a checkpoint with a name that is no text': sql(
    "UPDATE checkpoint SET store = CAST (x'b7' AS TEXT) WHERE size = 4"),
  'a subtree': sql('UPDATE subtree SET hash = flip (hash)'),
  'a subtree missing': sql('DELETE FROM subtree'),
  'a subtree too many': sql('INSERT INTO subtree SELECT store, 1, hash FROM subtree'),
  'the end of the store chain': sql('UPDATE store_chain SET hash = flip (hash)'),
  'the end of a case chain': sql('UPDATE case_chain SET hash = flip (hash)'),
  'an object that is not used': sql('DELETE FROM object_use WHERE size = 0'),
  'who destroyed': sql('UPDATE destroyed SET by = by - 1'),
  'a key that is not expected': sql('UPDATE key_file SET hash = flip (hash)'),
}


# Of the last entry, a note, so that every hash and chain fits and no checkpoint covers it: what is
# wrong then is only what the format says of the entry's own form.

def forge(change, rechain=True):
  def statement(database):
    arrival = one(database, 'SELECT max(arrival) FROM entry')[0]
    change(database, arrival)
    heal(arrival, rechain)(database)
    database.execute('DELETE FROM checkpoint WHERE size = ?', (arrival,))
  return sql(statement)


def forge_field(assignment, rechain=True):
  return forge(lambda database, arrival: database.execute(
    'UPDATE entry SET %s WHERE arrival = ?' % assignment, (arrival,)), rechain)


def forge_text(old, new):
  def change(database, arrival):
    text = one(database, 'SELECT text FROM payload WHERE entry = ?', arrival)[0]
    assert old in text, text
    database.execute('UPDATE payload SET text = ? WHERE entry = ?',
                     (text.replace(old, new, 1), arrival))
  return forge(change)


def forge_argument(argument):
  """An argument whose name sorts before the others."""
  return forge_text('"args":{', '"args":{%s,' % argument)


def forge_object(reference):
  """The note's text becomes an object; %(large)s is a real one with chunk list %(chunks)s."""
  def change(database, arrival):
    (text,) = one(database, "SELECT text FROM payload WHERE text LIKE '%film.bin%'")
    chunks, large = re.search('"chunks":"([0-9a-f]+)","object":"([0-9a-f]+)"', text).groups()
    (text,) = one(database, 'SELECT text FROM payload WHERE entry = ?', arrival)
    database.execute('UPDATE payload SET text = ? WHERE entry = ?', (text.replace(
      '"最后"', reference % {'large': large, 'chunks': chunks, 'size': 2 * MIB + 5}), arrival))
  return forge(change)


def forge_salt(length):
  return forge(lambda database, arrival: database.execute(
    'UPDATE payload SET salt = zeroblob (?) WHERE entry = ?', (length, arrival)))


FORGED = {
  'earlier than the entry before': forge_field("time = '2025-01-15T08:59:59.999+08:00'"),
  'on a day that does not exist': forge_field("time = '2025-02-30T09:00:00.000+08:00'"),
  'in an hour that does not exist': forge_field("time = '2025-01-31T24:00:00.000+08:00'"),
  'in another zone': forge_field("time = '2025-01-16T09:00:00.000+00:00'"),
  'without milliseconds': forge_field("time = '2025-01-16T09:00:00+08:00'"),
  'clock one too large': forge_field('clock = clock + 1'),
  'clock one too small': forge_field('clock = clock - 1'),
  'no entry before it in the store': forge_field("store_prev = x''", False),
  'another before it in the store': forge_field('store_prev = payload_hash', False),
  'no entry before it in the case': forge_field("case_prev = x''", False),
  'another before it in the case': forge_field(
    'case_prev = (SELECT hash FROM entry WHERE arrival = 40)', False),
  'actor without a number': forge_field("actor = store || '-1'"),
  'actor that nobody made': forge_field("actor = store || '-999-1'"),
  'actor of number 256': forge_field("actor = store || '-1-256'"),
  'actor with a leading zero': forge_field("actor = store || '-01-1'"),
  'role of two halves': forge_field("role = 'section__head'"),
  'no role': forge_field("role = ''"),
  'role with a capital': forge_field("role = 'Handler'"),
  'act with a capital': forge_field("act = 'Case.note'"),
  'act without a verb': forge_field("act = 'case.'"),
  'act of version 0': forge_field('act_version = 0'),
  'batch of another entry': forge_field("batch = store || '-40'"),
  'batch of an entry to come': forge_field("batch = store || '-9999'"),
  'batch of a thing': forge_field("batch = store || '-' || seq || '-1'"),
  'batch of one': forge_field("batch = store || '-' || seq"),
  'rulebook that is no object': forge_field('rulebook = zeroblob (32)'),
  'rulebook of 31 bytes': forge_field('rulebook = zeroblob (31)'),
  'another program': forge_field("program = 'other 1.0'"),
  'program without a version': forge_field("program = 'juanzong '"),
  'program with a capital in its commit': forge_field("program = 'juanzong 0.1.0+0123456789aB'"),
  'program with a commit alone': forge_field("program = 'juanzong +0123456789ab'"),
  'program with 13 digits of a commit': forge_field("program = 'juanzong 0.1.0+0123456789abc'"),
  'case that nobody opened': forge_field("case_id = store || '-999-1'"),
  'case that is no id': forge_field("case_id = 'x'"),
  'certificate without signature': forge_field('cert = (SELECT cert FROM entry WHERE arrival = 1)'),
  'signature without certificate': forge_field('sig = (SELECT sig FROM entry WHERE arrival = 1)'),
  'signature of the first entry': forge_field(
    '(cert, sig) = (SELECT cert, sig FROM entry WHERE arrival = 1)'),
  'salt of 31 bytes': forge_salt(31),
  'salt of 33 bytes': forge_salt(33),
  'unknown key': forge_text('}}', '},"zzz":1}'),
  'rules that are not sorted': forge_text('}}', '},"rules":["G-02","G-01"]}'),
  'a rule twice': forge_text('}}', '},"rules":["G-01","G-01"]}'),
  'rules that are none': forge_text('}}', '},"rules":[]}'),
  'rules that are null': forge_text('}}', '},"rules":null}'),
  'rules that are a text': forge_text('}}', '},"rules":"G-01"}'),
  'a rule that is empty': forge_text('}}', '},"rules":[""]}'),
  'override that is null': forge_text('}}', '},"override":null}'),
  'override of an entry that is none': forge(lambda database, arrival: database.execute(
    'UPDATE payload SET text = replace (text, ?, ?) WHERE entry = ?', (
      '}}', '},"override":"%s"}' % one(database, 'SELECT hash FROM entry WHERE arrival = 40')[0]
      .hex(), arrival))),
  'override of no entry': forge_text('}}', '},"override":"%s"}' % ('0' * 64)),
  'arguments that are no object': forge(lambda database, arrival: database.execute(
    'UPDATE payload SET text = ? WHERE entry = ?', ('{"args":[]}', arrival))),
  'a blank': forge_text(':', ': '),
  'a line feed at the end': forge_text('}}', '}}\n'),
  'a byte order mark': forge_text('{"args"', '\ufeff{"args"'),
  'an escape that is not needed': forge_text('最后', '\\u0041'),
  'an escape with capitals': forge_text('最后', '\\u001F'),
  'a bare tab': forge_text('最后', '\t'),
  'U+0000': forge_text('最后', '\\u0000'),
  'a lone surrogate': forge_text('最后', '\\ud800'),
  'a null': forge_argument('"a":null'),
  'a fraction': forge_argument('"a":1.0'),
  'an exponent': forge_argument('"a":1e3'),
  'a number too large': forge_argument('"a":9007199254740992'),
  'minus zero': forge_argument('"a":-0'),
  'a name twice': forge_argument('"case":"x"'),
  'names out of order': forge_argument('"z":1'),
  'depth 17': forge_argument('"a":' + '[' * 15 + ']' * 15),
  'a text of 65,537 bytes': forge_text('最后', 'a' * 65537),
  'an object that is missing': forge_object('{"object":"%s","size":5}' % ('0' * 64)),
  'an object of another size': forge_object('{"object":"%(large)s","size":5}'),
  'an object without size': forge_object('{"object":"%(large)s"}'),
  'a chunk list of another object': forge_object(
    '{"chunks":"%(large)s","object":"%(large)s","size":%(size)d}'),
  'an object named in capitals': forge_object('{"object":"' + 'A' * 64 + '","size":5}'),
}


# Of files.

def object_files(store, least=0, most=1 << 40):
  found = sorted(os.path.join(folder, name)
                 for folder, _, names in os.walk(os.path.join(store, 'objects')) for name in names)
  return [path for path in found if least <= os.path.getsize(path) <= most]


def key_files(store, *_):
  folder = os.path.join(store, 'keys')
  return sorted(os.path.join(folder, name) for name in os.listdir(folder))


def rewrite(path, change):
  with open(path, 'rb') as stream:
    content = stream.read()
  changed = change(content)
  os.chmod(path, 0o600)
  with open(path, 'wb') as out:
    out.write(changed)
  os.chmod(path, 0o400)


def with_file(files, change, *bounds):
  return lambda store: rewrite(files(store, *bounds)[0], change)


def replace_chunk_list(store):
  """A chunk list that is wrong but is named by what it holds."""
  path = next(path for path in object_files(store, 100, 200) if open(path, 'rb').read(4) == b'JZS1')
  rewrite(path, flip)
  with open(path, 'rb') as stream:
    name = sha256(stream.read()).hex()
  os.makedirs(os.path.join(store, 'objects', name[:2]), exist_ok=True)
  os.rename(path, os.path.join(store, 'objects', name[:2], name[2:]))


def link_object(store):
  path = object_files(store, 2 * MIB)[0]
  os.rename(path, os.path.join(store, 'elsewhere'))
  os.symlink(os.path.join(store, 'elsewhere'), path)


def write_extra(*place):
  def alter(store):
    with open(os.path.join(store, *place), 'w', encoding='ascii') as out:
      out.write('extra')
  return alter


def edit_database(store):
  rewrite(os.path.join(store, 'juanzong.db'), lambda content: content.replace(
    '"text":"第77条'.encode(), '"text":"第78条'.encode()))


def damage_index(place):
  """Turns a bit of an index; @place finds it from the number and size of the index's first page."""
  def alter(store):
    path = os.path.join(store, 'juanzong.db')
    database = sqlite3.connect(path)
    (page,) = one(database, "SELECT rootpage FROM sqlite_schema WHERE name = 'entry_by_case'")
    (size,) = one(database, 'PRAGMA page_size')
    database.close()

    def change(content):
      at = place(content, page, size)
      return content[:at] + bytes([content[at] ^ 64]) + content[at + 1:]
    rewrite(path, change)
  return alter


def middle_record(content, page, size):
  """Where a record in the midst of the first leaf says how long its header is (SQLite's format)."""
  def number(place, length):
    return int.from_bytes(content[place:place + length], 'big')
  start = (page - 1) * size
  while content[start] == 2:
    start = (number(start + number(start + 12, 2), 4) - 1) * size
  return start + number(start + 8 + number(start + 3, 2) // 2 * 2, 2) + 1


FILES = {
  'a bit of a large object': with_file(object_files, flip, 2 * MIB),
  'a bit in the middle of a large object': with_file(
    object_files, lambda content: flip(content[:MIB]) + content[MIB:], MIB + 1),
  'a bit of a chunk list': with_file(object_files, flip, 100, 200),
  'a chunk list replaced': replace_chunk_list,
  'a bit of a certificate': with_file(object_files, flip, 400, 430),
  'an object cut short': with_file(object_files, lambda content: content[:-1], MIB),
  'an object made longer': with_file(object_files, lambda content: content + b'\0', MIB),
  'the empty object filled': with_file(object_files, lambda content: b'x', 0, 0),
  'an object missing': lambda store: os.unlink(object_files(store, MIB)[0]),
  'an object that is a link': link_object,
  'all objects missing': lambda store: shutil.rmtree(os.path.join(store, 'objects')),
  'a bit of a key': with_file(key_files, flip),
  'a key missing': lambda store: os.unlink(key_files(store)[0]),
  'a key with another name': lambda store: os.rename(
    key_files(store)[0], os.path.join(store, 'keys', '0' * 64 + '.key')),
  'a payload overwritten in the file': edit_database,
  'a bit at the end of an index': damage_index(lambda content, page, size: page * size - 1),
  'a bit of a record of an index': damage_index(middle_record),
  'the database cut short': lambda store: rewrite(os.path.join(store, 'juanzong.db'),
                                                  lambda content: content[:len(content) // 2]),
  'the database replaced': lambda store: rewrite(os.path.join(store, 'juanzong.db'),
                                                 lambda content: b'nothing' * 1000),
}
