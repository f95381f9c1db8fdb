# SPDX-License-Identifier: GPL-3.0-or-later
"""Every write failing, real kills, and a disk that is really full.

Sampled changes of a session's steps are made to fail with ENOSPC or EIO, once or from then on, or
the program is killed just before them; each time from a copy of the folder as it was before the
step. The program must end with success or with one sentence, the store must verify with everything
acknowledged, and the same step must work afterwards.
"""

import concurrent.futures
import contextlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time

from session import (ENOSPC_KINDS, UNCERTAIN, Result, Session, Step, Tap, check_copies, check_store,
                     copy_root, describe, find_litter, get_entries, get_number, get_seed,
                     get_warnings, get_workers, has_store, make_folder, query, read_entries,
                     run_program, verify, work_on)


def is_sentence(line):
  return line.endswith('.') and 'CRITICAL' not in line and 'WARNING' not in line


def check_sentence(result):
  """A failure is told in one sentence, and is no crash; so is what is left over after success."""
  lines = result.err.strip().splitlines()
  if result.status < 0 or result.status > 4:
    return [describe(result)]
  if (result.status != 0 and len(lines) != 1) or not all(map(is_sentence, lines)):
    return [f'not one sentence: {describe(result)}']
  if len(set(lines)) != len(lines):
    return [f'told twice: {describe(result)}']
  return []


def test_check_sentence(tap):
  """What check_sentence() must find, and what not."""
  sentence = 'The disk is full. Free some space.\n'
  cases = [
      (0, '', True), (2, sentence, True), (0, sentence, True), (2, '', False),
      (2, sentence + sentence, False), (2, 'disk full', False), (-11, '', False),
      (0, sentence + sentence, False), (0, sentence + 'The other.\n', True),
      (0, sentence + 'disk full\n', False), (2, sentence + 'The other.\n', False),
      (-5, 'GLib-CRITICAL **: assertion failed.\n', False), (134, sentence, False),
      (2, '(process:1): GLib-CRITICAL **: it went wrong.\n', False),
  ]
  faults = [f'{status} {err}' for status, err, is_good in cases
            if (not check_sentence(Result(status, '', err, 0, 0, None))) != is_good]
  tap.point(faults, 'what is no sentence is found')


def check_truth(step, result, done, errno):
  """What is told is what was done; done: whether it was."""
  faults = []
  is_uncertain = UNCERTAIN in result.err
  if result.status == 0 and not done:
    faults.append('it was told as done')
  if result.status != 0 and done and not is_uncertain:
    faults.append(f'done, although it was told: {describe(result)}')
  if is_uncertain and (result.status != 2 or step.makes == 0 or result.first_failed != 'sync'):
    faults.append(f'certain after all, for {result.first_failed} failed: {describe(result)}')
  is_act = step.makes > 0 and step.words[0] == 'do'
  if is_act and result.status == 2 and is_uncertain == ('Nothing was changed' in result.err):
    faults.append(f'it is not told that nothing was changed: {describe(result)}')
  if result.status == 0 and is_act:
    if len(get_entries(result.out)) != step.makes:
      faults.append(f'the outcome was not printed: {result.out}')
    if get_warnings(result.out) != result.err.splitlines():
      faults.append(f'warnings are not the same: {result.out} {result.err}')
  if errno == 'ENOSPC' and result.status == 2 and not is_uncertain and 'room' not in result.err:
    faults.append(f'it is not told that the disk is full: {describe(result)}')
  return faults


def test_check_truth(tap):
  """What check_truth() must find, and what not."""
  step = Step('act', 'do', makes=1)
  out = '{"entries":[{"entry":"a-1"}]}'
  warned = '{"entries":[{"entry":"a-1"}],"warnings":["Later."]}'
  no = 'No. Nothing was changed.'
  cases = [
      (0, out, '', None, True, 'EIO', True), (0, out, '', None, False, 'EIO', False),
      (2, '', no, 'write', True, 'EIO', False), (2, '', no, 'write', False, 'EIO', True),
      (2, '', 'No.', 'write', False, 'EIO', False),
      (2, '', UNCERTAIN + no, 'sync', False, 'EIO', False),
      (2, '', UNCERTAIN, 'sync', True, 'EIO', True), (2, '', UNCERTAIN, 'sync', False, 'EIO', True),
      (2, '', UNCERTAIN, 'write', False, 'EIO', False), (3, '', UNCERTAIN, 'sync', False, 'EIO',
                                                         False),
      (0, '', '', None, True, 'EIO', False), (0, warned, 'Later.\n', 'sync', True, 'EIO', True),
      (0, out, 'Later.\n', 'sync', True, 'EIO', False), (0, warned, '', None, True, 'EIO', False),
      (2, '', no, 'write', False, 'ENOSPC', False),
      (2, '', 'No room. ' + no, 'write', False, 'ENOSPC', True),
  ]
  faults = []
  for status, out, err, kind, done, errno, is_good in cases:
    if (not check_truth(step, Result(status, out, err, 0, 0, kind), done, errno)) != is_good:
      faults.append(f'{status} {out} {err}')
  tap.point(faults, 'what is told and not true is found')


def count_entries(root):
  return len(read_entries(root)) if has_store(root) else 0


def is_done(root, step, result):
  """Whether the step did what it is for, whatever it said."""
  if step.makes > 0:
    return count_entries(root) == step.n_after
  return result.status == 0 or step.leaves(root)


def check_once_more(root, step):
  """The step that failed works now, and takes away what it left."""
  result = run_program(root, step.words)
  if result.status != 0 or result.err:
    return [f'once more: {describe(result)}']
  return find_litter(root)


def check_after(session, root, step, result, was_killed, may_litter):
  """After a failure in one step: what is there, and going on."""
  faults = [] if was_killed else check_sentence(result)
  done = count_entries(root)
  if result.status == 0 and done != step.n_after:
    faults.append(f'{done} entries are there after success, and not {step.n_after}')
  if get_entries(result.out) and done != step.n_after:
    faults.append('what was acknowledged is not there')
  if not was_killed and result.status != 0 and get_entries(result.out):
    faults.append('an entry was acknowledged and then the program failed')
  if done not in (step.n_before, step.n_after):
    faults.append(f'{done} entries are there, and not {step.n_before} or {step.n_after}')
  if has_store(root):
    faults += verify(root)
    if done > 0 and read_entries(root)[:step.n_before] != session.entries[:step.n_before]:
      faults.append('earlier entries were changed')
  if result.status > 0 and not may_litter:
    faults += find_litter(root)
  if not faults and not is_done(root, step, result):
    faults += check_once_more(root, step)
    done = step.n_after
  return (faults or work_on(session, root, done) or
          check_copies(root, session.get_copies(step, True)))


def fail(session, folder, number, step, at, errno, forever):
  """Returns faults, and whether the program said that it is not certain."""
  root = os.path.join(folder, f'fail-{number}')
  copy_root(step.snapshot, root)
  try:
    kinds = ENOSPC_KINDS if errno == 'ENOSPC' else None
    result = run_program(root, step.words, kinds=kinds, at=at, errno=errno, forever=forever)
    was_killed = errno is None and result.n_failed > 0
    may_litter = errno == 'EIO' and forever  # removing fails as well
    faults = []
    if not was_killed:
      faults = check_truth(step, result, is_done(root, step, result), errno)
    faults += check_after(session, root, step, result, was_killed, may_litter)
    return faults, UNCERTAIN in result.err
  except (OSError, sqlite3.Error, ValueError) as error:
    return [repr(error)], False
  finally:
    shutil.rmtree(root)


def choose(session, n, choice):
  """Samples (step, which change, errno, forever): the changes evenly, and each step."""
  samples = []
  for i in range(n):
    errno = ['ENOSPC', 'EIO', 'ENOSPC', 'EIO', None][i % 5]
    totals = [step.n_for_errno[errno or 'EIO'] for step in session.steps]
    if i // 5 % 2 == 0:
      position = int((i + choice.random()) * sum(totals) / n)
      number = 0
      while position >= totals[number]:
        position -= totals[number]
        number += 1
    else:
      number = int((i + choice.random()) * len(totals) / n)
      position = choice.randrange(totals[number])
    forever = errno is not None and choice.random() < 0.5
    samples.append((session.steps[number], position + 1, errno, forever))
  return samples


def test_failures(tap, session, folder, n, choice):
  n_uncertain = 0
  with concurrent.futures.ThreadPoolExecutor(get_workers()) as pool:
    waiting = [(sample, pool.submit(fail, session, folder, number, *sample))
               for number, sample in enumerate(choose(session, n, choice))]
    for (step, at, errno, forever), future in waiting:
      faults, is_uncertain = future.result()
      what = f'{errno or "killed"}{" for ever" if forever else ""}'
      tap.point(faults, f'{what} at {at} of {step.n_for_errno[errno or "EIO"]}: {step.name}')
      n_uncertain += is_uncertain
  tap.note(f'of {n_uncertain} acts it was told that it is not certain')


def find_commit(step):
  """Which of its changes makes the entry durable: the first sync of the log that is written to."""
  counted = [change for change in step.changes if change.is_counted]
  return next(at for at, change in enumerate(counted, 1)
              if change.kind == 'sync' and change.path.endswith('juanzong.db-wal'))


def test_uncertain(tap, session, folder):
  """The commit of each act that cannot be made durable; whoever looks finds it, or does not."""
  for name in ['note', 'attach shared again', 'change setting']:
    step = session.find_step(name)
    for errno, forever in [('EIO', False), ('EIO', True)]:
      faults, is_uncertain = fail(session, folder, name, step, find_commit(step), errno, forever)
      if not is_uncertain:
        faults.append('it was told as certain')
      what = f'{errno}{" for ever" if forever else ""}'
      tap.point(faults, f'a commit that is not certain, {what}: {name}')


def run_and_time(root, words):
  start = time.monotonic()
  result = run_program(root, words)
  return result, time.monotonic() - start


def test_reader(tap, session, folder):
  """A reader who keeps the traces of a destroyed case there keeps nobody from working."""
  root = os.path.join(folder, 'read')
  step = session.find_step('destroy')
  copy_root(step.snapshot, root)
  faults = []
  with contextlib.closing(sqlite3.connect(os.path.join(root, 'store', 'juanzong.db'))) as reader:
    reader.execute('BEGIN')
    reader.execute('SELECT count (*) FROM entry').fetchall()
    for words in [step.words, *[['do', 'STORE', '--as', 'admin', '--json', 'person.add',
                                 json.dumps({'user': user, 'name': '某某'})]
                                for user in ['first', 'second']]]:
      result, duration = run_and_time(root, words)
      faults += check_sentence(result)
      if result.status != 0 or len(get_entries(result.out)) != 1:
        faults.append(f'it was not done: {describe(result)}')
      if get_warnings(result.out) != result.err.splitlines() or 'reading' not in result.err:
        faults.append(f'it was not told what is owed: {result.out} {result.err}')
      if duration > 12:
        faults.append(f'it took {duration:.1f} s')
    faults += verify(root)
  if not query(root, 'SELECT task FROM owed'):
    faults.append('nothing is owed, although somebody reads')
  faults += work_on(session, root, step.n_after + 2)
  tap.point(faults, 'a reader is in the way of a destruction')
  shutil.rmtree(root)


def read_folder(path):
  """Everything in a folder, to see whether anything was changed."""
  found = {}
  for parent, folders, names in os.walk(path):
    for name in folders + names:
      file = os.path.join(parent, name)
      status = os.lstat(file)
      found[os.path.relpath(file, path)] = (status.st_mode, status.st_size, status.st_mtime_ns,
                                            status.st_ino)
  return found


def test_backup_is_left_alone(tap, session, folder):
  """No act is done in a backup, and not even a lock is left there; it is for its owner only."""
  root = os.path.join(folder, 'backed-up')
  copy_root(session.find_step('note after backup').snapshot, root)
  backup = os.path.join(root, 'backup')
  before = read_folder(backup)
  result = run_program(root, ['do', 'ROOT/backup', '--as', 'admin', 'person.add',
                              json.dumps({'user': 'new', 'name': '某某'})])
  faults = check_sentence(result)
  if result.status != 3:
    faults.append(describe(result))
  after = read_folder(backup)
  faults += [f'{name} was changed or made' for name in sorted(set(before.items()) ^
                                                              set(after.items()))]
  tap.point(faults, 'an act in a backup leaves it alone')
  shutil.rmtree(root)


def test_private(tap, session):
  """Databases and folders are for their owner only."""
  faults = []
  for parent, folders, names in os.walk(session.root):
    for name in folders + [name for name in names if '.db' in name]:
      path = os.path.join(parent, name)
      if os.stat(path).st_mode & 0o077:
        faults.append(f'{os.path.relpath(path, session.root)} may be read by others')
  tap.point(faults, 'nobody else may look')


def add_people(root, names, **how):
  people = [{'user': name, 'name': '某某'} for name in names]
  return run_program(root, ['do', 'STORE', '--as', 'admin', '--json', 'person.add',
                            json.dumps(people)], **how)


def test_kills(tap, session, folder, n, choice):
  """A loop of kill -9 at any instant, in one store, as in a bad week."""
  root = os.path.join(folder, 'killed')
  copy_root(session.root, root)
  start = time.monotonic()
  acknowledged = set(get_entries(add_people(root, [f'first-{i}' for i in range(100)]).out))
  duration = time.monotonic() - start
  faults = []
  n_killed = 0
  for i in range(n):
    names = [f'p{i}-{j}' for j in range(choice.choice([1, 5, 50, 200]))]
    result = add_people(root, names, kill=choice.uniform(0.1, 1.5) * duration)
    n_killed += result.status < 0
    acknowledged.update(get_entries(result.out))
    if result.status > 0:
      faults.append(describe(result))
    if i % 5 == 4:
      faults += verify(root)
  entries = read_entries(root)
  missing = acknowledged - {entry for entry, _ in entries}
  faults += [f'acknowledged, and not there: {entry}' for entry in sorted(missing)]
  if entries[:len(session.entries)] != session.entries:
    faults.append('earlier entries were changed')
  faults += check_store(session, root, {len(entries)})
  tap.note(f'{n_killed} of {n} were killed, {len(acknowledged)} entries acknowledged')
  tap.point(faults, 'kill -9 at any instant')


def mount_apart():
  """Starts this program again where nobody else sees what it mounts, and nothing stays mounted."""
  unshare = shutil.which('unshare')
  apart = [unshare, '--mount', '--propagation', 'private']
  if 'JZ_FAULT_APART' in os.environ or not unshare or \
      subprocess.run(apart + ['true'], capture_output=True, check=False).returncode != 0:
    return
  os.environ['JZ_FAULT_APART'] = '1'
  os.execv(unshare, apart + [sys.executable, *sys.argv])


@contextlib.contextmanager
def mount_small_disk(folder, size):
  """A disk of so many bytes, or None where that is not permitted, with the reason."""
  point = os.path.join(folder, 'disk')
  os.mkdir(point)
  mount = shutil.which('mount')
  if 'JZ_FAULT_APART' not in os.environ:
    yield None, 'mounting apart from others is not permitted'
    return
  done = mount and subprocess.run([mount, '-t', 'tmpfs', '-o', f'size={size}', 'tmpfs', point],
                                  capture_output=True, text=True, check=False)
  if not done or done.returncode != 0:
    why = done.stderr.strip().splitlines() if done else []
    yield None, why[0] if why else 'there is no program mount that works'
    return
  try:
    yield point, None
  finally:
    subprocess.run(['umount', point], check=True)


def fill(path, leaves):
  """Takes all room of the disk but so many bytes."""
  room = os.statvfs(os.path.dirname(path))
  with open(path, 'wb') as file:
    file.write(bytes(max(0, room.f_bavail * room.f_frsize - leaves)))


def run_on_full_disk(root, filler, step):
  """The step, with more and more room, until it succeeds."""
  faults = []
  n_failed = 0
  for leaves in [0, 4 << 10, 40 << 10, 400 << 10, 8 << 20]:
    fill(filler, leaves)
    result = run_program(root, step.words)
    os.unlink(filler)
    done = is_done(root, step, result)
    faults += check_sentence(result) + check_truth(step, result, done, 'ENOSPC')
    if done:
      break
    n_failed += 1
  if not is_done(root, step, result):
    faults.append('it never succeeded')
  return faults, n_failed


def test_small_disk(tap, session, folder):
  """A disk on which each step finds less room than it needs."""
  with mount_small_disk(folder, 40 << 20) as (point, why):
    if point is None:
      tap.skip('a disk that is full', why)
      return
    root = os.path.join(point, 'root')
    for step in session.steps:
      copy_root(step.snapshot, root)
      faults, n_failed = run_on_full_disk(root, os.path.join(point, 'filler'), step)
      faults = (faults or check_store(session, root, {step.n_after}) or
                check_copies(root, session.get_copies(step, True)))
      tap.point(faults, f'a disk that is full, failed {n_failed} times: {step.name}')
      shutil.rmtree(root)


def main():
  mount_apart()
  n = get_number('JZ_FAULT_SAMPLES', 100)
  seed = get_seed()
  tap = Tap()
  tap.note(f'JZ_FAULT_SEED={seed} JZ_FAULT_SAMPLES={n}')
  choice = random.Random(seed)
  with make_folder() as folder:
    session = Session(folder, keeps_snapshots=True)
    session.run()
    test_check_sentence(tap)
    test_check_truth(tap)
    test_private(tap, session)
    test_backup_is_left_alone(tap, session, folder)
    test_reader(tap, session, folder)
    test_uncertain(tap, session, folder)
    test_failures(tap, session, folder, n, choice)
    test_kills(tap, session, folder, max(10, n // 5), choice)
    test_small_disk(tap, session, folder)
  return tap.done()


if __name__ == '__main__':
  sys.exit(main())
