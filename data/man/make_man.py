#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_man.py JUANZONGCTL FRAME OUTPUT: the manual page, with what the program says of itself.

The frame is written by hand; commands, options and acts are asked of the program, so that the page
never tells of others than it has.
"""

import json
import re
import subprocess
import sys

COMMAND = re.compile(r'^  ([a-z-]+) ')
OPTION = re.compile(r'^  (?:(-\w), )?(--[\w-]+)(?:=(\S+))? {2,}(\S.*)$')


def ask(program, *words):
  return subprocess.run([program, *words], check=True, capture_output=True, encoding='utf-8').stdout


def escape(text):
  """Any text, as roff prints it."""
  for before, after in (('\\', '\\e'), ('…', '...'), ('“', '\\(lq'), ('”', '\\(rq'), ('‘', '\\(oq'),
                        ('’', '\\(cq'), ("'", '\\(aq'), ('`', '\\(ga')):
    text = text.replace(before, after)
  return '\\&' + text if text.startswith('.') else text


def escape_word(text):
  """What is typed: its hyphens are those of the keyboard."""
  return escape(text).replace('-', '\\-')


def list_commands(program):
  """(name, usage, summary, options) of each command, as its own help has them."""
  commands = []
  for line in ask(program, '--help').split('\n'):
    match = COMMAND.match(line)
    if match:
      name = match.group(1)
      usage, summary, *rest = ask(program, name, '--help').split('\n\n')
      words = usage.split('\n')[1].split(None, 2)[2]
      options = [found.groups() for found in map(OPTION.match, '\n'.join(rest).split('\n')) if found]
      commands.append((name, words, summary, [o for o in options if o[1] != '--help']))
  return commands


def write_synopsis(commands):
  lines = [f'.B juanzongctl {escape_word(name)}\n{escape_word(words)}'
           for name, words, _, _ in commands]
  lines.append('.B juanzongctl\n\\-\\-help | \\-\\-version')
  return '\n.br\n'.join(lines)


def write_option(short, name, value, meaning):
  head = f'\\fB{escape_word(short)}\\fR, ' if short else ''
  head += f'\\fB{escape_word(name)}\\fR'
  if value:
    head += f'=\\fI{escape_word(value)}\\fR'
  return f'.TP\n{head}\n{escape(meaning)}.'


def write_commands(commands):
  lines = []
  for name, words, summary, options in commands:
    lines.append(f'.SS {escape_word(name)} {escape_word(words)}\n{escape(summary)}.')
    lines += [write_option(*option) for option in options]
  return '\n'.join(lines)


SOURCES = {'required': 'required', 'optional': 'optional', 'prepared': 'by the program'}


def write_argument(argument):
  kind = argument['kind']
  if 'words' in argument:
    kind = 'one of ' + ', '.join(argument['words'])
  elif 'max' in argument:
    kind += f", at most {argument['max']}"
  name = escape_word(argument['name'])
  source = SOURCES[argument['source']]
  return f".TP\n\\fB{name}\\fR ({source}; {escape(kind)})\n{escape(argument['meaning'])}"


def list_roles(roles):
  return 'anybody' if roles == ['*'] else ', '.join(roles)


def describe_act(act):
  parts = [f"Who: {list_roles(act['roles'])}."]
  if 'proposer_roles' in act:
    parts.append(f"Proposed by: {list_roles(act['proposer_roles'])}.")
  parts.append('Signed.' if act['signed'] else 'Not signed.')
  parts.append(f"Undone by {act['inverse']}." if 'inverse' in act else 'Final.')
  if not act['by_do']:
    parts.append('Only a command of its own performs it.')
  return escape('\n'.join(parts))


def write_acts(acts):
  lines = []
  for act in acts:
    lines.append(f".SS {escape_word(act['name'])}\n{escape(act['summary'])}\n{describe_act(act)}")
    lines += [write_argument(argument) for argument in act['arguments']]
  return '\n'.join(lines)


def main(program, frame, output):
  with open(frame, encoding='utf-8') as file:
    text = file.read()
  commands = list_commands(program)
  parts = {
    'VERSION': escape(ask(program, '--version').split()[1].split('+')[0]),
    'SYNOPSIS': write_synopsis(commands),
    'COMMANDS': write_commands(commands),
    'ACTS': write_acts(json.loads(ask(program, 'acts', '--json'))),
  }
  for name, part in parts.items():
    text = text.replace(f'@{name}@', part)
  with open(output, 'w', encoding='utf-8') as file:
    file.write(text)


main(*sys.argv[1:])
