# SPDX-License-Identifier: GPL-3.0-or-later
"""A session of juanzongctl that writes in every way there is, under the shim, and what the tests
ask of a store afterwards.

Set by the environment: JUANZONGCTL (the program), JZ_FAULT_SHIM (the library), and for whoever
wants to change them JZ_FAULT_SAMPLES (how many samples), JZ_FAULT_SEED, JZ_FAULT_FOLDER (where to
work) and JZ_FAULT_WORKERS.
"""

import collections
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile

from crash_image import KINDS, Disk, read_trace

MARK = 'ZUI-MI-7319'  # stands in all content of the case that is destroyed
NEW_PASSWORD = 'xin-mima-1'
ENOSPC_KINDS = 'create,write,rename,link,mkdir,sync'
Result = collections.namedtuple('Result', 'status out err n_changes n_failed first_failed')
# What the program says of an act of which it cannot know whether it was kept.
UNCERTAIN = 'It is not certain that the act was kept'


class Tap:
  """Prints what a test finds."""

  def __init__(self):
    self.n = 0
    self.n_failed = 0

  def point(self, faults, name):
    self.n += 1
    self.n_failed += bool(faults)
    print(f'{"not " if faults else ""}ok {self.n} {name}')
    for fault in faults or []:
      for line in str(fault).splitlines():
        print(f'# {line}')
    sys.stdout.flush()

  def skip(self, name, why):
    self.n += 1
    print(f'ok {self.n} {name} # SKIP {why}')

  def note(self, text):
    print(f'# {text}', flush=True)

  def done(self):
    print(f'1..{self.n}')
    return 1 if self.n_failed else 0


def get_number(name, otherwise):
  return int(os.environ.get(name) or otherwise)


def get_seed():
  return get_number('JZ_FAULT_SEED', random.SystemRandom().randrange(1 << 32))


def get_workers():
  return get_number('JZ_FAULT_WORKERS', len(os.sched_getaffinity(0)))


def end(number, frame):
  """Whoever ends a test, as meson does after its time, leaves no folder of it behind."""
  sys.exit(f'ended by {signal.Signals(number).name}')


@contextlib.contextmanager
def make_folder():
  """A folder to work in. In memory where there is room: what matters is in the trace."""
  signal.signal(signal.SIGTERM, end)
  parent = os.environ.get('JZ_FAULT_FOLDER')
  shm = '/dev/shm'
  if not parent and os.access(shm, os.W_OK) and shutil.disk_usage(shm).free > 1 << 30:
    parent = shm
  with tempfile.TemporaryDirectory(prefix='juanzong-fault-', dir=parent) as folder:
    # What the tests keep for themselves must not lie on a disk that is full on purpose.
    tempfile.tempdir = os.path.join(folder, 'own')
    os.mkdir(tempfile.tempdir)
    yield folder


def get_environment(root, settings):
  environment = dict(os.environ)
  environment.setdefault('G_DEBUG', 'gc-friendly,fatal-warnings')
  environment.update({name: str(value) for name, value in settings.items() if value is not None})
  environment.update(LD_PRELOAD=os.environ['JZ_FAULT_SHIM'], JZ_FAULT_ROOT=root,
                     JZ_FAULT_SAME_PLACE='1',
                     LANGUAGE='en')  # what is said is compared with what was done
  return environment


def run_program(root, words, trace=None, kinds=None, at=None, errno=None, forever=False, kill=None,
                program='JUANZONGCTL'):
  """Runs juanzongctl under the shim; see there for what can be asked of it.

  kill: seconds after which it is killed, whatever it does. STORE stands for the store. program:
  what names another one in the environment.
  """
  words = [os.path.join(root, 'store') if word == 'STORE' else word.replace('ROOT', root)
           for word in words]
  with tempfile.NamedTemporaryFile() as counter:
    settings = {'JZ_FAULT_TRACE': trace, 'JZ_FAULT_COUNTER': counter.name,
                'JZ_FAULT_KINDS': kinds, 'JZ_FAULT_AT': at, 'JZ_FAULT_ERRNO': errno,
                'JZ_FAULT_FOREVER': '1' if forever else None}
    process = subprocess.Popen([os.environ[program], *words],
                               env=get_environment(root, settings), stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
      out, err = process.communicate(timeout=120 if kill is None else kill)
    except subprocess.TimeoutExpired:
      process.send_signal(signal.SIGKILL)
      out, err = process.communicate()
    n_changes, n_failed, kind = struct.unpack('<QQQ', counter.read(24).ljust(24, b'\0'))
  return Result(process.returncode, out.decode(), err.decode(), n_changes, n_failed,
                KINDS[kind] if n_failed > 0 else None)


def has_command(name):
  """Whether juanzongctl knows a command."""
  process = subprocess.run([os.environ['JUANZONGCTL'], '--help'], capture_output=True, text=True,
                           check=True)
  return any(line.split()[:1] == [name] for line in process.stdout.splitlines())


def get_entries(out):
  """The ids that `do --json` printed; none where it was cut off before."""
  try:
    return [entry['entry'] for entry in json.loads(out)['entries']]
  except (ValueError, KeyError, TypeError):
    return []


def get_warnings(out):
  """What `do --json` says could not be done after the act."""
  try:
    return json.loads(out).get('warnings', [])
  except (ValueError, AttributeError):
    return []


def find_litter(root):
  """Folders with a temporary name that were left beside the store."""
  return [f'{name} was left there' for name in os.listdir(root) if '.making' in name]


def query(root, sql):
  """Asks a copy of the store's database, so that the store stays as the crash left it."""
  with tempfile.TemporaryDirectory() as folder:
    for name in ['juanzong.db', 'juanzong.db-wal']:
      source = os.path.join(root, 'store', name)
      if os.path.exists(source):
        shutil.copyfile(source, os.path.join(folder, name))
    with contextlib.closing(sqlite3.connect(os.path.join(folder, 'juanzong.db'))) as database:
      return database.execute(sql).fetchall()


def read_entries(root):
  """Ids and hashes of all entries, in order."""
  return query(root, "SELECT store || '-' || seq, hex (hash) FROM entry ORDER BY arrival")


def has_store(root):
  return os.path.exists(os.path.join(root, 'store'))


def copy_root(source, root):
  """Copies a folder; files that nobody writes to share their content."""
  def copy(path, new_path):
    with contextlib.suppress(OSError):  # on another disk
      if not os.stat(path).st_mode & 0o222:
        return os.link(path, new_path)
    return shutil.copyfile(path, new_path)

  shutil.copytree(source, root, copy_function=copy,
                  ignore=shutil.ignore_patterns('*-shm'))


def find_mark(root):
  """Files in which something of the destroyed case can still be read."""
  found = []
  for folder, _, names in os.walk(os.path.join(root, 'store')):
    for name in names:
      with open(os.path.join(folder, name), 'rb') as file:
        if MARK.encode() in file.read():
          found.append(os.path.relpath(os.path.join(folder, name), root))
  return found


def describe(result):
  if result.status < 0:
    ended = f'was ended by {signal.Signals(-result.status).name}'
  else:
    ended = f'exit status {result.status}'
  return f'{ended}: {result.err.strip() or result.out.strip()}'


class Step:
  """One run of the program in the session."""

  def __init__(self, name, *words, makes=0, puts=None):
    self.name = name
    self.words = list(words)
    self.makes = makes       # how many entries, in one transaction
    self.puts = puts         # name of a folder that it makes beside the store
    self.changes = []        # as the shim recorded them
    self.first = 0           # number of changes before it
    self.n_before = 0        # number of entries before and after it
    self.n_after = 0
    self.snapshot = None     # copy of the folder as it was before it
    self.n_for_errno = {}    # how many changes can fail with which error

  @property
  def n_changes(self):
    return sum(change.is_counted for change in self.changes)

  def leaves(self, root):
    """Whether it was a restore whose store is there, which cannot be made once more."""
    return self.name == 'restore' and os.path.exists(os.path.join(root, self.puts))

  @property
  def n_said(self):
    """How many changes were made when it told that it was done; all where it told nothing."""
    n = 0
    for change in self.changes:
      if change.kind == 'said':
        break
      n += change.is_counted
    return n

  def get_possible(self, n):
    """How many entries there may be when the first n changes of this step were made."""
    if self.makes == 0:
      return {self.n_before}
    if n >= self.n_said:
      return {self.n_after}
    return {self.n_before, self.n_after}


class Session:
  """The session: run() makes every step once and keeps its trace."""

  def __init__(self, folder, keeps_snapshots=False):
    self.folder = folder
    self.root = os.path.join(folder, 'recorded')
    self.trace = os.path.join(folder, 'trace')
    self.keeps_snapshots = keeps_snapshots
    self.steps = []
    self.disk = Disk()
    self.differences = []
    self.entries = []
    self.ids = {}
    os.mkdir(self.root)
    self.make_materials()

  def make_materials(self):
    """What the session reads; it lies outside of the folder that is followed."""
    choice = random.Random(1)
    mark = MARK.encode()
    self.files = {}
    for name, size in [('video.mp4', 3 << 20), ('shared.bin', 200000)]:
      content = bytearray(choice.randbytes(size))
      if name == 'video.mp4':
        for offset in range(0, size, 1 << 16):
          content[offset:offset + len(mark)] = mark
      self.files[name] = self.write_material(name, content)
    self.files['password'] = self.write_material('password', NEW_PASSWORD.encode())

  def write_material(self, name, content):
    path = os.path.join(self.folder, name)
    with open(path, 'wb') as file:
      file.write(content)
    return path

  def run_step(self, step):
    step.first = self.disk.n_changes
    step.n_before = len(self.entries)
    if self.keeps_snapshots:
      step.snapshot = os.path.join(self.folder, f'before-{len(self.steps)}')
      copy_root(self.root, step.snapshot)
    if os.path.exists(self.trace):
      os.truncate(self.trace, 0)
    result = run_program(self.root, step.words, trace=self.trace)
    if result.status != 0 or result.err:
      raise RuntimeError(f'{step.name}: {describe(result)}')
    step.changes = read_trace(self.trace)
    if step.n_changes != result.n_changes:
      raise RuntimeError(f'{step.name}: counted {result.n_changes} changes, recorded '
                         f'{step.n_changes}')
    for errno, kinds in [('ENOSPC', ENOSPC_KINDS.split(',')), ('EIO', None)]:
      step.n_for_errno[errno] = sum(change.is_counted and (not kinds or change.kind in kinds)
                                    for change in step.changes)
    for change in step.changes:
      self.disk.apply(change)
    self.differences += [f'after {step.name}: {difference}'
                         for difference in self.disk.compare(self.root)]
    self.entries = read_entries(self.root)
    step.n_after = len(self.entries)
    if step.n_after != step.n_before + step.makes:
      raise RuntimeError(f'{step.name} made {step.n_after - step.n_before} entries')
    self.steps.append(step)
    return result

  def do(self, name, user, act, args, *options, makes=1):
    """Performs an act; keeps the id of what it made, and its hash, under the step's name."""
    text = json.dumps(args, ensure_ascii=False, separators=(',', ':'))
    words = ['do', 'STORE', '--as', user, '--json', *options, act, text]
    result = self.run_step(Step(name, *words, makes=makes))
    made = json.loads(result.out)['entries'][0]
    self.ids[name] = made['id']
    self.ids[name + ' hash'] = made['hash']

  def run(self):
    self.run_step(Step('init', 'init', 'STORE', '--bureau', '某某区城市管理局', '--admin', 'admin',
                       '--demo', makes=1))
    self.found_office()
    self.run_first_case()
    self.run_second_case()
    self.destroy_first_case()
    self.finish()

  def found_office(self):
    self.do('add head', 'admin', 'person.add', {'user': 'li', 'name': '李某'})
    self.do('grant head', 'admin', 'role.grant',
            {'person': self.ids['add head'], 'role': 'head'})
    self.do('propose accept', 'admin', 'store.accept.propose', {'person': self.ids['add head']})
    self.do('accept', 'li', 'store.accept', {'proposal': self.ids['propose accept hash']})
    self.do('add officer', 'admin', 'person.add', {'user': 'zhang', 'name': '张某'})
    officer = self.ids['add officer']
    self.do('grant roles', 'admin', 'role.grant',
            [{'person': officer, 'role': role} for role in ['handler', 'archivist']], makes=2)
    self.do('propose certificate', 'admin', 'certificate.issue.propose',
            {'person': officer, 'reason': 'first'})
    self.do('issue certificate', 'li', 'certificate.issue',
            {'proposal': self.ids['propose certificate hash']})
    self.do('change password', 'zhang', 'password.change', {}, '--new-password-file',
            self.files['password'])

  def do_as_officer(self, name, act, args, *options, makes=1):
    self.do(name, 'zhang', act, args, '--password-file', self.files['password'], *options,
            makes=makes)

  def open_case(self, name, title):
    self.do_as_officer(name, 'case.open', {'title': title, 'party': '某某商贸有限公司',
                                           'matter': '占道经营', 'found': '2025-01-02'})
    return self.ids[name]

  def run_first_case(self):
    case = self.open_case('open first case', f'某某商贸有限公司占道经营案 {MARK}')
    texts = [f'现场情况 {MARK}', f'{MARK} 询问情况', MARK + '笔录' * 20000]
    self.do_as_officer('note batch', 'case.note',
                       [{'case': case, 'text': text} for text in texts], makes=3)
    self.do_as_officer('attach video', 'attachment.add',
                       {'case': case, 'file': self.files['video.mp4']})
    self.do_as_officer('attach shared', 'attachment.add',
                       {'case': case, 'file': self.files['shared.bin']})
    self.do_as_officer('close', 'case.close', {'case': case, 'happened': '2025-01-02',
                                               'ground': '已经改正'})
    self.do_as_officer('archive', 'case.archive', {'case': case, 'happened': '2025-01-02',
                                                   'class': '短期', 'keep_until': '2025-02-01'})

  def run_second_case(self):
    case = self.open_case('open second case', '某某商贸有限公司乱倒垃圾案')
    self.do_as_officer('note', 'case.note', {'case': case, 'text': '现场情况'})
    self.do_as_officer('attach shared again', 'attachment.add',
                       {'case': case, 'file': self.files['shared.bin']})

  def destroy_first_case(self):
    self.do('confirm clock', 'admin', 'clock.confirm', {'reason': '节后开机'}, '--clock',
            '2025-03-03T09:00:00.000+08:00')
    self.do_as_officer('propose destroy', 'case.destroy.propose',
                       {'case': self.ids['open first case'], 'reason': '保管期满'})
    self.do('destroy', 'li', 'case.destroy', {'proposal': self.ids['propose destroy hash']})

  def finish(self):
    self.do('change setting', 'admin', 'setting.change', {'name': 'bureau.code', 'value': '某城'})
    self.run_step(Step('rebuild', 'rebuild', 'STORE'))
    self.do_as_officer('last note', 'case.note',
                       {'case': self.ids['open second case'], 'text': '结束'})
    if has_command('backup'):
      self.back_up()

  def back_up(self):
    self.run_step(Step('back up', 'backup', 'STORE', 'ROOT/backup', puts='backup'))
    self.do_as_officer('note after backup', 'case.note',
                       {'case': self.ids['open second case'], 'text': '补记'})
    self.run_step(Step('back up again', 'backup', 'STORE', 'ROOT/backup', puts='backup'))
    self.run_step(Step('restore', 'restore', 'ROOT/backup', 'ROOT/restored', '--as', 'admin',
                       '--reason', '换机', puts='restored'))

  def get_copies(self, step, is_done):
    """Steps up to this one that make a folder beside the store, and whether it must be there."""
    copies = {}
    for other in self.steps:
      if other.puts and other.first <= step.first:
        copies.setdefault(other.puts, (other, other is not step or is_done))
    return copies.values()

  def find_step(self, name):
    return next(step for step in self.steps if step.name == name)

  def has_destroyed(self, n_entries):
    return n_entries >= self.find_step('destroy').n_after

  def get_passwords(self, n_entries):
    """Options that give the officer's password, as of so many entries; None without a key."""
    if n_entries < self.find_step('issue certificate').n_after:
      return None
    if n_entries < self.find_step('change password').n_after:
      return []
    return ['--password-file', self.files['password']]


def verify(root, store='STORE'):
  """Faults that `verify` names, or why it could not look."""
  result = run_program(root, ['verify', store, '--json'])
  if result.status == 0 and not result.err:
    return []
  return [f'verify: {describe(result)}', result.out.strip()]


def check_store(session, root, possible, expected=None, choice=None):
  """Verifies a store after something happened to it, works on, and looks once more.

  possible: how many entries may be there; expected: what they must be (ids and hashes); choice:
  decides whether the program is killed once more while it tidies up.
  """
  faults = verify(root)
  if faults:
    return faults
  entries = read_entries(root)
  if len(entries) not in possible:
    faults.append(f'{len(entries)} entries are there and not {sorted(possible)}')
  if expected is not None and entries != expected[:len(entries)]:
    faults.append('the entries are not those that were written')
  n_later = 0
  if not faults and choice and choice.random() < 0.3:
    faults, n_later = kill_once_more(root, len(entries), choice)
  return faults or work_on(session, root, len(entries), n_later)


def check_copies(root, copies):
  """Backups and what was restored: what has its name is whole, and the step works again."""
  faults = []
  for step, must_be_there in copies:
    is_there = os.path.exists(os.path.join(root, step.puts))
    if is_there:
      faults += [f'{step.puts}: {fault}' for fault in verify(root, f'ROOT/{step.puts}')]
    elif must_be_there:
      faults.append(f'{step.puts} is not there')
    if step.leaves(root):
      continue
    result = run_program(root, step.words)
    if result.status != 0 or result.err:
      faults.append(f'{step.name} once more: {describe(result)}')  # it verifies its work
  return faults


def add_person(root, user, **how):
  words = ['do', 'STORE', '--as', 'admin', '--json', 'person.add',
           json.dumps({'user': user, 'name': '某某'})]
  return run_program(root, words, **how)


def kill_once_more(root, n_entries, choice):
  """Faults, and how many entries the act added that was killed somewhere."""
  result = add_person(root, 'killed', at=choice.randint(1, 60))
  n_later = len(read_entries(root)) - n_entries
  faults = verify(root)
  if result.status > 0 or result.err:
    faults.append(f'an act that was to be killed: {describe(result)}')
  if n_later not in (0, 1) or n_later < len(get_entries(result.out)):
    faults.append(f'{n_later} entries are there of an act that was killed, of which it printed '
                  f'{len(get_entries(result.out))}')
  return faults, n_later


def work_on(session, root, n_entries, n_later=0):
  """A further act by the administrator, another by the officer, and what must be true then."""
  faults = []
  result = add_person(root, 'later')
  if result.status != 0 or result.err or not get_entries(result.out):
    return [f'a further act: {describe(result)}']
  password = session.get_passwords(n_entries)
  if password is not None:
    result = run_program(root, ['do', 'STORE', '--as', 'zhang', '--json', *password,
                                'session.sign_in'])
    if result.status != 0 or result.err:
      return [f'signing in: {describe(result)}']
  entries = read_entries(root)
  if len(entries) != n_entries + n_later + 1 + (password is not None):
    faults.append(f'{len(entries)} entries are there after {n_entries} and further acts')
  if os.listdir(os.path.join(root, 'store', 'incoming')):
    faults.append('something is left in incoming')
  if session.has_destroyed(n_entries):
    if query(root, 'SELECT task FROM owed'):
      faults.append('the destruction still owes something')
    faults += [f'the destroyed case can be read in {path}' for path in find_mark(root)]
  return faults + verify(root)
