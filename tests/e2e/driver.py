#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window as a person would: through the accessibility tree and keys.

    with Program(build, store) as program:
        program.sign_in('handler1')
        program.press('工作台')

Every press and key is counted in `program.actions`, for the budgets of ux §11.
Waiting is for a condition with a deadline, never a sleep for luck.
"""

import atexit
import functools
import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import warnings

import gi

warnings.simplefilter('ignore', DeprecationWarning)
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

from control import control  # noqa: E402

# Seconds.
PRESSING = 0.3
# A loaded machine is no failure.
PATIENCE = 20 * float(os.environ.get('JZ_PATIENCE', '1'))
# Between two looks; looking is work for the program, too, and for others on the same machine.
SHORTEST = 0.02
LONGEST = 0.25
# So long a step begins anew when what it goes by went; who waits for it goes on looking after that.
LOOKING = 5
# Among so many of the last nodes of a window is a message that is shown.
N_LAST = 30


# What is never asked for anything below it; asking is what takes the time.
LEAVES = ('label', 'image', 'scroll bar', 'separator')


# How often a node was asked for something when it was already gone; what is below it was not seen then.
n_gone = 0


def ask(question, otherwise=None):
  """What a node says, as long as it is there: one that went does not hide the others."""
  global n_gone
  try:
    return question()
  except GLib.Error:
    n_gone += 1
    return otherwise


def each_child(node, is_last_first=False):
  """One after the other: who finds what he looks for asks for no more of them."""
  numbers = range(ask(node.get_child_count, 0))
  found = (ask(lambda i=i: node.get_child_at_index(i)) for i in (reversed(numbers) if is_last_first else numbers))
  return (child for child in found if child is not None)


def children(node):
  return list(each_child(node))


def is_hidden(node):
  return not ask(lambda: node.get_state_set().contains(Atspi.StateType.VISIBLE), False)


def walk(node, into_lists=True, depth=0, is_last_first=False):
  """Every node below and with node that is not hidden; the rows of a list only when asked for."""
  role = ask(node.get_role_name)
  if role is None or (role in ('filler', 'panel') and is_hidden(node)):
    return
  yield node
  if depth > 60 or role in LEAVES or (not into_lists and role == 'list'):
    return
  for child in each_child(node, is_last_first):
    yield from walk(child, into_lists, depth + 1, is_last_first)


def name_of(node):
  """Its name as it is read: 登录 for 登录(S), and for 登录(_S) 登录(S), as GTK names a button with
  a mnemonic."""
  name = re.sub(r'\(_?[A-Z]\)', '', node.get_name() or '').strip()
  half = len(name) // 2
  return name[:half] if len(name) % 2 and name[:half] == name[half + 1:] and name[half] == ' ' \
    else name


class Gone(AssertionError):
  """A node is no longer where it was seen; who looked for it looks anew."""


def wait(condition, what, seconds=None):
  """Gives what condition() gives as soon as that is true; nodes may vanish meanwhile. What is waited
  for in vain is told, by what() where it is known only then."""
  end = time.monotonic() + (seconds or PATIENCE)
  pause = SHORTEST
  while True:
    try:
      value = condition()
      if value:
        return value
    except (GLib.Error, Gone):
      pass
    if time.monotonic() > end:
      raise AssertionError(f'not seen in time: {what() if callable(what) else what}')
    time.sleep(pause)
    pause = min(1.4 * pause, LONGEST)


def patient(work):
  """What a step goes by is made anew while it goes on: it looks once more, from its beginning."""
  @functools.wraps(work)
  def look_again(*arguments, **named):
    end = time.monotonic() + LOOKING
    while True:
      try:
        return work(*arguments, **named)
      except (GLib.Error, Gone):
        if time.monotonic() > end:
          raise
        time.sleep(0.05)
  return look_again


class Kept:
  """A node that is looked for once, for the tree is large, and once more when it went."""

  def __init__(self, look, what):
    self.look = look
    self.what = what
    self.node = wait(look, what)

  def get_name(self):
    """What it says; empty while there is none."""
    try:
      return self.node.get_name() or ''
    except GLib.Error:
      pass
    try:
      self.node = self.look() or self.node
      return self.node.get_name() or ''
    except GLib.Error:
      return ''


def text_of(node):
  """What an entry or a text view holds."""
  return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def is_sensitive(node):
  return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def do_action(node, name='click'):
  for i in range(Atspi.Action.get_n_actions(node)):
    if Atspi.Action.get_action_name(node, i) == name:
      return Atspi.Action.do_action(node, i)
  return False


class Program:
  """A started juanzong; needs a display and a session bus of its own."""

  def __init__(self, build, *arguments, environment=None):
    self.build = build
    self.actions = 0
    self.pressed = 0
    self.home = tempfile.mkdtemp(prefix='jz-e2e-')
    self.environment = dict(dict(
      os.environ, HOME=self.home, XDG_CONFIG_HOME=self.home + '/config',
      XDG_DATA_HOME=self.home + '/data', XDG_CACHE_HOME=self.home + '/cache',
      GSK_RENDERER='cairo', GSETTINGS_BACKEND='memory', LANG='C.UTF-8', LANGUAGE='zh_CN',
      TZ='Asia/Shanghai', G_DEBUG='fatal-criticals', ASAN_OPTIONS='detect_leaks=0',
      JUANZONG_LOCALEDIR=build + '/po',
      GSETTINGS_SCHEMA_DIR=build + '/data/desktop'), **(environment or {}))
    self.process = subprocess.Popen([build + '/src/app/juanzong', *arguments],
                                    env=self.environment, restore_signals=False)
    Atspi.init()
    self.application = wait(self._find_application, 'the program')
    self.window = wait(self._find_window, 'its window')

  def __enter__(self):
    return self

  def __exit__(self, kind, value, trace):
    if kind is not None and os.environ.get('JZ_PICTURES'):
      self.picture(os.path.join(os.environ['JZ_PICTURES'], 'failed.png'))
    self.stop()
    shutil.rmtree(self.home, ignore_errors=True)

  def _find_application(self):
    if self.process.poll() is not None:
      raise AssertionError(f'the program ended with status {self.process.returncode}')
    for application in children(Atspi.get_desktop(0)):
      if application.get_process_id() == self.process.pid:
        return application
    return None

  def _find_window(self):
    for node in children(self.application):
      if node.get_role_name() == 'frame':
        return node
    return None

  def stop(self):
    # A test that kills it does so by these.
    if self.process.poll() not in (None, 0, -signal.SIGKILL, -signal.SIGTERM):
      print(f'the program ended with status {self.process.returncode}', file=sys.stderr)
    if self.process.poll() is None:
      self.process.terminate()
      try:
        self.process.wait(PATIENCE)
      except subprocess.TimeoutExpired:
        self.process.kill()
        self.process.wait()

  # Looking

  def roots(self):
    return children(self.application)

  def seek(self, role=None, name=None, within=None):
    """The nodes of this role and this name, one after the other; None is any."""
    for root in [within] if within is not None else self.roots():
      for node in walk(root):
        try:
          if (role is None or node.get_role_name() == role) and \
             (name is None or name_of(node) == name):
            yield node
        except GLib.Error:
          continue

  def look_whole(self, look):
    """What look() gives once nothing went while it looked, or after a while in which something always did."""
    end = time.monotonic() + LOOKING
    while True:
      before = n_gone
      found = look()
      if n_gone == before or time.monotonic() > end:
        return found

  def all(self, role=None, name=None, within=None):
    return self.look_whole(lambda: list(self.seek(role, name, within)))

  def find(self, role=None, name=None, within=None, seconds=None):
    """The first node of this role and name; waits until it is there."""
    return wait(lambda: next(self.seek(role, name, within), None), (role, name), seconds)

  def has(self, role=None, name=None, within=None):
    return self.look_whole(lambda: next(self.seek(role, name, within), None) is not None)

  def sees(self, words, seconds=None):
    """Waits until some node's name holds these words. A message of a few seconds comes last in the
    window, so that is where one looks first."""
    def has_words(node):
      try:
        return words in (node.get_name() or '')
      except GLib.Error:
        return False

    def nodes():
      return (node for root in reversed(self.roots()) for node in walk(root, is_last_first=True))

    def look():
      for number, node in enumerate(nodes(), 1):
        if has_words(node):
          return node
        # A busy machine looks longer at a whole window than a message stays.
        if number % (2 * N_LAST) == 0:
          message = next(filter(has_words, itertools.islice(nodes(), N_LAST)), None)
          if message is not None:
            return message
      return None
    return wait(look, words, seconds)

  def wait_enabled(self, name, role='push button'):
    wait(lambda: is_sensitive(self.find(role, name)), f'{name} to be pressed')

  def wait_gone(self, role=None, name=None):
    wait(lambda: not self.has(role, name), ('gone', role, name))

  def wait_alone(self):
    """No window lies over the first one, where it would take the keys."""
    wait(lambda: len(self.roots()) == 1, 'the end of the window over it')

  def list_covered(self, words):
    """The controls of the window that the message with these words lies over; None once it is gone."""
    def get_box(node):
      box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
      return box.x, box.y, box.x + box.width, box.y + box.height

    def is_over(box, other):
      return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
    label = next((node for node in self.seek('label') if words in (node.get_name() or '')), None)
    if label is None:
      return None
    toast = get_box(label)
    inside = self.all('push button', None, label.get_parent())
    controls = [node for role in ('push button', 'toggle button', 'text', 'slider', 'combo box') for node in self.seek(role)]
    return [name_of(node) for node in controls
            if node not in inside and is_sensitive(node) and is_over(toast, get_box(node))]

  def wait_clear(self, words):
    """A message that was shown comes to where it covers no control."""
    wait(lambda: self.list_covered(words) == [], lambda: f'{words} to stand clear of {self.list_covered(words)}')

  # Doing

  def press(self, name, role='push button', within=None):
    """Presses a button, by its action or where it stands, as soon as it can be pressed; what is
    shown anew is looked for anew."""
    self.actions += 1

    def try_it():
      node = next((node for node in self.all(role, name, within) if is_sensitive(node)), None)
      if node is not None:
        self.press_node(node)
      return node is not None
    wait(try_it, (role, name))

  def press_node(self, node):
    # GTK shows for a quarter of a second that a button is pressed before it acts, and does not hear
    # a second press meanwhile.
    time.sleep(max(0, self.pressed + PRESSING - time.monotonic()))
    if do_action(node):
      self.pressed = time.monotonic()
    else:
      self.click_at(node)

  def click_at(self, node, times=1):
    """A node that was found just now."""
    try:
      self.click_found(lambda: node, 'a node in its place', times, LOOKING)
    except AssertionError as error:
      raise Gone(str(error)) from error

  def click(self, role, name, times=1):
    """The first node of this role and name, where it stands."""
    self.click_found(lambda: next(self.seek(role, name), None), (role, name), times)

  def click_found(self, look, what, times=1, seconds=None):
    """What look() finds, where it stands; what is shown anew is looked for anew."""
    box = self.wait_settled(look, what, seconds)
    self.tool('mousemove', str(box.x + box.width // 2), str(box.y + box.height // 2))
    self.tool('click', '--repeat', str(times), '--delay', '60', '1')

  def wait_settled(self, look, what, seconds=None):
    """Where a node stands once it is laid out: a row that just came is named before it has its place."""
    before = None

    def is_settled():
      nonlocal before
      node = look()
      if node is None:
        return None
      box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
      place = (box.x, box.y, box.width, box.height)
      is_same = place == before and box.width > 0 and box.height > 0
      before = place
      time.sleep(0.05)
      return box if is_same else None
    return wait(is_settled, what, seconds)

  def put_caret(self, entry):
    """By a click where it begins: a message may lie over the rest of it."""
    def is_there():
      if entry.get_state_set().contains(Atspi.StateType.FOCUSED):
        return True
      box = Atspi.Component.get_extents(entry, Atspi.CoordType.WINDOW)
      self.tool('mousemove', str(box.x + 24), str(box.y + box.height // 2), 'click', '1')
      return False
    wait(is_there, lambda: f'the caret in {name_of(entry)}')

  def activate(self, action):
    """A window action by its name, such as win.back."""
    self.actions += 1
    wait(lambda: do_action(self.window, action), action)

  def write(self, text, name, role='text', within=None):
    """Puts text into a field."""
    def try_it():
      node = next(self.seek(role, name, within), None)
      return node if node is not None and Atspi.EditableText.set_text_contents(node, text) else None
    return wait(try_it, f'field {name}')

  def key_until(self, key, condition, what):
    """A key, and once more where the window did not hear it yet: a dialog before it was still closing."""
    def try_it():
      self.tool('key', key)
      try:
        return wait(condition, what, LOOKING)
      except AssertionError:
        return None
    self.actions += 1
    return wait(try_it, what)

  def open_search(self):
    """That of the whole window."""
    self.key_until('ctrl+k', lambda: self.has('text', '查找内容'), 'the search')

  def look_for(self, words):
    self.open_search()
    self.write(words, '查找内容')

  def key(self, *keys):
    for key in keys:
      self.actions += 1
      self.tool('key', '--delay', '20', key)

  def type(self, text):
    """Types on the keyboard, as an input method gives it."""
    self.tool('type', '--delay', '40', text)

  def tool(self, *words):
    subprocess.run(['xdotool', *words], check=True)

  def picture(self, path):
    subprocess.run(['import', '-window', 'root', path], check=True)

  # What every test needs

  def sign_in(self, user, password='demo'):
    self.write(user, '用户名')
    self.write(password, '密码')
    self.press('登录')
    wait(lambda: not self.has('push button', '登录'), 'the first page after signing in')
    self.actions = 0


def copied(store, build):
  """A copy of a demo store, moved to its place as a person would say; it goes with the tests."""
  folder = tempfile.mkdtemp(prefix='jz-e2e-store-')
  atexit.register(shutil.rmtree, folder, True)
  copy = os.path.join(folder, 'office')
  shutil.copytree(store, copy)
  control(build, 'do', copy, '--as', 'wang', 'store.moved', '{"reason":"供测试使用"}')
  return copy


class Skip(Exception):
  """What a test needs is not on this machine; says what."""


def run(names, *arguments):
  """Runs every function test_… of a module, as TAP."""
  tests = [(name, test) for name, test in names.items()
           if name.startswith('test_') and callable(test)]
  failed = False
  print(f'1..{len(tests)}')
  for number, (name, test) in enumerate(tests, 1):
    try:
      test(*arguments)
      print('ok', number, name, flush=True)
    except Skip as reason:
      print('ok', number, name, '# SKIP', reason, flush=True)
    except Exception:  # one test that fails must not hide what the others see
      failed = True
      for line in traceback.format_exc().splitlines():
        print('#', line)
      print('not ok', number, name, flush=True)
  sys.exit(1 if failed else 0)
