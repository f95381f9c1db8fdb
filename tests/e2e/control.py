# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test prepares or looks up by the command line, beside the window."""

import json
import os
import subprocess


def control(build, *words):
  """Runs juanzongctl, which must succeed; gives what it prints."""
  done = subprocess.run([build + '/src/cli/juanzongctl', *words], capture_output=True, text=True,
                        env=dict(os.environ, ASAN_OPTIONS='detect_leaks=0', G_DEBUG=''),
                        check=False)
  assert done.returncode == 0, (words, done.stdout[-500:], done.stderr)
  return done.stdout


def ask(build, *words):
  """The same, read as JSON."""
  return json.loads(control(build, *words, '--json'))


def do(build, store, user, act, arguments):
  """Does an act; gives the id of what it made."""
  return ask(build, 'do', store, '--as', user, act, json.dumps(arguments))['entries'][0].get('made')


def list_cases(build, store):
  return ask(build, 'case', 'list', store)


def begin_record(build, store, number):
  """An inquiry record in the case of this number, which wu handles."""
  case = next(one['id'] for one in list_cases(build, store) if number in one['number'])
  return do(build, store, 'wu', 'document.draft', {'case': case, 'form': 'inquiry_record'})
