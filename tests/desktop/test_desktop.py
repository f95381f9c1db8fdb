#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_desktop.py ROOT DESKTOP METAINFO: what a desktop is told of the program hangs together."""

import configparser
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'structure'))
from tap import Tap

ID = 'org.juanzong.Juanzong'
HAN = re.compile('[\u3400-\u9fff]')
LANGUAGE = '{http://www.w3.org/XML/1998/namespace}lang'


def read(*parts):
  with open(os.path.join(*parts), encoding='utf-8') as file:
    return file.read()


def parse_desktop(text):
  parser = configparser.RawConfigParser(delimiters=('=',), comment_prefixes=('#',))
  parser.optionxform = str
  parser.read_string(text)
  return dict(parser['Desktop Entry'])


def find_wrong_desktop(entry):
  """What is wrong with the entries of a desktop file."""
  problems = []
  for key, value in (('Icon', ID), ('Exec', 'juanzong'), ('DBusActivatable', 'true')):
    if entry.get(key) != value:
      problems.append(f'{key} is {entry.get(key)}, not {value}')
  if 'MimeType' in entry:
    problems.append('the program opens no kind of file, and MimeType says that it does')
  return problems + [f'{key} has no Chinese' for key in ('Name', 'GenericName', 'Comment', 'Keywords')
                     if not HAN.search(entry.get(key + '[zh_CN]', ''))]


def find_wrong_metainfo(text, version):
  """What is wrong with a metainfo file of this version of the program."""
  root = ElementTree.fromstring(text)
  problems = [] if root.findtext('id') == ID else ['it is of another program']
  releases = [release.get('version') for release in root.iter('release')]
  if releases[:1] != [version]:
    problems.append(f'its newest release is {releases[:1]}, the program is {version}')
  if re.search(r'https?://', re.sub('xmlns:\\w+="[^"]*"', '', text)):
    problems.append('it names an address of the web; this project has none')
  for element in root.iter():
    if element.tag in ('name', 'summary', 'p', 'li') and element.get(LANGUAGE) == 'zh_CN':
      return problems
  return problems + ['it has no Chinese']


def find_missing_pictures(text, folder):
  """Pictures that a text names and the folder does not have."""
  names = re.findall(r'(?:>@pictures@|\(data/pictures)/([^<)]+)[<)]', text)
  return ([] if names else ['it names no picture']) + [
    f'{name} is not there' for name in names if not os.path.exists(os.path.join(folder, name))]


# What the sandbox may reach, each for a reason that the README gives.
ALLOWED = {'--share=ipc', '--socket=wayland', '--socket=fallback-x11', '--socket=pulseaudio', '--device=dri',
           '--filesystem=xdg-documents', '--filesystem=/srv/juanzong', '--filesystem=/media', '--filesystem=/run/media'}

# What the runtime lacks of the libraries in the README's table, each before what needs it.
BUILT = ['qpdf', 'libxlsxwriter', 'libde265', 'libheif', 'poppler-data', 'poppler']


def find_wrong_manifest(manifest):
  """What is wrong with the manifest of the flatpak."""
  problems = [] if manifest['id'] == ID and manifest['command'] == 'juanzong' else ['it is of another program']
  problems += [f'{word} lets more in than it should' for word in manifest['finish-args'] if word not in ALLOWED]
  if manifest['modules'][-1]['name'] != 'juanzong':
    problems.append('the program is not its last module, which ./dev flatpak builds')
  names = [module['name'] for module in manifest['modules']]
  problems += [f'{name} is not built' for name in BUILT if name not in names]
  if [name for name in names if name in BUILT] != [name for name in BUILT if name in names]:
    problems.append('what a module needs is built after it')
  for module in manifest['modules']:
    for source in module['sources']:
      if source['type'] == 'archive' and not re.fullmatch('[0-9a-f]{64}', source.get('sha256', '')):
        problems.append(f"{module['name']} has a source without a checksum")
  return problems


def find_strangers(folder):
  """Drawings whose pieces come from elsewhere, or that a small size would lose."""
  problems = []
  for where, _, leaves in os.walk(folder):
    for leaf in leaves:
      if leaf.endswith('.svg'):
        text = read(where, leaf)
        size = re.search(r'<svg [^>]*width="(\d+)" height="(\d+)"', text)
        wanted = '16' if leaf.endswith('-symbolic.svg') else '128'
        if not size or size.groups() != (wanted, wanted):
          problems.append(f'{leaf} is not {wanted} pixels wide and high')
        if re.search(r'<(?:image|text|style|script|use)\b|href=|inkscape:', text):
          problems.append(f'{leaf} has more than paths in it')
  return problems


def check_planted(tap):
  right = {'Icon': ID, 'Exec': 'juanzong', 'DBusActivatable': 'true',
           **{key + '[zh_CN]': '卷宗' for key in ('Name', 'GenericName', 'Comment', 'Keywords')}}
  tap.check('planted/desktop', find_wrong_desktop(right))
  tap.check_found('planted/desktop-wrong', find_wrong_desktop({**right, 'MimeType': 'x/y;', 'Icon': 'x',
                                                              'Name[zh_CN]': 'Juanzong'}), 3)
  metainfo = (f'<c><id>{ID}</id><p xml:lang="zh_CN">卷宗</p>'
              '<releases><release version="1.0"/></releases></c>')
  tap.check('planted/metainfo', find_wrong_metainfo(metainfo, '1.0'))
  wrong = metainfo.replace('zh_CN', 'de').replace('<c>', '<c><url>https://x.y</url>')
  tap.check_found('planted/metainfo-wrong', find_wrong_metainfo(wrong, '1.1'), 3)
  named = '<i>@pictures@/no.png</i> ![x](data/pictures/no.png)'
  tap.check_found('planted/pictures', find_missing_pictures(named, '/'), 2)
  tap.check_found('planted/no-picture', find_missing_pictures('', '/'))
  source = {'type': 'archive', 'sha256': 'a' * 64}
  manifest = {'id': ID, 'command': 'juanzong', 'finish-args': ['--share=ipc'],
              'modules': [*({'name': name, 'sources': [source]} for name in BUILT),
                          {'name': 'juanzong', 'sources': [{'type': 'dir'}]}]}
  tap.check('planted/manifest', find_wrong_manifest(manifest))
  wrong = {**manifest, 'finish-args': ['--share=network', '--filesystem=host'],
           'modules': [*({'name': name, 'sources': [source]} for name in reversed(BUILT[1:])),
                       {'name': 'other', 'sources': [{'type': 'archive'}]}]}
  tap.check_found('planted/manifest-wrong', find_wrong_manifest(wrong), 6)


def main(root, desktop, metainfo):
  tap = Tap()
  check_planted(tap)
  version = re.search(r"version: '([^']*)'", read(root, 'meson.build')).group(1)
  tap.check('the desktop file', find_wrong_desktop(parse_desktop(read(desktop))))
  tap.check('the metainfo', find_wrong_metainfo(read(metainfo), version))
  pictures = os.path.join(root, 'data', 'pictures')
  for name in (os.path.join('data', 'desktop', ID + '.metainfo.xml.in'), 'README.md', 'README.zh_CN.md'):
    tap.check(f'the pictures of {name}', find_missing_pictures(read(root, name), pictures))
  tap.check('the manifest of the flatpak', find_wrong_manifest(json.loads(read(root, 'flatpak', ID + '.json'))))
  tap.check('the icons', find_strangers(os.path.join(root, 'data', 'icons')))
  tap.end()


main(*map(os.path.abspath, sys.argv[1:]))
