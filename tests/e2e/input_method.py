# SPDX-License-Identifier: GPL-3.0-or-later
"""A Chinese input method for the tests: ibus with libpinyin, of the test's own session.

    with InputMethod() as method, Program(build, store, environment=method.environment) as program:
        program.type('nihao')
        program.key('space')
"""

import os
import shutil
import subprocess
import tempfile

from gi.repository import Gio

from driver import GLib, wait

# Keeps the settings of the input method in memory; nothing of the machine's is read or written.
CONFIG = '/usr/libexec/ibus-memconf'
ENGINE = 'libpinyin'


def missing():
  """What of the packages is not there; '' when all is."""
  needed = {'ibus': shutil.which('ibus-daemon'), 'ibus-libpinyin':
            os.path.exists('/usr/share/ibus/component/libpinyin.xml') and CONFIG,
            'ibus-gtk4': any('libim-ibus.so' in files for _, _, files in os.walk('/usr/lib'))}
  return ', '.join(name for name, found in needed.items() if not found)


class InputMethod:
  """An ibus daemon that knows nothing of the user, and composes with libpinyin from the start."""

  def __enter__(self):
    self.home = tempfile.mkdtemp(prefix='jz-ibus-')
    self.address = 'unix:path=' + self.home + '/bus'
    self.environment = {'GTK_IM_MODULE': 'ibus', 'IBUS_ADDRESS': self.address}
    self.own = dict(os.environ, HOME=self.home, XDG_CONFIG_HOME=self.home + '/config',
                    XDG_CACHE_HOME=self.home + '/cache', XDG_DATA_HOME=self.home + '/data',
                    GSETTINGS_BACKEND='memory', LANG='C.UTF-8')
    self.daemon = subprocess.Popen(
      ['ibus-daemon', '--panel=disable', '--emoji-extension=disable', '--config=' + CONFIG,
       '--address=' + self.address], env=self.own, stderr=subprocess.DEVNULL)
    self.own['IBUS_ADDRESS'] = self.address
    try:
      wait(self._has_settings, 'the settings of the input method')
      wait(self._choose, f'the input method {ENGINE}')
    except AssertionError:
      self.__exit__()
      raise
    return self

  def __exit__(self, *what):
    self.daemon.terminate()
    self.daemon.wait()
    shutil.rmtree(self.home, ignore_errors=True)

  # The engine does not start before it can read its settings, and whoever asks for it waits long.
  def _has_settings(self):
    flags = Gio.DBusConnectionFlags
    bus = Gio.DBusConnection.new_for_address_sync(
      self.address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
    has = bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                        'NameHasOwner', GLib.Variant('(s)', ['org.freedesktop.IBus.Config']),
                        None, Gio.DBusCallFlags.NONE, 1000, None).unpack()[0]
    bus.close_sync(None)
    return has

  def _ask(self, *words):
    try:
      return subprocess.run(['ibus', *words], env=self.own, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, timeout=10).stdout.strip()
    except subprocess.TimeoutExpired:
      return ''

  # Its status says nothing: it also wants to set a keyboard, of which there is none.
  def _choose(self):
    self._ask('engine', ENGINE)
    return self._ask('engine') == ENGINE
