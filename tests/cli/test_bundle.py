#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_bundle.py JUANZONGCTL: publish and check-bundle on an invented office, and what they say."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'structure'))
from tap import Tap

ALL = ['--from', '2025-01-02', '--to', '2026-03-02']


class Office:
  def __init__(self, program, folder):
    self.program = os.path.abspath(program)
    self.folder = folder
    self.store = os.path.join(folder, 'office')
    self.run('demo', self.store, '--cases', '6')

  def run(self, *words):
    done = subprocess.run([self.program, *words], cwd=self.folder, capture_output=True, encoding='utf-8',
                          stdin=subprocess.DEVNULL, timeout=240, env=dict(os.environ, LANGUAGE='C', LC_ALL='C.UTF-8'))
    return done.returncode, done.stdout, done.stderr

  def path(self, name):
    return os.path.join(self.folder, name)

  def read(self, name):
    with open(self.path(name), 'rb') as file:
      return file.read()


def expect(office, words, status, said=''):
  result = office.run(*words)
  faults = [] if result[0] == status else [f'{words} ends with {result[0]}: {result[1:]}']
  if said not in result[1] + result[2]:
    faults.append(f'{words} does not say “{said}”: {result[1:]}')
  if status == 2 and len(result[2].strip().split('\n')) != 1:
    faults.append(f'not one sentence: {result[2]}')
  return faults


def check_publish(tap, office):
  for name in ('公示.zip', '公示.tar.gz', '公示.tar.zst'):
    faults = expect(office, ['publish', office.store, *ALL, '-o', name], 0, name)
    first = office.read(name)
    faults += expect(office, ['publish', office.store, '--from', '2024-01-01', '--to', '2027-01-01', '-o', name], 0)
    if office.read(name) != first:
      faults.append('not the same bytes')
    faults += expect(office, ['check-bundle', name], 0, 'nothing in it is real')
    tap.check(f'publish {name}', faults)
  office.run('publish', office.store, *ALL, '-o', 'other', '--format', 'tar.gz')
  tap.check('publish in a format', [] if office.read('other')[:2] == b'\x1f\x8b' else ['no gzip'])


def check_refusals(tap, office):
  bundle = ['do', office.store, '--as', 'gao', 'publication.bundle']
  for name, words, status, said in (
      ('no days', ['publish', office.store, '-o', 'x.zip'], 1, '--from'),
      ('no place', ['publish', office.store, *ALL], 1, '-o'),
      ('no date', ['publish', office.store, '--from', 'x', '--to', '2026-01-01', '-o', 'x.zip'], 1, 'x'),
      ('no format', ['publish', office.store, *ALL, '-o', 'x.rar'], 1, '.zip'),
      ('unknown format', ['publish', office.store, *ALL, '-o', 'x.zip', '--format', 'rar'], 1, '.zip'),
      ('no store', ['publish', office.path('no'), *ALL, '-o', 'x.zip'], 2, ''),
      ('no bundle', ['publish', office.store, '--from', '2025-01-03', '--to', '2026-03-02', '-o', 'x.zip'], 2,
       'publication.bundle'),
      ('no folder', ['publish', office.store, *ALL, '-o', 'no/x.zip'], 2, 'x.zip'),
      ('nothing released', [*bundle, '{"from":"2025-01-02","to":"2025-01-31"}'], 3, 'J-BUNDLE'),
      ('not over yet', [*bundle, '{"from":"2025-01-02","to":"2026-12-31"}'], 3, 'J-BUNDLE'),
      ('no role', ['do', office.store, '--as', 'wu', 'publication.bundle', '{"from":"2025-01-02","to":"2026-03-02"}'], 3,
       'J-ROLE'),
      ('no file', ['check-bundle', 'no.zip'], 2, 'no.zip'),
      ('a folder', ['check-bundle', office.store], 2, ''),
      ('no certificate', ['check-bundle', '公示.zip', '--ca', '公示.zip'], 2, ''),
      ('nothing to check', ['check-bundle'], 1, '')):
    faults = expect(office, words, status, said)
    if os.path.exists(office.path('x.zip')):
      faults.append('something was written')
    tap.check(name, faults)


def check_certificates(tap, office):
  store = json.loads(office.run('check-bundle', '--json', '公示.zip')[1])['store']
  office.run('prove', office.store, f'{store}-1', '-o', 'proof', '--certificates', 'certificates')
  names = os.listdir(office.path('certificates')) if os.path.isdir(office.path('certificates')) else []
  stores = [name for name in names if len(name) == 20]
  tap.check('certificates', [] if 'ca.pem' in names and len(stores) == 1 else [repr(names)])
  if len(stores) == 1:
    status, out, _ = office.run('check-bundle', '公示.zip', '--json', '--ca', 'certificates/ca.pem', '--certificate',
                                f'certificates/{stores[0]}')
    report = json.loads(out)
    tap.check('trusted', [] if status == 0 and report['sound'] and report['trusted'] and report['demo'] else [out])
    tap.check('another certificate', expect(office, ['check-bundle', '公示.zip', '--certificate', 'certificates/ca.pem'],
                                            4, 'certificate.pem'))


def change(office, name, path, content):
  """The same ZIP with one file changed, or without it."""
  with zipfile.ZipFile(office.path('公示.zip')) as old, zipfile.ZipFile(office.path(name), 'w') as new:
    for info in old.infolist():
      if not info.filename.endswith(path):
        new.writestr(info, old.read(info))
      elif content is not None:
        new.writestr(info, content)


def check_altered(tap, office):
  for path, content in (('data/index.html', b'x'), ('data/data.csv', None), ('tagmanifest.sig', b'x'),
                        ('checkpoint.txt', b'x'), ('certificate.pem', None)):
    change(office, 'altered.zip', path, content)
    tap.check(f'altered: {path}', expect(office, ['check-bundle', 'altered.zip'], 4, path))
    _, out, _ = office.run('check-bundle', '--json', 'altered.zip')
    report = json.loads(out)
    tap.check(f'altered: {path}, JSON', [] if not report['sound'] and report['faults'] else [out])
  change(office, 'altered.zip', 'data/index.html', b'x')
  tap.check('as a plain bag', expect(office, ['check-bundle', '--bag', 'altered.zip'], 4, 'index.html'))
  tap.check('a good one as a plain bag', expect(office, ['check-bundle', '--bag', '公示.zip'], 0, 'not checked'))


def main(program):
  tap = Tap()
  folder = tempfile.mkdtemp(prefix='juanzong-bundle-')
  try:
    office = Office(program, folder)
    check_publish(tap, office)
    check_refusals(tap, office)
    check_certificates(tap, office)
    check_altered(tap, office)
  finally:
    shutil.rmtree(folder)
  return tap.end()


if __name__ == '__main__':
  sys.exit(main(*sys.argv[1:]))
