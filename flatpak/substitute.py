#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""substitute.py MANIFEST RUNTIME VERSION SOURCE: the manifest for a runtime of one's own, to stdout.

Modules that are there because the real runtime lacks them are left out: this one is made with them.
It has no appstream-compose, which only a software centre needs. The program is built from SOURCE.
"""

import json
import sys


def substitute(manifest, runtime, version, source):
  own = manifest['modules'][-1]
  return {**manifest, 'runtime': runtime, 'sdk': runtime, 'runtime-version': version,
          'appstream-compose': False, 'modules': [{**own, 'sources': [{'type': 'dir', 'path': source}]}]}


def main(path, runtime, version, source):
  with open(path, encoding='utf-8') as file:
    manifest = json.load(file)
  json.dump(substitute(manifest, runtime, version, source), sys.stdout, indent=2)


main(*sys.argv[1:])
