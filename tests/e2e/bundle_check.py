# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks a bundle of publications as somebody does who only has the tools of any Linux, following
the text that lies in it (P-06, P-42)."""

import os
import subprocess

from control import control

ENCODINGS = ('utf-8', 'utf-16-be', 'utf-16-le')


def run(*words, cwd=None):
  """Gives what a program prints; it must end well."""
  done = subprocess.run(words, cwd=cwd, capture_output=True, check=False)
  assert done.returncode == 0, (words, done.stdout[-500:], done.stderr[-500:])
  return done.stdout


def list_files(folder, *endings):
  return sorted(os.path.join(place, name) for place, _, names in os.walk(folder) for name in names
                if name.endswith(endings))


def unpack(path, folder):
  """The one folder that comes out of it, by two programs that know nothing of it."""
  run('unzip', '-t', '-q', path)
  run('bsdtar', '-t', '-f', path)
  run('unzip', '-q', path, '-d', folder)
  top, = os.listdir(folder)
  return os.path.join(folder, top)


def follow(top):
  """Runs the commands of the instructions, which are the lines that begin with four spaces."""
  with open(os.path.join(top, 'HOW-TO-CHECK.txt'), encoding='utf-8') as file:
    commands = [line.strip() for line in file if line.startswith('    ')]
  said = b''.join(run('sh', '-c', command, cwd=top) for command in commands)
  for words in ('sha256sum --check', 'openssl pkeyutl -verify'):
    assert any(words in command for command in commands), (words, commands)
  assert b'Signature Verified Successfully' in said, said


def check_forms(top):
  """PDFs and pages are sound as such."""
  papers = list_files(top, '.pdf')
  pages = list_files(top, '.html')
  assert papers and pages, (papers, pages)
  for paper in papers:
    run('qpdf', '--check', paper)
  for page in pages:
    run('tidy', '-e', '-q', page)
    run('xmllint', '--html', '--noout', page)


def each_content(top, folder):
  """The bytes of every file, and what is in those that are packed themselves."""
  for path in list_files(top, ''):
    with open(path, 'rb') as file:
      yield path, file.read()
    if path.endswith('.pdf'):
      yield path + ' as text', run('pdftotext', path, '-')
      yield path + ' unpacked', run('qpdf', '--qdf', '--object-streams=disable', '--stream-data=uncompress',
                                    path, '-')
    elif path.endswith('.xlsx'):
      place = os.path.join(folder, os.path.basename(path) + '.parts')
      run('unzip', '-q', path, '-d', place)
      for part in list_files(place, ''):
        with open(part, 'rb') as file:
          yield f'{path} {part}', file.read()


def check_bundle(build, path, folder, shown, hidden):
  """Whole, signed, readable; says what it must, and nowhere what it must not."""
  control(build, 'check-bundle', path)
  top = unpack(path, os.path.join(folder, 'bundle'))
  follow(top)
  check_forms(top)
  seen = set()
  for name, content in each_content(top, folder):
    for words in hidden:
      for encoding in ENCODINGS:
        assert words.encode(encoding) not in content, (words, name)
    seen.update((words, name.endswith(' as text')) for words in shown if words.encode() in content)
  missing = [words for words in shown if (words, False) not in seen or (words, True) not in seen]
  assert not missing, f'{missing} is not both on a page and in a PDF'
