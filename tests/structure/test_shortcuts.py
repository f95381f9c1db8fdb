#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_shortcuts.py ROOT: the window of shortcuts lists the keys that are bound, and no others."""

import html
import os
import re
import sys

sys.dont_write_bytecode = True
from tap import Tap, read_files

MODIFIERS = {'CONTROL': 'ctrl', 'PRIMARY': 'ctrl', 'CTRL': 'ctrl', 'CTL': 'ctrl', 'SHIFT': 'shift', 'ALT': 'alt',
             'SUPER': 'super'}
ACCELERATOR = r'((?:<\w+>)*)(\w+)'
# In a source: "<Control>k", or a key of its own such as "F1".
LITERAL = re.compile(r'"((?:<(?:Control|Primary|Ctrl|Shift|Alt|Super)>)+\w+|F\d\d?)"')
# GDK_KEY_k, GDK_CONTROL_MASK | GDK_SHIFT_MASK
PAIR = re.compile(r'GDK_KEY_(\w+),\s*((?:GDK_\w+_MASK(?:\s*\|\s*)?)+|0)\b')
# In a controller of keys, or in its table.
HANDLED = re.compile(r'(?:case|[=!]=)\s+GDK_KEY_(?:KP_)?(\w+)|\{\s*GDK_KEY_(?:KP_)?(\w+),\s*"')
TRIGGER = re.compile(r'<property name="trigger">([^<]*)</property>')
LISTED = re.compile(r'<property name="accelerator">([^<]*)</property>')

# What every list, dialog and text of GTK has: nobody looks for these in a table.
STOCK = {'escape', 'return', 'enter', 'iso_enter', 'kp_enter', 'space', 'tab', 'iso_left_tab', 'shift+tab',
         'shift+iso_left_tab', 'up', 'down', 'alt+down', 'left', 'right', 'home', 'end', 'page_up', 'page_down',
         'kp_up', 'kp_down', 'kp_home', 'kp_end', 'backspace', 'delete', 'menu', 'shift_l', 'shift_r', 'control_l',
         'control_r', 'alt_l', 'alt_r'}
# Belong to input methods (ux §5).
RESERVED = {'ctrl+space', 'ctrl+period', 'ctrl+semicolon', 'ctrl+comma', 'ctrl+shift+f', 'ctrl+shift+u', 'super+space'}


def normalize(modifiers, key):
  names = {MODIFIERS.get(name.upper(), name.lower()) for name in modifiers}
  return '+'.join([*(name for name in ('ctrl', 'alt', 'shift', 'super') if name in names), key.lower()])


def parse(accelerator):
  """One accelerator, or the range 1...9 of digits, as GTK writes them."""
  match = re.fullmatch(ACCELERATOR, accelerator)
  modifiers = re.findall(r'<(\w+)>', match.group(1)) if match else []
  return normalize(modifiers, match.group(2)) if match else accelerator


def parse_listed(text):
  """What stands in a template: several accelerators with spaces between, and ranges."""
  keys = set()
  for word in html.unescape(text).split():
    span = re.fullmatch(r'((?:<\w+>)*)(\d)\.\.\.(\d)', word)
    if span:
      keys |= {parse(span.group(1) + str(digit)) for digit in range(int(span.group(2)), int(span.group(3)) + 1)}
    else:
      keys.add(parse(word))
  return keys


def find_bound(sources):
  """Path -> text of sources and templates; key -> the file that binds it."""
  bound = {}
  for path, text in sources.items():
    keys = {parse(word) for word in LITERAL.findall(text)}
    keys |= {normalize(re.findall(r'GDK_(\w+?)_MASK', masks), key) for key, masks in PAIR.findall(text)}
    keys |= {key for words in TRIGGER.findall(text) for key in parse_listed(words)}
    bound.update({key: path for key in keys})
  return bound


def find_handled(sources):
  """Keys that a controller looks at, whatever modifiers come with them."""
  return {(one or other).lower(): path for path, text in sources.items() for one, other in HANDLED.findall(text)}


def find_wrong(sources, listed):
  bound, handled = find_bound(sources), find_handled(sources)
  listed_alone = {key.split('+')[-1] for key in listed}
  problems = [f'{key} of {path} is not in the window of shortcuts'
              for key, path in sorted(bound.items()) if key not in listed | STOCK]
  problems += [f'{key} of {path} is not in the window of shortcuts'
               for key, path in sorted(handled.items()) if key not in listed_alone | STOCK]
  problems += [f'{key} is in the window of shortcuts and nobody binds it'
               for key in sorted(listed) if key not in bound and key.split('+')[-1] not in handled]
  return problems + [f'{key} of {path} belongs to input methods'
                     for key, path in sorted(bound.items()) if key in RESERVED]


def check_planted(tap):
  source = '''add_keys (a, "app.help", "F1"); { "desk", N_ ("Desk"), i, NULL, NULL, "<Alt>1", t },
    gtk_widget_class_add_binding_action (c, GDK_KEY_L, GDK_CONTROL_MASK |
      GDK_SHIFT_MASK, "x", NULL); gtk_widget_class_add_binding_action (c, GDK_KEY_Escape, 0, "y", NULL);
    case GDK_KEY_j: { GDK_KEY_KP_7, "review.verdict", "pass" },'''
  template = '<property name="trigger">&lt;Control&gt;k</property>'
  files = {'a.c': source, 'b.ui': template}
  listed = parse_listed('F1 &lt;Alt&gt;1 &lt;ctl&gt;&lt;Shift&gt;l &lt;Control&gt;k j 7')
  tap.check('planted/right', find_wrong(files, listed))
  tap.check_found('planted/not-listed', find_wrong(files, listed - {'f1', 'ctrl+k', 'j', '7'}), 4)
  tap.check_found('planted/not-bound', find_wrong(files, listed | {'ctrl+p'}))
  tap.check_found('planted/reserved', find_wrong({'a.c': 'GDK_KEY_space, GDK_CONTROL_MASK'}, {'ctrl+space'}))
  tap.check('planted/range', [] if parse_listed('&lt;Alt&gt;1...3') == {'alt+1', 'alt+2', 'alt+3'} else ['other keys'])


def main(root):
  tap = Tap()
  check_planted(tap)
  with open(os.path.join(root, 'ui', 'shortcuts.ui'), encoding='utf-8') as file:
    listed = [key for words in LISTED.findall(file.read()) for key in parse_listed(words)]
  sources = read_files(root, os.path.join('src', 'app'), 'ui', endings=('.c', '.ui'))
  tap.check('there are shortcuts', [] if len(listed) > 5 else [repr(listed)])
  tap.check('every key is listed, and no other', find_wrong(sources, set(listed)))
  tap.end()


main(sys.argv[1])
