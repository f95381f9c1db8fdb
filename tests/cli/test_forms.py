#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_forms.py JUANZONGCTL FORMS: `forms list|show|check` over what was shipped and over files of somebody's own."""

import json
import os
import subprocess
import sys
import tempfile

PROGRAM, FORMS = sys.argv[1:3]
ENVIRONMENT = dict(os.environ, LANGUAGE='C', LANG='C.UTF-8')
# forms.md 2.1 to 2.11, and of 1.5 the decision not to penalise
SHIPPED = ['case_filing_approval', 'case_record', 'collective_discussion', 'file_index', 'inquiry_record',
           'investigation_report', 'legal_review_opinion', 'no_penalty_decision', 'penalty_decision',
           'penalty_notice', 'preserve_notice', 'scene_record', 'service_receipt']


def run(*words, status=0):
  done = subprocess.run([PROGRAM, 'forms', *words], capture_output=True, text=True, env=ENVIRONMENT)
  assert done.returncode == status, (words, done)
  assert status == 0 or done.stderr.strip(), f'{words}: no sentence'
  return done


def test_list():
  forms = json.loads(run('list', '--json').stdout)
  assert [form['id'] for form in forms] == SHIPPED
  text = run('list').stdout
  assert all(form['title'] in text for form in forms), text


def test_show():
  """The six items of the decision, each with the fields that hold it (forms.md 2.9)."""
  form = json.loads(run('show', 'penalty_decision', '--json').stdout)
  names = {field['name'] for field in form['fields']}
  elements = [element for element in form['elements'] if element['article'] == '五十九']
  assert len(elements) >= 6, elements
  for element in form['elements']:
    assert element['fields'] and set(element['fields']) <= names, element
  text = run('show', 'penalty_decision').stdout
  assert all(name in text for name in names), text


def test_check_shipped():
  checked = json.loads(run('check', '--json').stdout)
  assert [row['form'] for row in checked] == SHIPPED and all(row['right'] for row in checked)


def test_check_file(folder):
  with open(os.path.join(FORMS, 'service_receipt.xml'), encoding='utf-8') as file:
    text = file.read()
  path = os.path.join(folder, 'own.xml')

  def write(changed):
    assert changed != text
    with open(path, 'w', encoding='utf-8') as file:
      file.write(changed)

  write(text + '\n')
  run('check', path)
  for changed in (text.replace('type="', 'type="un', 1), text[:len(text) // 2],
                  text.replace('<form', '<form colour="red"', 1)):
    write(changed)
    done = run('check', path, status=4)
    assert f'{path}:' in done.stderr, done.stderr
    row = json.loads(run('check', path, '--json', status=4).stdout)[0]
    assert not row['right'] and row['sentence'], row


def test_misuse(folder):
  run('show', status=1)
  run('paint', status=1)
  run('show', 'no_such_form', status=1)
  run('check', os.path.join(folder, 'nowhere.xml'), status=2)
  run('check', os.path.join(folder, 'nowhere.xml'), '--json', status=2)


def main():
  tests = [(name, test) for name, test in sorted(globals().items()) if name.startswith('test_')]
  failed = 0
  print(f'1..{len(tests)}')
  for number, (name, test) in enumerate(tests, 1):
    try:
      with tempfile.TemporaryDirectory() as folder:
        test(*[folder] * test.__code__.co_argcount)
      print(f'ok {number} {name}')
    except (AssertionError, KeyError, ValueError) as error:
      failed = 1
      print(f'not ok {number} {name}: {error}'.replace('\n', ' '))
  sys.exit(failed)


main()
