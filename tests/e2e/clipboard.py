#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""clipboard.py FILE…: holds these files on the clipboard, as a file manager does, until its input
ends; says "ready" when it has it."""

import os
import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, GObject, Gtk  # noqa: E402


def main():
  Gtk.init()
  clipboard = Gdk.Display.get_default().get_clipboard()
  if sys.argv[1] == '--picture':
    texture = Gdk.Texture.new_from_filename(sys.argv[2])
    content = Gdk.ContentProvider.new_for_value(GObject.Value(Gdk.Texture, texture))
  else:
    uris = ''.join(Gio.File.new_for_path(path).get_uri() + '\r\n' for path in sys.argv[1:])
    content = Gdk.ContentProvider.new_for_bytes('text/uri-list', GLib.Bytes.new(uris.encode()))
  assert clipboard.set_content(content)
  print('ready', flush=True)
  loop = GLib.MainLoop()
  GLib.io_add_watch(0, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP,
                    lambda *_: loop.quit())
  loop.run()
  os._exit(0)


if __name__ == '__main__':
  main()
