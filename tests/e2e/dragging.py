#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dragging.py FILE…: a small window in the corner of the screen from which these files can be dragged, as from a file
manager, until its input ends; says "ready" when it is seen, and "dropped" when somebody has taken them."""

import os
import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402


def main():
  Gtk.init()
  uris = ''.join(Gio.File.new_for_path(path).get_uri() + '\r\n' for path in sys.argv[1:])
  content = Gdk.ContentProvider.new_for_bytes('text/uri-list', GLib.Bytes.new(uris.encode()))
  source = Gtk.DragSource(actions=Gdk.DragAction.COPY, content=content)
  source.connect('drag-end', lambda *_: print('dropped', flush=True))
  window = Gtk.Window(default_width=60, default_height=40, decorated=False, child=Gtk.Label(label='…'))
  window.get_child().add_controller(source)
  window.connect('map', lambda *_: GLib.timeout_add(300, lambda *_: print('ready', flush=True)))
  window.present()
  loop = GLib.MainLoop()
  GLib.io_add_watch(0, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP,
                    lambda *_: loop.quit())
  loop.run()
  os._exit(0)


if __name__ == '__main__':
  main()
