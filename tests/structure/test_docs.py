#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_docs.py ROOT: every public function of base to office has its doc comment in a .c file."""

import os
import re
import sys

sys.dont_write_bytecode = True
from tap import Tap, read_files

FOLDERS = ('base', 'rules', 'store', 'forms', 'office')

COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)
DIRECTIVE = re.compile(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', re.MULTILINE)
BLOCK = re.compile(r'\{[^{}]*\}')
DECLARATION = re.compile(r'^(?!typedef|static)[\w *]*?\b(jz_\w+)\s*\([^;]*;', re.MULTILINE)
# The comment, the line of the type, the line of the name.
DOCUMENTED = re.compile(r'/\*\*\n \* (\w+):\n(?:(?!\*/).)*\*/\n[\w *]+\n(\w+) \(', re.DOTALL)
# Its doc comment is that of the enum of the errors.
QUARK = re.compile(r'^G_DEFINE_QUARK \([^,]*, (\w+)\)', re.MULTILINE)


def find_declared(header):
  """Names of the functions that a header declares."""
  text = DIRECTIVE.sub('', COMMENT.sub('', header))
  # Members of structs and of enums; from the inside out.
  while BLOCK.search(text):
    text = BLOCK.sub('', text)
  return DECLARATION.findall(text)


def find_documented(source):
  """Names of the functions whose definition follows a comment that begins with their name."""
  quarks = {name + '_quark' for name in QUARK.findall(source)}
  return quarks | {name for name, defined in DOCUMENTED.findall(source) if name == defined}


def find_undocumented(files):
  """Path -> text of headers and sources; the functions that nobody can look up."""
  documented = {}
  for path, text in files.items():
    if path.endswith('.c'):
      documented.setdefault(os.path.dirname(path), set()).update(find_documented(text))
  return [f'{path}: {name}() has no doc comment in a .c file of its folder'
          for path, text in files.items()
          if path.endswith('.h') and not path.endswith('-private.h')
          for name in find_declared(text) if name not in documented.get(os.path.dirname(path), ())]


HEADER = '''/* jz_in_comment (void); */
#define JZ_A (jz_a_quark ())
#define JZ_B(x) \\
  jz_in_macro (x);
typedef gboolean (*JzFunc) (int jz_x);
typedef struct {
  void (*run) (int a);
  struct { int b; } c;
} JzThing;
GQuark jz_a_quark (void);
const char *jz_b_get (const JzThing *self);
gboolean
jz_c_parse (const char *text,
            JzThing *thing /* (transfer full) */,
            GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzThing, jz_c_free)
'''
SOURCE = '''/**
 * jz_b_get:
 * @self: a thing
 *
 * Returns: what it is
 */
const char *
jz_b_get (const JzThing *self)
{
}

/**
 * jz_other:
 */
gboolean
jz_c_parse (const char *text)
{
}

/* jz_a_quark: not a doc comment */
GQuark
jz_a_quark (void)
{
}
'''


def check_planted(tap):
  declared = find_declared(HEADER)
  tap.check('planted/declared', [] if declared == ['jz_a_quark', 'jz_b_get', 'jz_c_parse']
            else [f'declared were found: {declared}'])
  files = {'src/base/a.h': HEADER, 'src/base/a.c': SOURCE, 'src/store/b.c': SOURCE}
  tap.check_found('planted/undocumented', find_undocumented(files), 2)
  tap.check_found('planted/other-folder', find_undocumented({'src/base/a.h': 'int jz_b_get (int);',
                                                             'src/store/a.c': SOURCE}))
  quark = {'src/base/a.h': HEADER, 'src/base/a.c': SOURCE + 'G_DEFINE_QUARK (jz_a, jz_a)\n'}
  tap.check_found('planted/quark', find_undocumented(quark))
  tap.check('planted/private', find_undocumented({'src/base/a-private.h': HEADER}))


def main(root):
  tap = Tap()
  check_planted(tap)
  n_declared = 0
  for folder in FOLDERS:
    path = os.path.join('src', folder)
    if os.path.isdir(os.path.join(root, path)):
      files = read_files(root, path, endings=('.c', '.h'))
      n_declared += sum(len(find_declared(files[name])) for name in files if name.endswith('.h'))
      tap.check(f'public functions of {folder} are documented', find_undocumented(files))
  tap.check('there are functions', [] if n_declared > 200 else [f'only {n_declared} were found'])
  tap.end()


main(sys.argv[1])
