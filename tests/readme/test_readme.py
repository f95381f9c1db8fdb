#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_readme.py ROOT JUANZONGCTL LOCALEDIR: what the READMEs tell to type does what they say.

The blocks marked sh run one after another in a shell, in an empty folder. A line that must not
succeed ends in "# exit status N", in Chinese in "# 退出状态 N".
"""

import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'structure'))
from tap import Tap

BLOCK = re.compile(r'^```sh\n(.*?)^```$', re.MULTILINE | re.DOTALL)
EXPECTED = re.compile(r'^(.*\S) +# (?:exit status|退出状态) (\d)$', re.MULTILINE)
ROW = re.compile(r'^\| `([a-z-]+)([^`]*)` \| (.*) \|$', re.MULTILINE)
COMMAND = re.compile(r'^  ([a-z-]+) +(\S.*?) {2,}(\S.*)$|^  ([a-z-]+) +(\S.*?) (?=[\u3400-\u9fff])(\S.*)$',
                     re.MULTILINE)
LANGUAGES = {'README.md': 'C', 'README.zh_CN.md': 'zh_CN'}
# Words that people of an office do not use, and places and hosts that are nobody's business.
FORBIDDEN = re.compile('哈希|快照|检查点|行为|(?<![\\w.])/(?:work|tmp|root)/|localhost')


def expect(match):
  return f'{match.group(1)} && exit 97 || test $? = {match.group(2)}'


def make_script(text):
  """The blocks as one script that ends at the first line that does not do as it is told."""
  blocks = [EXPECTED.sub(expect, block) for block in BLOCK.findall(text)]
  return '\n'.join(f'echo "== block {n}"\n{block}' for n, block in enumerate(blocks, 1))


def run_script(script, environment, folder):
  return subprocess.run(['bash', '-eu', '-o', 'pipefail', '-c', script], cwd=folder, env=environment,
                        capture_output=True, encoding='utf-8', errors='replace',
                        stdin=subprocess.DEVNULL, timeout=280)


def judge(run):
  problems = []
  if run.returncode != 0:
    problems = [f'ended with status {run.returncode}', *run.stdout.split('\n')[-20:],
                *run.stderr.split('\n')[-20:]]
  for word in ('CRITICAL', 'WARNING', 'AddressSanitizer', 'LeakSanitizer', 'runtime error'):
    if word in run.stderr:
      problems.append(f'{word}: {run.stderr}')
  return problems


def check_planted(tap):
  environment = dict(os.environ)
  text = 'a\n```sh\nmkdir x\nfalse   # exit status 1\n```\nb\n```text\nfalse\n```\n```sh\ntest -d x\n```\n'
  with tempfile.TemporaryDirectory() as folder:
    tap.check('planted/right', judge(run_script(make_script(text), environment, folder)))
  for name, wrong in (('fails', '```sh\nfalse\ntrue\n```\n'), ('succeeds', '```sh\ntrue # exit status 3\n```\n'),
                      ('other status', '```sh\n(exit 2) # exit status 3\n```\n'),
                      ('in a pipe', '```sh\nx=$(false | cat)\n```\n')):
    with tempfile.TemporaryDirectory() as folder:
      problems = judge(run_script(make_script(wrong), environment, folder))
      tap.check(f'planted/{name}', [] if problems else ['was not found'])


def check_planted_content(tap):
  commands = {'verify': ('STORE', 'Check it'), 'acts': ('[ACT]', 'List')}
  right = '| `verify STORE` | Check it |\n| `acts [ACT]` | List |\n'
  tap.check('planted/table', find_out_of_step(right, commands))
  for name, wrong in (('row missing', right.split('\n')[0]), ('other words', right.replace('Check', 'Look at')),
                      ('row too many', right + '| `lose STORE` | Lose it |\n')):
    tap.check_found(f'planted/{name}', find_out_of_step(wrong, commands))
  tap.check_found('planted/file', find_unnamed('`lock` objects/', ('lock', 'objects/')))
  tap.check_found('planted/words', FORBIDDEN.findall('哈希 in /tmp/x, some/tmp/y'), 2)


def list_commands(program, environment):
  """Command -> what follows it and what it does, as the program's own help has them."""
  text = subprocess.run([program, '--help'], env=environment, capture_output=True, encoding='utf-8').stdout
  rows = [[part for part in match if part] for match in COMMAND.findall(text)]
  return {name: (usage.strip(), summary) for name, usage, summary in rows}


def find_out_of_step(text, commands):
  """The table of commands against the program's help."""
  rows = {name: (usage.strip().replace('\\|', '|'), summary) for name, usage, summary in ROW.findall(text)
          if name in commands or 'STORE' in usage}
  return [f'{name}: {rows.get(name)} stands for {commands.get(name)}'
          for name in sorted({*rows, *commands}) if rows.get(name) != commands.get(name)]


def find_unnamed(text, words):
  return [f'{word} is not named' for word in words if f'`{word}`' not in text]


def check_content(tap, name, text, program, environment):
  commands = list_commands(program, environment)
  tap.check(f'{name}: there are commands', [] if len(commands) > 8 else [repr(commands)])
  tap.check(f'{name}: its table is that of --help', find_out_of_step(text, commands))
  acts = json.loads(subprocess.run([program, 'acts', '--json'], capture_output=True, env=environment).stdout)
  tap.check(f'{name}: its number of acts', [] if re.search(rf'\b{len(acts)} (\*acts\*|项)', text)
            else [f'there are {len(acts)} acts'])
  files = ('juanzong.db', 'objects/', 'keys/', 'scratch.db', 'incoming/', 'lock')
  tap.check(f'{name}: the files of a store', find_unnamed(text, files))
  tap.check(f'{name}: words', [f'“{word}” is written' for word in FORBIDDEN.findall(text)])


def main(root, program, localedir):
  tap = Tap()
  check_planted(tap)
  check_planted_content(tap)
  for name, language in LANGUAGES.items():
    with open(os.path.join(root, name), encoding='utf-8') as file:
      text = file.read()
    environment = dict(os.environ, LANGUAGE=language, LC_ALL='C.UTF-8', JUANZONG_LOCALEDIR=localedir,
                       PATH=os.path.dirname(program) + os.pathsep + os.environ['PATH'])
    check_content(tap, name, text, program, environment)
    with tempfile.TemporaryDirectory(prefix='juanzong-readme-') as folder:
      os.symlink(os.path.join(root, 'tests'), os.path.join(folder, 'tests'))
      tap.check(f'{name}: its commands', judge(run_script(make_script(text), environment, folder)))
  tap.end()


main(*map(os.path.abspath, sys.argv[1:]))
