# SPDX-License-Identifier: GPL-3.0-or-later
"""The shim itself: it records every call, finds what goes around it, and fails what it is told to.

JZ_FAULT_CALLS is the program that makes the calls (calls.c).
"""

import errno
import os
import signal
import struct
import subprocess
import sys

from crash_image import KINDS, Disk, read_trace
from session import Tap, get_environment, make_folder

AROUND = ['stream', 'handle', 'memory', 'system', 'name', 'mode', 'symlink']


def call(folder, name, how, **settings):
  """Runs the program in a new folder; returns process, folder, trace and counter."""
  root = os.path.join(folder, name)
  os.mkdir(root)
  trace = root + '.trace'
  counter = root + '.counter'
  settings = {'JZ_FAULT_TRACE': trace, 'JZ_FAULT_COUNTER': counter, **settings}
  process = subprocess.run([os.environ['JZ_FAULT_CALLS'], root, how],
                           env=get_environment(root, settings), capture_output=True, text=True,
                           check=False)
  with open(counter, 'rb') as file:
    *numbers, kind = struct.unpack('<QQQ', file.read(24))
  changes = read_trace(trace)
  if numbers[1] > 0 and settings.get('JZ_FAULT_KINDS') and \
          KINDS[kind] not in settings['JZ_FAULT_KINDS'].split(','):
    raise ValueError(f'{KINDS[kind]} was made to fail')
  return process, root, changes, tuple(numbers)


def compare(changes, root):
  """Differences between a trace and the folder; what the model does not know is one of them."""
  disk = Disk()
  try:
    for change in changes:
      disk.apply(change)
  except (ValueError, KeyError) as error:
    return [str(error)]
  return disk.compare(root)


def test_all(tap, folder):
  process, root, changes, (n_changes, n_failed) = call(folder, 'all', 'all')
  faults = compare(changes, root)
  if process.returncode != 0:
    faults.append(process.stderr)
  if n_failed != 0 or n_changes != sum(change.is_counted for change in changes):
    faults.append(f'{n_changes} changes were counted, {n_failed} failed')
  missing = {'create', 'write', 'truncate', 'rename', 'link', 'unlink', 'mkdir', 'rmdir', 'sync',
             'mode'} - {change.kind for change in changes}
  faults += [f'no {kind} was recorded' for kind in sorted(missing)]
  tap.point(faults, 'every call is recorded')
  return n_changes


def test_around(tap, folder):
  for how in AROUND:
    process, root, changes, _ = call(folder, how, how)
    faults = [process.stderr] if process.returncode != 0 else []
    if not compare(changes, root):
      faults.append('it was not found')
    tap.point(faults, f'what goes around the shim is found: {how}')


def test_kill(tap, folder, n_changes):
  """Killed just before the k-th change: there are k - 1 of them, on disk and in the trace."""
  faults = []
  for at in range(1, n_changes + 1):
    process, root, changes, numbers = call(folder, f'kill-{at}', 'all', JZ_FAULT_AT=at)
    if process.returncode != -signal.SIGKILL or numbers != (at, 1) or len(changes) != at - 1:
      faults.append(f'at {at}: ended with {process.returncode}, counted {numbers}')
    faults += [f'at {at}: {difference}' for difference in compare(changes, root)]
  tap.point(faults, 'the program is killed before any change')


def test_fail(tap, folder, n_changes):
  for name in ['ENOSPC', 'EIO']:
    faults = []
    sentence = os.strerror(getattr(errno, name))
    for at in range(1, n_changes + 1):
      process, root, changes, numbers = call(folder, f'{name}-{at}', 'all', JZ_FAULT_AT=at,
                                             JZ_FAULT_ERRNO=name)
      # posix_fallocate() tells its error otherwise, so there the sentence is another.
      if process.returncode != 2 or numbers[1] != 1 or len(changes) != at - 1 or \
              (sentence not in process.stderr and 'fallocate' not in process.stderr):
        faults.append(f'at {at}: {process.returncode} {numbers} {process.stderr}')
      faults += [f'at {at}: {difference}' for difference in compare(changes, root)]
    tap.point(faults, f'any change fails with {name}')


def test_kinds(tap, folder):
  """Only the kinds that were named count, and a full disk takes a part first."""
  process, root, changes, numbers = call(folder, 'kinds', 'all', JZ_FAULT_AT=1,
                                         JZ_FAULT_KINDS='rename,mkdir', JZ_FAULT_ERRNO='EIO')
  faults = []
  if process.returncode != 2 or numbers != (1, 1) or changes[-1].kind == 'mkdir':
    faults.append(f'{process.returncode} {numbers} {changes[-1]}')
  process, root, changes, numbers = call(folder, 'full', 'all', JZ_FAULT_AT=1,
                                         JZ_FAULT_KINDS='write,create', JZ_FAULT_ERRNO='ENOSPC',
                                         JZ_FAULT_FOREVER='1')
  if process.returncode != 2 or changes:
    faults.append(f'{process.returncode} {numbers}')
  process, root, changes, numbers = call(folder, 'half', 'all', JZ_FAULT_AT=1,
                                         JZ_FAULT_KINDS='write', JZ_FAULT_ERRNO='ENOSPC',
                                         JZ_FAULT_FOREVER='1')
  if process.returncode != 2 or [len(change.data) for change in changes] != [0, 5]:
    faults.append(f'{process.returncode} {numbers} {[str(change) for change in changes]}')
  tap.point(faults + compare(changes, root), 'kinds are chosen, and a full disk takes half')


def main():
  tap = Tap()
  with make_folder() as folder:
    n_changes = test_all(tap, folder)
    test_around(tap, folder)
    test_kill(tap, folder, n_changes)
    test_fail(tap, folder, n_changes)
    test_kinds(tap, folder)
  return tap.done()


if __name__ == '__main__':
  sys.exit(main())
