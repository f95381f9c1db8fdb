# SPDX-License-Identifier: GPL-3.0-or-later
"""Power cuts and kills at sampled changes of a whole session.

For each sample the folder is built as a crash after the k-th change could leave it. It must open
and verify, nothing that was acknowledged may be missing, of the act in hand all or nothing is
there, and the office goes on.
"""

import concurrent.futures
import os
import random
import shutil
import sqlite3
import sys

from crash_image import Disk
from session import (Session, Tap, check_copies, check_store, describe, find_litter, get_number,
                     get_seed, get_workers, has_store, make_folder, run_program)

# The hard ones more often than the one that the page cache of a living kernel saves.
IMAGES = ['random', 'dropped', 'random', 'kept']


def choose(session, n, choice):
  """Samples (step, number of changes of it that were made, image, seed).

  Half of them are spread evenly over all changes, a quarter over the steps, so that short ones
  are not missed, and a quarter stand where a step has just told that it is done.
  """
  samples = []
  total = session.disk.n_changes
  for i in range(n):
    if i % 2 == 0:
      position = int((i + choice.random()) * total / n)
      step = max((step for step in session.steps if step.first <= position),
                 key=lambda step: step.first)
      made = position - step.first
    else:
      step = session.steps[int((i + choice.random()) * len(session.steps) / n)]
      made = step.n_said if i % 4 == 1 else choice.randint(0, step.n_changes)
    # Drawn, not taken in turn: i is bound to the position.
    samples.append((step, made, choice.choice(IMAGES), choice.randrange(1 << 32)))
  samples.sort(key=lambda sample: sample[0].first + sample[1])
  return samples


def make_linker(folder):
  """Files that nobody writes to are written once, then only named."""
  known = {}

  def link(file, content, path):
    if file.mode & 0o222:
      return False
    if file not in known:
      known[file] = os.path.join(folder, f'shared-{len(known)}')
      with open(known[file], 'wb') as shared:
        shared.write(content)
        os.fchmod(shared.fileno(), file.mode)
    os.link(known[file], path)
    return True

  return link


def check_init(root):
  """No store is there after a crash within init: it can be founded now."""
  result = run_program(root, ['init', 'STORE', '--bureau', '某局', '--admin', 'admin', '--demo'])
  return [f'init once more: {describe(result)}'] if result.status != 0 else find_litter(root)


def check(session, root, step, made, choice=None):
  possible = step.get_possible(made)
  expected = session.entries
  if not has_store(root):
    if 0 not in possible:
      return ['there is no store although init had ended']
    possible, expected = {1}, None
    faults = check_init(root)
    if faults:
      return faults
  elif step.n_before == 0:
    possible = {1}  # init is not done by halves
  return (check_store(session, root, possible, expected, choice) or
          check_copies(root, session.get_copies(step, made >= step.n_said)) or find_litter(root))


def check_and_remove(session, root, step, made, seed):
  try:
    return check(session, root, step, made, random.Random(seed))
  except (OSError, sqlite3.Error, ValueError) as error:
    return [repr(error)]
  finally:
    shutil.rmtree(root)


def follow(session, samples):
  """Goes through the trace once and stops at each sample, with the disk as it is then."""
  disk = Disk()
  changes = (change for step in session.steps for change in step.changes)
  for number, (step, made, image, seed) in enumerate(samples):
    while disk.n_changes < step.first + made:
      disk.apply(next(changes))
    yield number, disk, step, made, image, seed


def name_sample(session, step, made, image, seed):
  counted = [change for change in step.changes if change.is_counted]
  after = f'after {counted[made - 1]}' if made > 0 else 'before anything'
  return (f'{image} {step.first + made} of {session.disk.n_changes}, seed {seed}: {step.name}, '
          f'{after}').replace('#', '')


def test_images(tap, session, folder, n, choice):
  link = make_linker(folder)
  waiting = []
  workers = get_workers()

  def take():
    name, future = waiting.pop(0)
    tap.point(future.result(), name)

  with concurrent.futures.ThreadPoolExecutor(workers) as pool:
    for number, disk, step, made, image, seed in follow(session, choose(session, n, choice)):
      root = os.path.join(folder, f'image-{number}')
      disk.write_image(root, image, seed, link)
      waiting.append((name_sample(session, step, made, image, seed),
                      pool.submit(check_and_remove, session, root, step, made, seed)))
      while len(waiting) > 2 * workers:
        take()
    while waiting:
      take()


def test_forgetful_disk(tap, session, folder, name, forgets):
  """A disk on which a sync does nothing loses what was acknowledged, and the checks see it."""
  disk = Disk()
  step = session.find_step(name)
  for change in (change for other in session.steps for change in other.changes
                 if other.first <= step.first):
    is_in_step = disk.n_changes >= step.first
    if is_in_step and change.kind == 'sync' and forgets(change):
      disk.n_changes += 1
    else:
      disk.apply(change)
  root = os.path.join(folder, 'forgotten')
  disk.write_image(root, 'dropped', 0)
  faults = check_and_remove(session, root, step, step.n_changes, 0)
  tap.point([] if faults else ['nothing was missed'], f'a disk that forgets is found out: {name}')


def main():
  n = get_number('JZ_FAULT_SAMPLES', 100)
  seed = get_seed()
  tap = Tap()
  tap.note(f'JZ_FAULT_SEED={seed} JZ_FAULT_SAMPLES={n}')
  with make_folder() as folder:
    session = Session(folder)
    session.run()
    tap.note(f'{len(session.steps)} steps made {session.disk.n_changes} changes')
    tap.point(session.differences, 'the trace holds every change')
    test_forgetful_disk(tap, session, folder, 'last note', lambda change: True)
    test_forgetful_disk(tap, session, folder, 'note',
                        lambda change: 'juanzong.db' in change.path)
    test_forgetful_disk(tap, session, folder, 'attach video', lambda change: change.size)
    test_forgetful_disk(tap, session, folder, 'attach shared',
                        lambda change: 'incoming/' in change.path)
    test_forgetful_disk(tap, session, folder, 'change password',
                        lambda change: change.path.endswith('keys'))
    test_images(tap, session, folder, n, random.Random(seed))
  return tap.done()


if __name__ == '__main__':
  sys.exit(main())
