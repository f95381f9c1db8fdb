#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_chinese.py JUANZONGCTL LOCALEDIR: in Chinese, the command line prints no English sentence."""

import gettext
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'structure'))
from tap import Tap

HAN = re.compile('[\u3400-\u9fff]')
# Two words or more; a colon may stand between names.
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:'s)?(?:[,;]? [A-Za-z]{2,}(?:'s)?)+")
# A hash may begin with letters, which are no word.
HASH = re.compile(r'\b[0-9a-f]{64}\b')
# The names of tables and rows are the same in every language.
PLACE = re.compile(r'^\w+: (?:表 \w+(?:，行 [^:]*)?): ', re.MULTILINE)
# What is typed, besides the names of commands.
TYPED = {'juanzongctl', 'list', 'show', 'uscc', 'id', 'amount', 'head', 'XML', 'OpenSSL', 'SQLite',
         'JSON', 'UTF'}
DEMO_START = '2025-01-02T09:00:00.000+08:00'


def find_english(text, typed=TYPED):
  """Runs of English words that are not all something to be typed."""
  return [match.group() for match in ENGLISH.finditer(HASH.sub('#', PLACE.sub('', text)))
          if not all(word in typed for word in re.findall('[A-Za-z]+', match.group()))]


def get_columns(text):
  return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in text)


def find_crooked(text):
  """Lines of a list that do not begin their last part, which is Chinese, in one column."""
  starts = {}
  for line in text.split('\n'):
    match = re.match(r'(  +\S.*? {2,}|  +\S+ +\S+ +)(?=[^ ]*[\u3400-\u9fff][^ ]*$)', line)
    if match:
      starts.setdefault(get_columns(match.group()), []).append(line)
  return [] if len(starts) <= 1 else [line for lines in starts.values() for line in lines]


class Program:
  def __init__(self, program, localedir):
    self.program = program
    self.environment = dict(os.environ, JUANZONG_LOCALEDIR=localedir, LANGUAGE='zh_CN',
                            LC_ALL='C.UTF-8', LANG='C.UTF-8')

  def run(self, *words):
    return subprocess.run([self.program, *words], env=self.environment, capture_output=True,
                          encoding='utf-8', stdin=subprocess.DEVNULL, timeout=120)

  def do(self, store, user, act, args, *options):
    done = self.run('do', store, '--as', user, *options, '--json', act,
                    json.dumps(args, ensure_ascii=False))
    assert done.returncode == 0, (act, done.stdout, done.stderr)
    return json.loads(done.stdout)['entries'][0]


def make_demo(program, folder):
  """A demo store with a head and a handler; the handler's case and its id."""
  store = os.path.join(folder, 'demo')
  clock = ('--clock', DEMO_START)
  done = program.run('init', store, '--bureau', '某某县城市管理局', '--admin', 'li', '--demo')
  assert done.returncode == 0, done.stderr
  for user, role, act, more in (('chen', 'head', 'store.accept', {}),
                                ('zhang', 'handler', 'certificate.issue', {'reason': 'first'})):
    person = program.do(store, 'li', 'person.add', {'user': user, 'name': '张某'}, *clock)['id']
    program.do(store, 'li', 'role.grant', {'person': person, 'role': role}, *clock)
    proposal = program.do(store, 'li', act + '.propose', {'person': person, **more}, *clock)['hash']
    program.do(store, 'chen', act, {'proposal': proposal}, *clock)
  case = program.do(store, 'zhang', 'case.open',
                    {'title': '某某商贸有限公司占道经营案', 'party': '某某商贸有限公司', 'matter': '占道经营',
                     'found': '2025-01-01'}, *clock)['id']
  file = os.path.join(folder, 'photo.jpg')
  with open(file, 'wb') as photo:
    photo.write(bytes(range(256)) * 40)
  program.do(store, 'zhang', 'attachment.add', {'case': case, 'file': file}, *clock)
  return store, case


def write(folder, name, text):
  path = os.path.join(folder, name)
  with open(path, 'w', encoding='utf-8') as file:
    file.write(text + '\n')
  return path


def make_real(program, folder):
  """A store that takes the computer's clock and asks for passwords."""
  store = os.path.join(folder, 'office')
  done = program.run('init', store, '--bureau', '某某县城市管理局', '--admin', 'li',
                     '--password-file', write(folder, 'li', '技术员的密码'),
                     '--ca-password-file', write(folder, 'ca', '另一密码'))
  return store, done


def damage(folder, name, store, change):
  """A copy of the store in which something was changed."""
  copy = os.path.join(folder, name)
  shutil.copytree(store, copy)
  change(copy)
  return copy


def lose_object(store):
  for folder, _, names in os.walk(os.path.join(store, 'objects')):
    for name in names:
      os.unlink(os.path.join(folder, name))
      return


def alter_payload(store):
  database = os.path.join(store, 'juanzong.db')
  with open(database, 'r+b') as file:
    content = file.read()
    at = content.index('占道经营'.encode())
    file.seek(at)
    file.write('乱道经营'.encode())


def cut_database(store):
  os.truncate(os.path.join(store, 'juanzong.db'), 5000)


def list_runs_without_store(program):
  commands = re.findall(r'^  ([a-z-]+) ', program.run('--help').stdout, re.MULTILINE)
  acts = [act['name'] for act in json.loads(program.run('acts', '--json').stdout)]
  assert len(commands) > 8 and len(acts) > 20, (commands, acts)
  TYPED.update(word for command in commands for word in command.split('-'))
  return [
    ('no command', 1), ('help', 0, '--help'), ('unknown command', 1, 'no-such-command'),
    *((f'help of {command}', 0, command, '--help') for command in commands),
    *((f'unknown option of {command}', 1, command, '--no-such-option') for command in commands),
    *((f'nothing behind {command}', 1, command) for command in commands if command != 'acts'),
    ('acts', 0, 'acts'), ('unknown act', 1, 'acts', 'no.such'),
    *((f'act {act}', 0, 'acts', act) for act in acts),
    ('nowhere', 2, 'verify', '/no/such/folder'), ('nothing to check', 2, 'check-proof', '/no/such/file'),
    ('right code', 0, 'code', 'uscc', '91110000MA0TEQT13C'),
    ('wrong code', 4, 'code', 'uscc', '91110000MA0TEQT13D'),
    ('wrong identity number', 4, 'code', 'id', '110105194912310021'),
    ('wrong amount', 1, 'code', 'amount', '1.234'), ('wrong kind of code', 1, 'code', 'colour', 'x'),
    ('too many cases', 1, 'demo', '/no/such/folder', '--cases', '99999999'),
    ('init without a name', 1, 'init', '/no/such/folder/office'),
    ('init without passwords', 1, 'init', '/no/such/folder/office', '--bureau', '甲', '--admin', 'li'),
  ]


def list_runs_with_store(program, folder):
  store, case = make_demo(program, folder)
  note = json.dumps({'case': case, 'text': '记事'}, ensure_ascii=False)
  entry = case.rpartition('-')[0]
  proof, backup = os.path.join(folder, 'proof'), os.path.join(folder, 'backup')
  demo = ('do', store, '--clock', DEMO_START, '--as')
  return [
    ('cases', 0, 'case', 'list', store), ('a case', 0, 'case', 'show', store, case),
    ('no case', 2, 'case', 'show', store, '2025-999999'),
    ('done', 0, *demo, 'zhang', 'case.note', note),
    ('refused for a role', 3, *demo, 'zhang', 'person.add', '{"user": "a", "name": "甲"}'),
    ('refused for a duty', 3, *demo, 'zhang', 'case.assign',
     json.dumps({'case': case, 'person': entry[:16] + '-2-1', 'duty': 'handler'})),
    ('refused for a second person', 3, *demo, 'chen', 'certificate.revoke',
     json.dumps({'person': entry[:16] + '-2-1', 'reason': '试验'})),
    ('refused for the clock', 3, 'do', store, '--as', 'zhang', '--clock', '2026-01-02T09:00:00.000+08:00',
     'case.note', note),
    ('nobody', 1, *demo, 'nobody', 'case.note', note), ('not said who', 1, 'do', store, 'case.note', note),
    ('no act', 1, *demo, 'zhang', 'no.such', '{}'), ('no JSON', 1, *demo, 'zhang', 'case.note', '{'),
    ('argument missing', 1, *demo, 'zhang', 'case.note', json.dumps({'case': case})),
    ('argument unknown', 1, *demo, 'li', 'person.add', '{"user": "a", "name": "甲", "colour": "x"}'),
    ('argument too long', 1, *demo, 'li', 'person.add', json.dumps({'user': 'a' * 50, 'name': '甲'})),
    ('argument no date', 1, *demo, 'zhang', 'case.close', json.dumps({'case': case, 'happened': 'x', 'ground': 'x'})),
    ('verified', 0, 'verify', store), ('rebuilt', 0, 'rebuild', store),
    ('proved', 0, 'prove', store, entry, '-o', proof), ('proof checked', 0, 'check-proof', proof),
    ('no entry to prove', 2, 'prove', store, '0000000000000000-1', '-o', proof),
    ('there is a store', 2, 'init', store, '--bureau', '甲', '--admin', 'li', '--demo'),
    ('backed up', 0, 'backup', store, backup), ('backed up again', 0, 'backup', store, backup),
    ('restored', 0, 'restore', backup, os.path.join(folder, 'restored'), '--as', 'li', '--reason', '试验'),
    ('restored by nobody', 1, 'restore', backup, os.path.join(folder, 'other'), '--as', 'nobody', '--reason', '试验'),
    ('object lost', 4, 'verify', damage(folder, 'a', store, lose_object)),
    ('payload altered', 4, 'verify', damage(folder, 'b', store, alter_payload)),
    ('database cut', 4, 'verify', damage(folder, 'c', store, cut_database)),
    ('copied store', 3, 'do', damage(folder, 'd', store, lambda copy: None), '--as', 'zhang', 'case.note', note),
  ]


def list_runs_with_passwords(program, folder):
  store, done = make_real(program, folder)
  do = ('do', store, '--as', 'li')
  person = '{"user": "a", "name": "甲"}'
  return done, [
    ('password wrong', 3, *do, '--password-file', write(folder, 'bad', '不对'), 'person.add', person),
    ('password not given', 3, *do, 'person.add', person),
    ('password of two lines', 2, *do, '--password-file', write(folder, 'two', '一\n二'), 'person.add', person),
    ('own clock', 2, *do, '--password-file', os.path.join(folder, 'li'), '--clock', DEMO_START, 'person.add', person),
    ('not accepted yet', 3, *do, '--password-file', os.path.join(folder, 'li'), 'setting.change',
     '{"name": "bureau.code", "value": "某城管"}'),
  ]


def judge(done, status):
  """What is wrong with what was printed."""
  text = done.stdout + done.stderr
  problems = [] if done.returncode == status else [f'exit status {done.returncode}, not {status}: {text}']
  problems += [f'English: {run!r}' for run in find_english(text)]
  if status != 0 and not HAN.search(text):
    problems.append(f'there is no Chinese sentence: {text!r}')
  return problems


def check_planted(tap):
  tap.check_found('planted/english', find_english('没有 store: it is\nfile: juanzong.db: Row missing here\n好 one'), 2)
  tap.check('planted/typed', find_english('用法：juanzongctl acts [选项…] 案卷库\n数据表: 表 case_file，行 7: 缺少'))
  straight = '  acts   [操作]    列出操作\n  verify 案卷库    核验\n'
  tap.check('planted/straight', find_crooked(straight))
  tap.check_found('planted/crooked', find_crooked(straight.replace('案卷库 ', '案卷库')), 2)


def main(path, localedir):
  tap = Tap()
  TYPED.update({'acts', 'verify'})
  check_planted(tap)
  program = Program(os.path.abspath(path), os.path.abspath(localedir))
  # What GLib says of options is in a package of its own, which need not be installed.
  has_glib = gettext.find('glib20', '/usr/share/locale', ['zh_CN']) is not None
  with tempfile.TemporaryDirectory(prefix='juanzong-po-') as folder:
    founded, with_passwords = list_runs_with_passwords(program, folder)
    tap.check('founded', judge(founded, 0))
    runs = list_runs_without_store(program) + with_passwords + list_runs_with_store(program, folder)
    for name, status, *words in runs:
      if not has_glib and ('--help' in words[1:] or '--no-such-option' in words):
        tap.skip(name, 'GLib is not translated here')
        continue
      done = program.run(*words)
      tap.check(name, judge(done, status) + (find_crooked(done.stdout) if '--help' in words else []))
  tap.end()


main(*sys.argv[1:])
