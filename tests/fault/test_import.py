# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills at sampled changes of the import of a large file (R-20).

Nothing is half, nothing is lost: what is there afterwards verifies, the import that is done again
goes on where it was, and the file is in the case once; where nobody does it again, no content stays
of which nobody knows. With more samples the file has 200 MB.
"""

import hashlib
import json
import os
import random
import shutil
import sys

from crash_image import read_trace
from session import (Tap, copy_root, describe, get_number, get_seed, make_folder, query,
                     run_program)

MIB = 1024 * 1024


def make_source(path, size, choice):
  digest = hashlib.sha256()
  with open(path, 'wb') as source:
    for _ in range(size // MIB):
      piece = choice.randbytes(MIB)
      digest.update(piece)
      source.write(piece)
    source.write(b'rest')
    digest.update(b'rest')
  return digest.hexdigest()


def must(result):
  if result.status != 0:
    raise AssertionError(describe(result))
  return result


def make_store(root):
  """An invented office with one case, in which somebody can add files."""
  must(run_program(root, ['demo', 'STORE', '--cases', '12']))
  cases = json.loads(must(run_program(root, ['case', 'list', 'STORE', '--json'])).out)
  return next(case['id'] for case in cases if case['stage'] == 'open')


def find_stage(path):
  """Documents may be all that a step left in incoming/."""
  return sorted(name.rsplit('.', 1)[-1] for name in os.listdir(path))


def import_file(root, case, password, **how):
  args = json.dumps({'case': case, 'file': os.path.join(root, 'source.mp4')})
  return run_program(root, ['do', 'STORE', '--as', 'wu', '--password-file', password, 'attachment.add', args],
                     **how)


def count(root, hexes):
  return query(root, f"SELECT count (*) FROM attachment WHERE lower (hex (object)) = '{hexes}'")[0][0]


def find_unnamed(root):
  """What lies in the store and no entry names."""
  named = {row[0] for row in query(root, 'SELECT lower (hex (object)) FROM object_use')}
  objects = os.path.join(root, 'store', 'objects')
  return {head + rest for head in os.listdir(objects) for rest in os.listdir(os.path.join(objects, head))} - named


def note(root, case, password):
  """Another act, which opens the store for writing and so clears up first."""
  args = json.dumps({'case': case, 'text': '来电说明情况。'})
  return run_program(root, ['do', 'STORE', '--as', 'wu', '--password-file', password, 'case.note', args])


def check_forgotten(root, case, password, digest, at, known):
  """Killed, and nobody does it again: the next act finds the copy, and nothing is left of it."""
  killed = import_file(root, case, password, at=at)
  if killed.status == 0:
    return ['it was not killed']
  other = note(root, case, password)
  if other.status != 0:
    return [f'another act: {describe(other)}']
  faults = []
  if digest in find_unnamed(root) - known:
    faults.append('the copy lies there, and nobody knows of it')
  left = [name for name in os.listdir(os.path.join(root, 'store', 'incoming')) if name.endswith('.arrived')]
  if left:
    faults.append(f'left behind: {left}')
  verified = run_program(root, ['verify', 'STORE'])
  return faults + ([f'verify: {describe(verified)}'] if verified.status != 0 else [])


def find_named_at(trace):
  """Which change gives the copy its name; what comes after it is where it could be forgotten."""
  changes = [change for change in read_trace(trace) if change.is_counted]
  return next(i for i, change in enumerate(changes, 1)
              if change.kind == 'rename' and change.path.endswith('.part'))


def check(root, case, password, digest, at, whole, named_at):
  faults = []
  killed = import_file(root, case, password, at=at)
  if killed.status == 0:
    return ['it was not killed']
  incoming = os.path.join(root, 'store', 'incoming')
  n_before = count(root, digest)
  tickets = find_stage(incoming)
  verified = run_program(root, ['verify', 'STORE'])
  if verified.status != 0:
    faults.append(f'verify after the kill: {describe(verified)}')
  if n_before == 0:
    again = import_file(root, case, password)
    if again.status != 0:
      faults.append(f'once more: {describe(again)}')
    # What was copied is not written again, but for the few pieces that were on their way to be hashed.
    if 'part' in tickets and at > named_at * 2 // 3 and again.n_changes > whole - at // 3:
      faults.append(f'it did not go on: {again.n_changes} changes of {whole}')
  # It was killed when the entry stood and the note of its arrival was still there.
  elif note(root, case, password).status != 0:
    faults.append('nothing can be done after the kill')
  if count(root, digest) != 1:
    faults.append(f'the file is in the case {count(root, digest)} times')
  if os.listdir(incoming):
    faults.append(f'left behind: {os.listdir(incoming)}')
  verified = run_program(root, ['verify', 'STORE'])
  if verified.status != 0:
    faults.append(f'verify at the end: {describe(verified)}')
  return faults


def test_full(tap, root, folder, case, password, digest, whole):
  """No room in the middle, or where the act is written: one sentence, nothing kept but a note of what is
  whole, and with room it works."""
  copy = os.path.join(folder, 'full')
  copy_root(root, copy)
  shutil.copyfile(os.path.join(root, 'source.mp4'), os.path.join(copy, 'source.mp4'))
  failed = import_file(copy, case, password, kinds='write', at=whole // 3, errno='ENOSPC', forever=True)
  faults = []
  if failed.status != 2 or len(failed.err.strip().splitlines()) != 1:
    faults.append(f'no single sentence: {describe(failed)}')
  incoming = os.path.join(copy, 'store', 'incoming')
  if set(find_stage(incoming)) - {'arrived'} or count(copy, digest) != 0:
    faults.append('something was kept')
  again = import_file(copy, case, password)
  if again.status != 0 or count(copy, digest) != 1 or os.listdir(incoming):
    faults.append(f'with room: {describe(again)}')
  tap.point(faults, 'a disk that is full in the middle of an import')
  shutil.rmtree(copy)


def main():
  tap = Tap()
  seed = get_seed()
  choice = random.Random(seed)
  n_samples = get_number('JZ_FAULT_SAMPLES', 8)
  size = (200 if n_samples > 20 else 24) * MIB
  tap.note(f'seed {seed}, {size // MIB} MiB')
  with make_folder() as folder:
    root = os.path.join(folder, 'root')
    os.mkdir(root)
    password = os.path.join(folder, 'password')
    with open(password, 'w', encoding='utf-8') as file:
      file.write('demo')
    case = make_store(root)
    digest = make_source(os.path.join(root, 'source.mp4'), size, choice)
    whole_root = os.path.join(folder, 'whole')
    copy_root(root, whole_root)
    trace = os.path.join(folder, 'trace')
    whole = must(import_file(whole_root, case, password, trace=trace)).n_changes
    named_at = find_named_at(trace)
    known = find_unnamed(root)
    shutil.rmtree(whole_root)
    tap.note(f'{whole} changes')
    # One of them stands where most of the file is copied.
    for i, at in enumerate([1 + int((i + choice.random()) * whole / n_samples) for i in range(n_samples)] +
                           [named_at * 7 // 8]):
      copy = os.path.join(folder, f'copy-{i}')
      copy_root(root, copy)
      tap.point(check(copy, case, password, digest, at, whole, named_at), f'killed at change {at} of {whole}')
      shutil.rmtree(copy)
    for at in range(named_at, whole + 1, 1 + (whole - named_at) * 2 // n_samples):
      copy = os.path.join(folder, f'forgotten-{at}')
      copy_root(root, copy)
      tap.point(check_forgotten(copy, case, password, digest, at, known), f'forgotten at change {at} of {whole}')
      shutil.rmtree(copy)
    test_full(tap, root, folder, case, password, digest, whole)
  return tap.done()


if __name__ == '__main__':
  sys.exit(main())
