#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_due.py JUANZONGCTL: `due` and `rules` by the tables of the domain rules."""

import json
import os
import re
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = dict(os.environ, LANGUAGE='en', LANG='C.UTF-8')


def run(*words, status=0):
  done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, env=ENVIRONMENT)
  assert done.returncode == status, (words, done)
  return done


def ask(*words, status=0):
  return json.loads(run(*words, '--json', status=status).stdout)


def read_table(name):
  with open(os.path.join(HERE, name), encoding='utf-8') as file:
    return [line.rstrip('\n').split('\t') for line in file if line.strip() and line[0] != '#']


def test_vectors():
  """rules.md 2.4, by the ids of the rules."""
  rows = read_table('date-vectors.tsv')
  assert len(rows) == 28, len(rows)
  for number, rule, form, start, expected in rows:
    words = ['due', rule.split(' ')[0], '--from', start]
    for both, first, last in re.findall(r'excl(_both)?=([0-9-]+)/([0-9-]+)', form):
      words += ['--exclude-both' if both else '--exclude', f'{first}..{last}']
    for field in ('BASE', 'HR'):
      answer = ask(*words, '--field', field)
      assert answer['due'] == expected, (number, field, answer['due'])
      assert answer['kind'] in ('date', 'backward', 'fixed'), answer['kind']
      assert any(day['date'] == expected for day in answer['days']), number


def test_days_add_up():
  answer = ask('due', 'TL-P12', '--from', '2025-01-24')
  counted = [day for day in answer['days'] if day['verdict'] == 'counted']
  assert [day['counted'] for day in counted] == [1, 2, 3, 4, 5], counted
  assert counted[-1]['date'] == answer['due'] == '2025-02-07'
  text = run('due', 'TL-P12', '--from', '2025-01-24').stdout
  assert text.count('\n') == 1 + len(answer['days']), text


def test_options():
  assert ask('due', 'TL-P16', '--from', '2025-09-05', '--extend', '30')['due'] == '2026-01-04'
  assert ask('due', 'TL-P12', '--from', '2025-01-24', '--set', 'notice.defence_days=7')['due'] == '2025-02-10'
  instant = ask('due', 'TL-P29', '--from', '2025-09-30T16:45')
  assert (instant['kind'], instant['due']) == ('instant', '2025-10-01T16:45'), instant
  quota = ask('due', 'TL-N01', '--from', '2025-05-06', '--set', 'matter.inspection_cap=2')
  assert (quota['kind'], quota['due'], quota['quota']) == ('quota', '2025-12-31', 2), quota
  running = ask('due', 'TL-P16', '--from', '2026-01-05', '--exclude', '2026-01-20..')
  assert running['warnings'] == ['exclusion_running'], running
  assert ask('due', 'TL-P30', '--from', '2025-09-26', '--field', 'MR')['due'] == '2025-10-13'
  assert ask('due', 'TL-P12', '--from', '2027-03-01')['presumed']


def test_misuse():
  for words in (('TL-P12',), ('TL-P99', '--from', '2025-01-24'), ('TL-P12', '--from', 'soon'),
                ('TL-P12', '--from', '2025-02-30'), ('TL-P29', '--from', '2025-02-03'),
                ('TL-P12', '--from', '2025-01-24', '--exclude', '2025-01-25'),
                ('TL-P16', '--from', '2025-01-24', '--exclude', '2025-01-25..2025-01-24'),
                ('TL-P14', '--from', '2025-01-24', '--extend', '5'),
                ('TL-P16', '--from', '2025-01-24', '--extend', '-5'),
                ('TL-P12', '--from', '2025-01-24', '--field', 'XX'),
                ('TL-P12', '--from', '2025-01-24', '--set', 'party.shoe_size=42')):
    done = run('due', *words, status=1)
    assert done.stderr.strip() and not done.stdout, (words, done)


def test_gates():
  """Each gate of the table, through the command line."""
  statuses = {'passes': 0, 'BLOCK': 3, 'BLOCK*': 3}
  with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'facts.json')
    for gate, act, expected, facts in read_table('gates.tsv'):
      if gate not in ('G-26', 'G-32', 'G-60', 'G-61', 'G-63'):
        continue
      with open(path, 'w', encoding='utf-8') as file:
        file.write(facts)
      answer = ask('rules', 'test', gate, '--act', act, '--facts', path, status=statuses[expected])
      assert answer['result'] == ('passes' if expected == 'passes' else 'refused'), (gate, answer)
      assert answer['trace'], gate


def test_rules():
  rules = ask('rules', 'list', '--field', 'HR')
  assert {rule['kind'] for rule in rules} >= {'law', 'limit', 'gate', 'stage', 'audit-item'}
  replaced = [rule['id'] for rule in rules if rule['replaces']]
  assert 'TL-P16' in replaced and 'TL-P13' not in replaced, replaced
  assert '<gate id="G-01"' in ask('rules', 'show', 'G-01')['text']
  answer = ask('rules', 'test', '--expression', "party.kind = 'citizen' and case.is_major", '--set', 'party.kind=citizen')
  assert (answer['result'], answer['missing']) == ('unknown', ['case.is_major']), answer
  assert ask('rules', 'test', '--expression', '1 + 2')['result'] == '3'
  assert ask('rules', 'test', 'AR-05', '--set', 'matter.needs_review_by_law=true')['result'] == 'true'
  for words in (('list', 'x'), ('show',), ('show', 'G-99'), ('test',), ('test', 'TL-P12'), ('dance',)):
    assert run('rules', *words, status=1).stderr.strip(), words


def test_check():
  assert ask('rules', 'check')['rules'] > 250
  data = os.path.join(HERE, '..', '..', 'data', 'rules')
  demo = ask('rules', 'check', os.path.join(data, 'bureau-demo.xml'))
  assert demo['rulebook'] == 'cn-national+cn-hr+demo-cg' and 'AR-06' in demo['replaced'], demo
  with open(os.path.join(data, 'hr.xml'), encoding='utf-8') as file:
    text = file.read()
  with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'bad.xml')
    with open(path, 'w', encoding='utf-8') as file:
      file.write(text.replace('case.lead_found_on', 'case.lead_lost_on'))
    done = run('rules', 'check', path, status=1)
    assert re.match(re.escape(path) + r':\d+:\d+: ', done.stderr), done.stderr
    run('rules', 'check', os.path.join(folder, 'none.xml'), status=2)


TESTS = [value for name, value in sorted(globals().items()) if name.startswith('test_')]


def main():
  failed = 0
  print(f'1..{len(TESTS)}')
  for number, test in enumerate(TESTS, 1):
    try:
      test()
      print(f'ok {number} {test.__name__}', flush=True)
    except Exception as error:  # every failure is told, and the next test runs
      failed += 1
      print(f'not ok {number} {test.__name__}\n# {type(error).__name__}: {str(error)[:3000]!r}', flush=True)
  return failed != 0


sys.exit(main())
