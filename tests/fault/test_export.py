# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing a bundle, killed and failing at each of its changes of the disk.

That of a demo office as the program writes it, which reaches the disk in one piece, and one of
several megabytes. Afterwards there is what was there before or a whole bundle, never a half one; a failure is told in
one sentence and leaves nothing behind; and the next run writes the same bytes.
"""

import os
import random
import shutil
import subprocess
import sys

from session import Tap, describe, get_number, get_seed, make_folder, run_program

PERIOD = ['--from', '2025-01-02', '--to', '2026-03-02']
OLD = b'what was there before'
FORMATS = ['zip', 'tar.gz', 'tar.zst']
LARGE_FORMATS = ['zip', 'tar.zst']


def make_store(folder):
  store = os.path.join(folder, 'office')
  subprocess.run([os.environ['JUANZONGCTL'], 'demo', store, '--cases', '6'], check=True, stdout=subprocess.DEVNULL)
  return store


def make_large_store(folder):
  store = os.path.join(folder, 'large')
  os.mkdir(store)
  subprocess.run([os.environ['JZ_FAULT_WRITE_BUNDLE'], '--fill', store], check=True)
  return store


class Export:
  """One bundle, written into a folder of its own."""

  def __init__(self, folder, store, ending):
    self.root = os.path.join(folder, ending)
    self.store = store
    self.name = f'公示.{ending}'
    self.path = os.path.join(self.root, self.name)
    os.mkdir(self.root)
    self.n_changes = self.run().n_changes
    self.whole = self.read()

  def read(self):
    if not os.path.exists(self.path):
      return None
    with open(self.path, 'rb') as file:
      return file.read()

  def clear(self, is_there):
    shutil.rmtree(self.root)
    os.mkdir(self.root)
    if is_there:
      with open(self.path, 'wb') as file:
        file.write(OLD)

  def run(self, **faults):
    return run_program(self.root, ['publish', self.store, *PERIOD, '-o', os.path.join('ROOT', self.name)], **faults)

  def get_least_changes(self):
    """It is written, made durable and given its name, and the folder is made durable."""
    return 4

  def find_litter(self):
    return [f'{name} was left there' for name in os.listdir(self.root) if name != self.name]

  def check_again(self):
    result = self.run()
    if result.status != 0 or self.read() != self.whole:
      return [f'the next run does not write the same: {describe(result)}']
    return self.find_litter()

  def check_killed(self, at, is_there):
    self.clear(is_there)
    result = self.run(at=at)
    before = OLD if is_there else None
    if result.status >= 0:
      return [f'it was not killed: {describe(result)}']
    if self.read() not in (before, self.whole):
      return ['there is a half bundle']
    return self.check_again()

  def check_failed(self, at, errno, forever):
    self.clear(True)
    result = self.run(at=at, errno=errno, forever=forever)
    if result.status not in (0, 2) or (result.status == 2 and len(result.err.strip().splitlines()) != 1):
      return [f'no sentence: {describe(result)}']
    if result.status == 0 and self.read() != self.whole:
      return ['it was told to be written, and is not']
    if self.read() not in (OLD, self.whole):
      return ['there is a half bundle']
    # What cannot be removed because nothing can is begun anew by the next run.
    return (self.find_litter() if not forever else []) or self.check_again()


class LargeExport(Export):
  """As many pieces as a real period has."""

  def __init__(self, folder, store, ending):
    super().__init__(folder, store, f'large.{ending}')

  def get_least_changes(self):
    return 12

  def run(self, **faults):
    return run_program(self.root, [self.store, os.path.join('ROOT', self.name)], program='JZ_FAULT_WRITE_BUNDLE',
                       **faults)


def sample(choice, n_changes, n):
  """The first and the last ones always: there is the name given."""
  ends = set(range(1, min(3, n_changes) + 1)) | set(range(max(1, n_changes - 3), n_changes + 1))
  return sorted(ends | {choice.randint(1, n_changes) for _ in range(n)})


def try_export(tap, choice, export, name, n):
  tap.note(f'{name}: {export.n_changes} changes, {len(export.whole)} bytes')
  tap.point([] if export.n_changes > export.get_least_changes() else ['there are hardly any changes'],
            f'{name} is written')
  for at in sample(choice, export.n_changes, n):
    tap.point(export.check_killed(at, choice.random() < 0.5), f'{name}: killed before change {at}')
    errno = choice.choice(['ENOSPC', 'EIO'])
    tap.point(export.check_failed(at, errno, choice.random() < 0.5), f'{name}: {errno} at change {at}')


def main():
  n = get_number('JZ_FAULT_SAMPLES', 100) // 10
  seed = get_seed()
  choice = random.Random(seed)
  tap = Tap()
  tap.note(f'JZ_FAULT_SEED={seed}')
  with make_folder() as folder:
    store = make_store(folder)
    for ending in FORMATS:
      try_export(tap, choice, Export(folder, store, ending), ending, n)
    large = make_large_store(folder)
    for ending in LARGE_FORMATS:
      try_export(tap, choice, LargeExport(folder, large, ending), f'large {ending}', n // 2)
  return tap.done()


if __name__ == '__main__':
  sys.exit(main())
