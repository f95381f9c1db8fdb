# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings and papers for tests, made when they are needed: nothing of anybody is in them."""

import gi

gi.require_version('Gst', '1.0')
from gi.repository import Gst  # noqa: E402

# Every picture differs from its neighbours: a ball that moves, and a clock.
PICTURE = ('videotestsrc num-buffers={n} pattern=ball animation-mode=frames '
           '! video/x-raw,format=I420,width=320,height=240,framerate=25/1 ! timeoverlay font-desc="Sans 28" ')
SOUND = ('audiotestsrc num-buffers={m} samplesperbuffer=1024 wave=ticks ! audio/x-raw,rate=44100,channels=1 '
         '! audioconvert ! avenc_aac ! m. ')


def launch(description):
  Gst.init(None)
  pipeline = Gst.parse_launch(description)
  pipeline.set_state(Gst.State.PLAYING)
  message = pipeline.get_bus().timed_pop_filtered(60 * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
  pipeline.set_state(Gst.State.NULL)
  assert message is not None and message.type == Gst.MessageType.EOS, description


def make_h264(path, seconds=4):
  launch(f'mp4mux name=m ! filesink location={path} ' + PICTURE.format(n=25 * seconds) +
         '! x264enc speed-preset=ultrafast key-int-max=12 ! h264parse ! m. ' + SOUND.format(m=43 * seconds))


def make_h265(path, seconds=2):
  launch(f'mp4mux name=m ! filesink location={path} ' + PICTURE.format(n=25 * seconds) +
         '! x265enc speed-preset=ultrafast key-int-max=12 ! h265parse ! m.')


def make_variable(path, seconds=4):
  """Matroska in which some pictures last longer than others."""
  launch(f'matroskamux name=m ! filesink location={path} ' + PICTURE.format(n=25 * seconds) +
         '! identity drop-probability=0.4 ! x264enc speed-preset=ultrafast key-int-max=12 ! h264parse ! m.')
