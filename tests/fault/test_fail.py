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

from session import (ENOSPC_KINDS, Result, Session, Tap, check_copies, check_store, copy_root,
                     describe, get_entries, get_number, get_seed, get_workers, has_store,
                     make_folder, read_entries, run_program, verify, work_on)


def check_sentence(result):
  """A failure is told in one sentence, and is no crash."""
  lines = result.err.strip().splitlines()
  if result.status < 0 or result.status > 4:
    return [describe(result)]
  if result.status == 0 and not lines:
    return []
  if len(lines) != 1 or not lines[0].endswith(('.', '。')) or 'CRITICAL' in lines[0] or \
          'WARNING' in lines[0]:
    return [f'not one sentence: {describe(result)}']
  return []


def test_check_sentence(tap):
  """What check_sentence() must find, and what not."""
  sentence = 'The disk is full. Free some space.\n'
  cases = [
      (0, '', True), (2, sentence, True), (0, sentence, True), (2, '', False),
      (2, sentence + sentence, False), (2, 'disk full', False), (-11, '', False),
      (-5, 'GLib-CRITICAL **: assertion failed.\n', False), (134, sentence, False),
      (2, '(process:1): GLib-CRITICAL **: it went wrong.\n', False),
  ]
  faults = [f'{status} {err}' for status, err, is_good in cases
            if (not check_sentence(Result(status, '', err, 0, 0))) != is_good]
  tap.point(faults, 'what is no sentence is found')


def count_entries(root):
  return len(read_entries(root)) if has_store(root) else 0


def is_done(root, step, result):
  """Whether the step did what it is for, whatever it said."""
  if step.makes > 0:
    return count_entries(root) == step.n_after
  return result.status == 0 or step.leaves(root)


def check_once_more(root, step):
  """The step that failed works now."""
  result = run_program(root, step.words)
  if result.status != 0 or result.err:
    return [f'once more: {describe(result)}']
  return []


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
    faults += [f'{name} was left there' for name in os.listdir(root) if '.making' in name]
  if not faults and not is_done(root, step, result):
    faults += check_once_more(root, step)
    done = step.n_after
  return (faults or work_on(session, root, done) or
          check_copies(root, session.get_copies(step, True)))


def fail(session, folder, number, step, at, errno, forever):
  """Returns faults and whether the act was done although it was told as failed."""
  root = os.path.join(folder, f'fail-{number}')
  copy_root(step.snapshot, root)
  try:
    kinds = ENOSPC_KINDS if errno == 'ENOSPC' else None
    result = run_program(root, step.words, kinds=kinds, at=at, errno=errno, forever=forever)
    was_killed = errno is None and result.n_failed > 0
    is_told_wrong = errno is not None and result.status != 0 and is_done(root, step, result)
    said = describe(result)
    may_litter = errno == 'EIO' and forever  # removing fails as well
    faults = check_after(session, root, step, result, was_killed, may_litter)
    return faults, is_told_wrong, said
  except (OSError, sqlite3.Error, ValueError) as error:
    return [repr(error)], False, ''
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
  n_told_wrong = 0
  with concurrent.futures.ThreadPoolExecutor(get_workers()) as pool:
    waiting = [(sample, pool.submit(fail, session, folder, number, *sample))
               for number, sample in enumerate(choose(session, n, choice))]
    for (step, at, errno, forever), future in waiting:
      faults, is_told_wrong, said = future.result()
      what = f'{errno or "killed"}{" for ever" if forever else ""}'
      tap.point(faults, f'{what} at {at} of {step.n_for_errno[errno or "EIO"]}: {step.name}')
      if is_told_wrong:
        tap.note(f'done, although it was told: {said}')
      n_told_wrong += is_told_wrong
  tap.note(f'{n_told_wrong} acts were done although they were told to have failed')


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
    faults += check_sentence(result)
    if result.status == 0:
      break
    n_failed += 1
    if is_done(root, step, result):
      break  # although it was told to have failed
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
    test_failures(tap, session, folder, n, choice)
    test_kills(tap, session, folder, max(10, n // 5), choice)
    test_small_disk(tap, session, folder)
  return tap.done()


if __name__ == '__main__':
  sys.exit(main())
