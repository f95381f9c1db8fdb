#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds juanzongctl and the independent reader to each other.

  test_reader.py [JUANZONGCTL]

Founds a demo store and works in it, then alters copies of it; both programs must accept the store
as it is and refuse every alteration. Prints TAP.
"""

import contextlib
import io
import json
import os
import random
import re
import shutil
import sqlite3
import ssl
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import certificates
import read_store
from alterations import (DATABASE, FILES, FORGED, MIB, entry_of, flip, heal, key_files,
                         object_files, one, rewrite, sql)
from formats import Signatures, Wrong, check_proof_file, key_der, key_id_of

HERE = os.path.dirname(os.path.abspath(__file__))


class Tap:
  """Counts and prints tests."""

  def __init__(self):
    self.count = self.failed = 0

  def ok(self, good, name, notes=''):
    self.count += 1
    self.failed += not good
    print('%sok %d - %s' % ('' if good else 'not ', self.count, name))
    for line in notes.splitlines() if not good else ():
      print('# ' + line)
    sys.stdout.flush()


def run(*arguments, data=None):
  """Exit status and all that was printed; 1000 for what is not even UTF-8."""
  done = subprocess.run(arguments, input=data and data.encode(), capture_output=True, check=False)
  output = done.stdout + done.stderr
  try:
    return done.returncode, output.decode()
  except UnicodeDecodeError as error:
    return 1000 + done.returncode, ascii(output) + '\n' + str(error)


def read(*arguments):
  return run(sys.executable, os.path.join(HERE, 'read_store.py'), *arguments)


class Office:
  """A demo store in which people work through juanzongctl."""

  def __init__(self, ctl, folder):
    self.ctl = ctl
    self.store = os.path.join(folder, 'store')
    self.folder = folder
    status, output = run(ctl, 'init', self.store, '--bureau', '某某县城市管理局',
                         '--admin', 'admin', '--demo')
    assert status == 0, output
    self.now = '2025-01-02T09:00:00.000+08:00'

  def do(self, user, act, arguments=None, extra=()):
    """Performs an act, or a list of them in a batch; returns id and hash of the last entry."""
    status, output = run(self.ctl, 'do', self.store, '--as', user, act, '-', '--clock', self.now,
                         *extra, data=json.dumps(arguments or {}))
    assert status == 0, '%s: %s' % (act, output)
    entry, _, digest = output.strip().splitlines()[-1].split(' ')[:3]
    return entry, digest

  def two(self, first, second, act, arguments):
    proposal = self.do(first, act + '.propose', arguments)[1]
    return self.do(second, act, {'proposal': proposal})

  def person(self, user, name, role):
    person = self.do('admin', 'person.add', {'user': user, 'name': name})[0] + '-1'
    self.do('admin', 'role.grant', {'person': person, 'role': role})
    if role == 'head':
      self.two('admin', user, 'store.accept', {'person': person})
    else:
      self.two('admin', 'head', 'certificate.issue', {'person': person, 'reason': 'first'})
    return person

  def case(self, title):
    entry, _ = self.do('zhang', 'case.open', {
      'title': title, 'party': '某某商贸有限公司', 'matter': '随意倾倒', 'found': '2025-01-02'})
    return entry + '-1'

  def attach(self, case, name, content):
    path = os.path.join(self.folder, name)
    with open(path, 'wb') as out:
      out.write(content)
    self.do('zhang', 'attachment.add', {'case': case, 'name': name, 'file': path})


def work(office, dice):
  """Every kind of entry that the formats know: signed by one and two, batches, objects, chunk
  lists, a destroyed case, a clock set back, closed certificates, a store that goes on as a copy."""
  office.person('head', '李某', 'head')
  zhang = office.person('zhang', '张某', 'handler')
  office.person('dang', '档某', 'archivist')
  gone = office.case('要销毁的案件')
  office.attach(gone, 'gone.bin', dice.randbytes(MIB + 1))
  office.do('zhang', 'case.close', {'case': gone, 'happened': '2025-01-02', 'ground': '办结'})
  office.do('dang', 'case.archive', {'case': gone, 'happened': '2025-01-02', 'class': '10',
                                     'keep_until': '2025-01-03'})
  kept = office.case('张某倾倒案')
  office.do('zhang', 'case.note', [
    {'case': kept, 'text': '第%d条 "\\\t\n😀' % i} for i in range(300)])
  office.do('zhang', 'case.note', {'case': kept, 'text': '长' * 30000})
  office.attach(kept, 'film.bin', dice.randbytes(2 * MIB + 5))
  office.attach(kept, 'even.bin', dice.randbytes(MIB))
  office.attach(kept, 'empty.bin', b'')
  office.now = '2025-01-20T09:00:00.000+08:00'
  office.two('dang', 'head', 'case.destroy', {'case': gone, 'reason': '期满'})
  office.now = '2025-01-15T09:00:00.000+08:00'
  office.do('admin', 'clock.confirm', {'reason': '钟快了'})
  office.two('admin', 'head', 'certificate.issue', {'person': zhang, 'reason': 'replaced'})
  password = os.path.join(office.folder, 'password')
  with open(password, 'w', encoding='ascii') as out:
    out.write('demo\n')
  office.do('zhang', 'password.change', {}, ('--new-password-file', password))
  office.do('zhang', 'case.note', {'case': kept, 'text': '最后'})
  return kept


def state_of(store):
  """Names, sizes and times of everything in a store."""
  return sorted((path, os.path.getsize(path), os.stat(path).st_mtime_ns)
                for folder, _, names in os.walk(store)
                for path in (os.path.join(folder, name) for name in names))


def read_here(store, against=()):
  """The same as read(), in this process, so that signatures checked before need not be again."""
  output = io.StringIO()
  try:
    with contextlib.redirect_stdout(output):
      return read_store.read_store(store, against), output.getvalue()
  except OSError as error:
    return 2, '%s%s' % (output.getvalue(), error)


def remember_signatures():
  """Hundreds of stores that differ in one place need not verify the rest hundreds of times."""
  known = {}
  verify, look_at = Signatures.verify, certificates.Certificates.look_at

  def verify_once(signatures, job):
    if job[2:] not in known:
      known[job[2:]] = verify(signatures, job)
    return known[job[2:]]

  def look_once(found, *given):
    if given not in known:
      known[given] = look_at(found, *given)
    return known[given]
  Signatures.verify, certificates.Certificates.look_at = verify_once, look_once


def both(ctl, store, against=()):
  options = [part for path in against for part in ('--against', path)]
  return read_here(store, against), run(ctl, 'verify', store, *options)


def expect(tap, name, ctl, store, status, against=()):
  """Both programs must come to @status."""
  results = both(ctl, store, against)
  tap.ok([result[0] for result in results] == [status, status], name, '\n'.join(
    '%s: %d\n%s' % (who, *result) for who, result in zip(('reader', 'juanzongctl'), results)))


def check_untouched(tap, office):
  """Accepted as it is, held to its checkpoints, not written to, also while it is being written."""
  store = office.store
  database = sqlite3.connect(os.path.join(store, 'juanzong.db'))
  note, size = one(database, 'SELECT note, size FROM checkpoint ORDER BY size DESC')
  columns = one(database, 'SELECT count(*) FROM entry')[0]
  database.close()
  paths = {}
  for name, text in (('good', note), ('forged', note.replace('T09', 'T08')),
                     ('cut', note[:-1]), ('later', note.replace('\n%d\n' % size, '\n9999\n')),
                     ('foreign', re.sub('[0-9a-f]{16}', '0' * 16, note))):
    paths[name] = os.path.join(office.folder, name + '.txt')
    with open(paths[name], 'w', encoding='utf-8') as out:
      out.write(text)
  before = state_of(store)
  status, output = read(store)
  tap.ok(status == 0 and '%d entries' % columns in output, 'reader: the store as it is', output)
  tap.ok(state_of(store) == before, 'reader: writes nothing into the store')
  expect(tap, 'the store as it is', office.ctl, store, 0)
  expect(tap, 'the store and its newest checkpoint', office.ctl, store, 0, [paths['good']])
  for name in ('forged', 'cut', 'later', 'foreign'):
    expect(tap, 'the store and a checkpoint that is ' + name, office.ctl, store, 4,
           [paths['good'], paths[name]])
  expect(tap, 'no such store', office.ctl, store + '-none', 2)
  expect(tap, 'no such checkpoint', office.ctl, store, 2, [paths['good'] + '-none'])
  return paths['good']


def check_wal(tap, office, folder):
  """What stands only in the write-ahead log counts, and reading it changes nothing."""
  copy = os.path.join(folder, 'wal')
  shutil.copytree(office.store, copy)
  database = sqlite3.connect(os.path.join(copy, 'juanzong.db'), isolation_level=None)
  database.create_function('flip', 1, flip)
  for statements, status in ((("INSERT INTO owed VALUES ('x')", 'DELETE FROM owed'), 0),
                             (('UPDATE case_chain SET hash = flip (hash)',), 4)):
    for statement in statements:
      database.execute(statement)
    before = state_of(copy)
    result = read(copy)
    tap.ok(result[0] == status and os.path.getsize(os.path.join(copy, 'juanzong.db-wal')) > 0
           and state_of(copy) == before, 'reader: a write-ahead log, %d' % status, result[1])
  database.close()
  shutil.rmtree(copy)


def check_alterations(tap, office, folder):
  copy = os.path.join(folder, 'copy')
  for kind, alterations in (('database', DATABASE), ('last entry', FORGED), ('files', FILES)):
    for name, alter in alterations.items():
      shutil.copytree(office.store, copy)
      alter(copy)
      expect(tap, '%s: %s' % (kind, name), office.ctl, copy, 4)
      shutil.rmtree(copy)


def check_rewriting(tap, office, folder, checkpoint):
  """Somebody who takes away what came last and every trace of it is caught by a checkpoint that
  left the office, and by nothing else."""
  copy = os.path.join(folder, 'rewritten')
  shutil.copytree(office.store, copy)
  sql("UPDATE payload SET text = replace (text, '最后', '最初')",
      lambda database: heal(entry_of(database, 'case.note'))(database),
      'DELETE FROM checkpoint WHERE size = (SELECT max (size) FROM checkpoint)',
      "UPDATE note SET text = replace (text, '最后', '最初')")(copy)
  results = both(office.ctl, copy)
  tap.ok(results[0][0] == 0, 'reader: a rewritten end without its checkpoint', results[0][1])
  expect(tap, 'a rewritten end held to a checkpoint', office.ctl, copy, 4, [checkpoint])
  shutil.rmtree(copy)


def check_random_bits(tap, office, folder, dice):
  """In objects and keys both find every bit. Of the database juanzongctl finds all that the reader
  finds and more, the tables that only the acts explain; the first 100 bytes are SQLite's own."""
  copy = os.path.join(folder, 'random')
  for number in range(12):
    shutil.copytree(office.store, copy)
    in_database = number % 2
    path = os.path.join(copy, 'juanzong.db') if in_database else \
      dice.choice(object_files(copy, 1) + key_files(copy))
    place, bit = dice.randrange(100 * in_database, os.path.getsize(path)), 1 << dice.randrange(8)
    rewrite(path, lambda content: content[:place] + bytes([content[place] ^ bit])
            + content[place + 1:])
    reader, ctl = both(office.ctl, copy)
    allowed = ((4, 4), (0, 0), (0, 4)) if in_database else ((4, 4),)
    tap.ok((reader[0], ctl[0] % 1000) in allowed,
           'a random bit: bit %d of byte %d of %s' % (bit, place, os.path.relpath(path, copy)),
           'reader: %d\n%s\njuanzongctl: %d\n%s' % (*reader, *ctl))
    shutil.rmtree(copy)


def judge_proof(path, certificate, ca):
  """What the reader says of a proof file, as exit status."""
  with open(path, encoding='utf-8') as stream, tempfile.TemporaryDirectory() as folder:
    try:
      note = check_proof_file(stream.read())
      signatures = Signatures(folder)
      with open(certificate, encoding='ascii') as pem, open(ca, encoding='ascii') as ca_pem:
        subject, key = certificates.Certificates(signatures).look_at(
          ssl.PEM_cert_to_DER_cert(ca_pem.read()), ssl.PEM_cert_to_DER_cert(pem.read()))
      signatures.add('note', key, note.text.encode(), note.sig)
      good = subject == 'subject=CN=' + note.store \
        and note.key_id == key_id_of(note.store, key_der(key)) and not signatures.bad()
    except Wrong:
      good = False
  return 0 if good else 4


def check_proofs(tap, office):
  """Proof files are read by both, and by neither once a character of them is another."""
  database = sqlite3.connect(os.path.join(office.store, 'juanzong.db'))
  store, size = one(database, 'SELECT store, max(seq) FROM entry')
  notes = dict(database.execute('SELECT size, note FROM checkpoint'))
  database.close()
  path, checkpoint, folder = [os.path.join(office.folder, name)
                              for name in ('proof', 'checkpoint', 'certificates')]
  certificate, ca = os.path.join(folder, store + '.pem'), os.path.join(folder, 'ca.pem')
  wanted = [('entry %d' % seq, ['%s-%d' % (store, seq)], 1) for seq in (1, 256, size)]
  wanted += [('checkpoint %d' % known, ['--since', checkpoint], known) for known in (1, max(notes))]
  for name, arguments, known in wanted:
    with open(checkpoint, 'w', encoding='utf-8') as out:
      out.write(notes[known])
    status, output = run(office.ctl, 'prove', office.store, *arguments, '-o', path,
                         '--certificates', folder)
    check = [office.ctl, 'check-proof', path, '--certificate', certificate, '--ca', ca]
    results = [status, judge_proof(path, certificate, ca), run(*check)[0]]
    tap.ok(results == [0, 0, 0], 'the proof of ' + name, '%s\n%s' % (results, output))
    with open(path, encoding='utf-8') as stream:
      text = stream.read()
    starts = [match.start() for match in re.finditer(r'(?m)^.', text)]
    results = {}
    for start in starts:
      at = text.index('\n', start) - 3
      with open(path, 'w', encoding='utf-8') as out:
        out.write(text[:at] + ('A' if text[at] != 'A' else 'B') + text[at + 1:])
      results[text[start:start + 20]] = judge_proof(path, certificate, ca), run(*check)[0]
    tap.ok(all(result == (4, 4) for result in results.values()),
           'the proof of %s, altered in each line' % name, json.dumps(results, indent=1))


def check_copied(tap, office, kept):
  """A store that goes on under another id: two trees, one journal."""
  office.do('admin', 'store.copied', {'reason': '复制'})
  office.do('admin', 'person.add', {'user': 'wang', 'name': '王某'})
  office.do('dang', 'case.note', {'case': kept, 'text': '复制之后'})
  expect(tap, 'a store that goes on as a copy', office.ctl, office.store, 0)


def check_restored(tap, office, kept):
  """A backup is a store; what was written after it is missed by who holds a later checkpoint."""
  backup, restored, newest = [os.path.join(office.folder, name)
                              for name in ('backup', 'restored', 'newest')]
  before = run(office.ctl, 'backup', office.store, backup)
  office.do('dang', 'case.note', {'case': kept, 'text': '备份之后'})
  database = sqlite3.connect(os.path.join(office.store, 'juanzong.db'))
  with open(newest, 'w', encoding='utf-8') as out:
    out.write(one(database, 'SELECT note FROM checkpoint WHERE store = (SELECT store FROM entry'
                  ' ORDER BY arrival DESC LIMIT 1) ORDER BY size DESC')[0])
  database.close()
  after = run(office.ctl, 'restore', backup, restored, '--as', 'admin', '--reason', '坏了',
              '--newest', newest)
  tap.ok(before[0] == after[0] == 0, 'backup and restore', before[1] + after[1])
  expect(tap, 'a backup', office.ctl, backup, 0)
  expect(tap, 'a restored store', office.ctl, restored, 0)
  expect(tap, 'a restored store and what it lost', office.ctl, restored, 4, [newest])


def check_demo(tap, office):
  """The invented office, in which almost every act is performed."""
  store = os.path.join(office.folder, 'demo')
  status, output = run(office.ctl, 'demo', store, '--cases', '2', '--seed', '7')
  tap.ok(status == 0, 'a demo store is made', output)
  expect(tap, 'a demo store', office.ctl, store, 0)


def check_acts(tap, ctl):
  """The reader knows by heart which acts must be signed; that must be what the program says."""
  acts = json.loads(run(ctl, 'acts', '--json')[1])
  signed = {act['name'] for act in acts if act['signed']}
  tap.ok(signed == set(certificates.MUST_SIGN), 'acts that must be signed',
         '%s' % (signed ^ set(certificates.MUST_SIGN)))


def main():
  tap = Tap()
  status, output = read('--self-test')
  tap.ok(status == 0, 'self-test', output)
  for arguments in ((), ('--no-such-option',), ('a', 'b')):
    tap.ok(read(*arguments)[0] == 1, 'wrong use: %s' % (arguments,))
  if len(sys.argv) > 1:
    seed = int(os.environ.get('SEED', random.SystemRandom().randrange(1 << 32)))
    print('# SEED=%d' % seed)
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
      remember_signatures()
      office = Office(sys.argv[1], folder)
      kept = work(office, dice)
      checkpoint = check_untouched(tap, office)
      check_proofs(tap, office)
      check_wal(tap, office, folder)
      check_alterations(tap, office, folder)
      check_rewriting(tap, office, folder, checkpoint)
      check_random_bits(tap, office, folder, dice)
      check_copied(tap, office, kept)
      check_restored(tap, office, kept)
      check_demo(tap, office)
      check_acts(tap, office.ctl)
  print('1..%d' % tap.count)
  return 1 if tap.failed else 0


if __name__ == '__main__':
  sys.exit(main())
