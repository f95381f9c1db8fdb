# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does in a case: the forms of acts, documents in the editor, and what is refused."""

import os

from driver import Atspi, Program, do_action, name_of, patient, text_of, wait, walk


def is_pressed(node):
  states = node.get_state_set()
  return states.contains(Atspi.StateType.PRESSED) or states.contains(Atspi.StateType.CHECKED)


# Seconds in which a menu that was asked for is there.
MENU = 6
REFUSED = '这一步还不能办'


class Worker(Program):
  """The window as one office uses it; the case of its own is opened anew after a change of user."""

  user = None
  case = None

  def work_as(self, user):
    """Somebody else sits down, and opens the case by what it is called."""
    if user == self.user:
      return
    if self.user is not None:
      self.key('ctrl+shift+l')
    self.sign_in(user)
    self.user = user
    if self.case is not None:
      self.open_case()

  def open_case(self):
    self.look_for(self.case)
    wait(lambda: any(self.case in node.get_name() for node in self.seek('list item')),
         f'{self.case} among what is found')
    self.key('Return')
    self.find('push button', '添加')

  def keep_picture(self, name):
    """For who wants to look at what the test saw."""
    if os.environ.get('JZ_PICTURES'):
      self.picture(os.path.join(os.environ['JZ_PICTURES'], name + '.png'))

  # Forms

  def form(self, title):
    return self.find('form', title)

  def scroll_to(self, node, place):
    """Turns the wheel until a node is seen in its place; no list opens where nobody sees it."""
    def place_of(what):
      box = Atspi.Component.get_extents(what, Atspi.CoordType.WINDOW)
      return box, box.y + box.height // 2

    def turn():
      box, middle = place_of(node)
      area, centre = place_of(place)
      if area.y < box.y and box.y + box.height < area.y + area.height - 60:
        return True
      self.tool('mousemove', str(area.x + area.width - 6), str(centre))
      self.tool('click', '4' if middle < centre else '5')
      return False
    wait(turn, lambda: f'{name_of(node)} in sight')
    # GTK 4.8 falls over a pointer that was over a list when the list goes away.
    self.tool('mousemove', '0', '0')

  def choose(self, combo, word, place=None):
    """One of a list, with the keys of the list; the place is what must be scrolled first."""
    if place is not None:
      self.scroll_to(combo, place)
    self.press_node(self.find('push button', None, combo))
    rows = wait(lambda: self.all('list item', None, combo), f'the choices for {word}')
    words = [next((name_of(node) for node in walk(row) if node.get_role_name() == 'label'), '')
             for row in rows]
    shown = [number for number, text in enumerate(words) if text == word] or \
      [number for number, text in enumerate(words) if word in text]
    assert shown, f'{word} is none of {words}'
    now = next((number for number, row in enumerate(rows)
                if row.get_state_set().contains(Atspi.StateType.SELECTED)), 0)
    by = shown[0] - now
    self.key(*['Down' if by > 0 else 'Up'] * abs(by), 'Return')
    wait(lambda: not self.all('list item', None, combo), f'the choice of {word}')

  @patient
  def answer(self, form, label, value):
    """One question: text, a choice of a list, one or several of some buttons, or a tick."""
    node = wait(lambda: next((node for node in walk(form) if name_of(node) == label and
                              node.get_role_name() != 'label'), None), f'the question {label}')
    role = node.get_role_name()
    if role == 'text':
      wait(lambda: Atspi.EditableText.set_text_contents(node, value), label)
    elif role == 'combo box':
      self.choose(node, value, form)
    elif isinstance(value, str):
      self.press_node(self.find('push button', value, node))
    else:
      for button in self.all('push button', None, node):
        if is_pressed(button) != (name_of(button) in value):
          self.press_node(button)

  def fill(self, title, answers, button=None):
    """Fills a form and presses its button; what stands there already is not written again."""
    for label, value in answers.items():
      self.answer(self.form(title), label, value)
    self.press(button or title, within=self.form(title))

  # What can be done in the case

  def pick(self, button, word):
    """One line of a menu, through the submenu that holds it; the page may be shown anew meanwhile."""
    wait(lambda: self.try_to_pick(button, word), f'{word} of {button}')

  def try_to_pick(self, button, word):
    """The last one of that name: a submenu may be called as its act."""
    opener = self.find('push button', button)
    self.press_node(opener)
    try:
      items = wait(lambda: self.all('menu item', None, opener.get_parent()), f'the menu {button}', MENU)
    except AssertionError:
      return False  # a press on a page that is just laid out goes nowhere
    names = [name_of(item) for item in items]
    n_top = next((n for n, name in enumerate(names) if name in names[:n]), len(names))
    assert word in names, f'{word} is none of {names}'
    place = len(names) - 1 - names[::-1].index(word)
    if place >= n_top:
      self.press_node(items[names.index(next(
        name for name in reversed(names[n_top:place]) if name in names[:n_top]))])
    self.press_node(items[place])
    return True

  def finish(self, title, answers, button=None):
    """The form that is open is filled, and it closes when it is recorded."""
    self.fill(title, answers, button)

    def is_done():
      dialogs = self.roots()[1:]
      said = [name_of(node) for node in self.all('label', None, dialogs[-1])] if dialogs else []
      assert REFUSED not in said, (title, said)
      return not self.has('form')
    wait(is_done, f'{title} to be recorded')

  def act(self, label, answers, button=None):
    """An act by the menu of what can be added."""
    self.pick('添加', label)
    self.finish(button or label, answers)

  def step(self, label, answers, title=None):
    """A button of the case page or the editor that opens a form."""
    self.press(label)
    self.finish(title or label, answers)

  # Documents in the editor

  @patient
  def open_fields(self):
    """The drawer of the fields; its button has the same name."""
    drawer = next(self.seek('panel', '字段'), None)
    if drawer is None or not self.has('text', None, drawer):
      self.press('字段')
    return wait(lambda: next((node for node in self.seek('panel', '字段')
                              if self.has('text', None, node)), None), 'the fields')

  def write_field(self, label, value):
    """One field of the drawer: a value, one with parts, or several rows of such."""
    if isinstance(value, str):
      self.answer(self.open_fields(), label, value)
      return
    do_action(self.find_group(label), 'activate')
    if isinstance(value, dict):
      for name, text in value.items():
        self.answer(self.find_group(label), f'{label} {name}', text)
      return
    for number, row in enumerate(value):
      self.press('添加' + label, within=self.find_group(label))
      for name, text in row.items():
        self.answer(self.find_group(label), f'{label} {number + 1} {name}', text)

  @patient
  def find_group(self, label):
    """A field with parts, which opens."""
    return self.find('push button', label, self.open_fields())

  def write_document(self, values):
    for label, value in values.items():
      self.write_field(label, value)

  def tab(self, name):
    """A page of the case, such as 文书 3; a click goes wrong while the page is laid out."""
    def look():
      for tab in self.seek('page tab'):
        label = next(self.seek('label', None, tab), None)
        if label is not None and name_of(label).split(' ')[0] == name:
          if tab.get_state_set().contains(Atspi.StateType.SELECTED):
            return True
          self.click_at(label)
      return False
    wait(look, f'the page {name}')

  def press_of(self, title, button):
    """A button in the row of a document."""
    self.tab('文书')

    def try_it():
      row = next(self.seek('list item', title), None)
      node = next(self.seek('push button', button, row), None) if row is not None else None
      if node is not None:
        self.press_node(node)
      return node is not None
    wait(try_it, f'{button} of {title}')

  # Files

  def choose_file(self, opener, path, button='打开'):
    """Types where a file is, or is to be, into the chooser of the system; to open one Ctrl+L asks
    for the place to type in, to save one it is there with a name that is suggested."""
    before = len(self.roots())
    self.press_node(opener)
    self.type_place(before, path, button)

  def type_place(self, before, path, button):
    """The chooser comes over so many windows."""
    chooser = wait(lambda: next((root for root in self.roots()[before:]
                                 if self.has('push button', button, root)), None), 'the chooser')
    known = self.all('text', None, chooser)
    if button == '打开':
      self.key('ctrl+l')
    entry = wait(lambda: next((node for node in self.seek('text', None, chooser)
                               if node not in known or text_of(node)), None), 'a place to type in')
    wait(lambda: Atspi.EditableText.set_text_contents(entry, path), path)
    accept = self.find('push button', button, chooser)

    def is_closed():
      """While the chooser still reads the folder it takes no answer; another window may come after it."""
      if not any(self.has('push button', button, root) for root in self.roots()[before:]):
        return True
      do_action(accept)
      return False
    wait(is_closed, 'the end of the chooser')

  def make_final(self, is_ready=True):
    """定稿 and the question whether it is meant."""
    self.press('定稿')
    self.press('定稿', within=self.find('dialog'))
    if is_ready:
      self.sees('文书已成文')

  # What is refused

  def refusal(self):
    """The window that says why not: all that it says, and itself."""
    dialog = wait(lambda: next((node for node in self.roots()[1:]
                                if self.has('label', REFUSED, node)), None), 'a refusal')
    return [name_of(node) for node in self.all('label', None, dialog)], dialog

  def expect_refusal(self, rule, words, lands=None):
    """It says what, why and what to do, can be printed, and leads to where it is cleared."""
    said, dialog = self.refusal()
    assert rule in said and words in '\n'.join(said), (rule, words, said)
    self.find('push button', '打印说明', dialog)
    self.press('关闭' if lands is None else '前往处理', within=dialog)
    wait(lambda: not any(self.has('label', REFUSED, root) for root in self.roots()[1:]),
         'the end of the refusal')
    if lands is not None:
      self.find(*lands)
    elif self.has('form'):
      self.leave_form()

  def refuse(self, label, answers, rule, words, lands=None, title=None):
    """An act of the menu of the case that is refused."""
    self.pick('添加', label)
    self.fill(title or label, answers)
    self.expect_refusal(rule, words, lands)

  def leave_form(self):
    self.press('取消', within=self.find('form'))
    self.wait_gone('form')
