/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/message.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "media/codec.h"
#include "media/error.h"
#include "media/page_text.h"
#include "media/probe.h"

/* Packets over a real pair of sockets, and bytes that are none. */

#define HEADER_SIZE 48

typedef struct {
  int ours;
  int theirs;
} Pair;

static void
open_pair (Pair *pair)
{
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), ==, 0);
  pair->ours = ends[0];
  pair->theirs = ends[1];
}

static void
close_pair (Pair *pair)
{
  close (pair->ours);
  if (pair->theirs >= 0)
    close (pair->theirs);
}

/* The bytes of a packet, as they go over the socket. */
static GBytes *
get_packet (const JzMessage *message)
{
  Pair pair;
  char bytes[HEADER_SIZE + JZ_MESSAGE_MAX_TEXT + 1];
  gssize n;

  open_pair (&pair);
  g_assert_true (jz_message_send (pair.ours, message, NULL));
  n = recv (pair.theirs, bytes, sizeof bytes, 0);
  g_assert_cmpint (n, >=, HEADER_SIZE);
  close_pair (&pair);
  return g_bytes_new (bytes, (gsize)n);
}

static guint
count_handles (void)
{
  guint n = 0;

  for (int i = 0; i < 256; i++)
    n += fcntl (i, F_GETFD) >= 0;
  return n;
}

static void
test_round_trip (void)
{
  static const JzMessage messages[] = {
    { .type = JZ_MESSAGE_PING },
    { .type = JZ_MESSAGE_DONE, .serial = G_MAXUINT32, .a = G_MAXINT64, .b = G_MININT64, .c = -1 },
    { .type = 12345, .d = 1, .text = "mp4", .length = 3 },
    { .type = JZ_MESSAGE_FAILED, .text = "a\0b", .length = 3 },
  };
  Pair pair;

  open_pair (&pair);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++) {
    const JzMessage *sent = &messages[i];
    g_auto (JzMessage) got = { 0 };
    g_autoptr (GError) error = NULL;

    g_assert_true (jz_message_send (pair.ours, sent, &error));
    g_assert_no_error (error);
    g_assert_cmpint (jz_message_receive (pair.theirs, &got, 1000, &error), ==, JZ_MESSAGE_RECEIVED);
    g_assert_no_error (error);
    g_assert_cmpuint (got.type, ==, sent->type);
    g_assert_cmpuint (got.serial, ==, sent->serial);
    g_assert_cmpint (got.a, ==, sent->a);
    g_assert_cmpint (got.b, ==, sent->b);
    g_assert_cmpint (got.c, ==, sent->c);
    g_assert_cmpint (got.d, ==, sent->d);
    g_assert_cmpmem (got.text, got.length, sent->text != NULL ? sent->text : "", sent->length);
    g_assert_cmpint (got.text[got.length], ==, '\0');
    g_assert_cmpuint (got.n_handles, ==, 0);
  }
  close_pair (&pair);
}

/* It looks like the end of the other side, but what it brings must not stay open. */
static void
test_empty_packet (void)
{
  int memory = memfd_create ("test", MFD_CLOEXEC);
  union {
    char bytes[CMSG_SPACE (sizeof (int))];
    struct cmsghdr align;
  } control = { { 0 } };
  struct msghdr packet = { .msg_control = control.bytes, .msg_controllen = sizeof control.bytes };
  g_auto (JzMessage) got = { 0 };
  Pair pair;
  guint before;

  open_pair (&pair);
  control.align.cmsg_level = SOL_SOCKET;
  control.align.cmsg_type = SCM_RIGHTS;
  control.align.cmsg_len = CMSG_LEN (sizeof memory);
  memcpy (CMSG_DATA (&control.align), &memory, sizeof memory);
  before = count_handles ();
  g_assert_cmpint (sendmsg (pair.ours, &packet, 0), ==, 0);
  g_assert_cmpint (jz_message_receive (pair.theirs, &got, 1000, NULL), ==, JZ_MESSAGE_CLOSED);
  g_assert_cmpuint (count_handles (), ==, before);
  close (memory);
  close_pair (&pair);
}

static void
test_longest (void)
{
  g_autofree char *text = g_strnfill (JZ_MESSAGE_MAX_TEXT, 'x');
  JzMessage sent = { .type = JZ_MESSAGE_DONE, .text = text, .length = JZ_MESSAGE_MAX_TEXT };
  g_auto (JzMessage) got = { 0 };
  Pair pair;

  open_pair (&pair);
  g_assert_true (jz_message_send (pair.ours, &sent, NULL));
  g_assert_cmpint (jz_message_receive (pair.theirs, &got, 1000, NULL), ==, JZ_MESSAGE_RECEIVED);
  g_assert_cmpmem (got.text, got.length, text, JZ_MESSAGE_MAX_TEXT);
  close_pair (&pair);
}

static void
test_handles (void)
{
  int memory = memfd_create ("test", MFD_CLOEXEC);
  JzMessage sent = { .type = JZ_MESSAGE_PROBE, .handles = { memory, memory }, .n_handles = 2 };
  guint before;
  Pair pair;
  int taken;

  g_assert_cmpint (write (memory, "abc", 3), ==, 3);
  open_pair (&pair);
  before = count_handles ();
  {
    g_auto (JzMessage) got = { 0 };
    char bytes[3];

    g_assert_true (jz_message_send (pair.ours, &sent, NULL));
    g_assert_cmpint (jz_message_receive (pair.theirs, &got, 1000, NULL), ==, JZ_MESSAGE_RECEIVED);
    g_assert_cmpuint (got.n_handles, ==, 2);
    g_assert_cmpuint (count_handles (), ==, before + 2);
    g_assert_cmpint (fcntl (got.handles[0], F_GETFD), ==, FD_CLOEXEC);
    taken = jz_message_take_handle (&got, 0);
    g_assert_cmpint (jz_message_take_handle (&got, 0), ==, -1);
    g_assert_cmpint (jz_message_take_handle (&got, 2), ==, -1);
    g_assert_cmpint (pread (taken, bytes, 3, 0), ==, 3);
  }
  /* The one that nobody took is closed. */
  g_assert_cmpuint (count_handles (), ==, before + 1);
  close (taken);
  close (memory);
  close_pair (&pair);
}

static void
send_raw (int socket, const void *bytes, gsize size, const int *handles, guint n_handles)
{
  struct iovec part = { (void *)bytes, size };
  char control[CMSG_SPACE (sizeof (int) * 16)] = { 0 };
  struct msghdr packet = { .msg_iov = &part, .msg_iovlen = 1 };

  if (n_handles > 0) {
    struct cmsghdr *rights;

    packet.msg_control = control;
    packet.msg_controllen = CMSG_SPACE (sizeof (int) * n_handles);
    rights = CMSG_FIRSTHDR (&packet);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN (sizeof (int) * n_handles);
    memcpy (CMSG_DATA (rights), handles, sizeof (int) * n_handles);
  }
  g_assert_cmpint (sendmsg (socket, &packet, 0), ==, (gssize)size);
}

/* More handles than a packet may have: all of it is refused, and none stays open. */
static void
test_too_many_handles (void)
{
  g_autoptr (GBytes) packet = get_packet (&(JzMessage){ .type = JZ_MESSAGE_PROBE });
  int handles[16];
  guint before;
  Pair pair;

  open_pair (&pair);
  for (guint i = 0; i < G_N_ELEMENTS (handles); i++)
    handles[i] = pair.ours;
  before = count_handles ();
  for (guint n = 3; n <= 16; n++) {
    g_auto (JzMessage) got = { 0 };
    g_autoptr (GError) error = NULL;

    send_raw (pair.ours, g_bytes_get_data (packet, NULL), g_bytes_get_size (packet), handles, n);
    g_assert_cmpint (jz_message_receive (pair.theirs, &got, 1000, &error), ==, JZ_MESSAGE_BROKEN);
    g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL);
    g_assert_cmpuint (count_handles (), ==, before);
  }
  close_pair (&pair);
}

/* Handles that come with garbage are closed too. */
static void
test_handles_with_garbage (void)
{
  guint before;
  Pair pair;
  g_auto (JzMessage) got = { 0 };

  open_pair (&pair);
  before = count_handles ();
  send_raw (pair.ours, "garbage", 7, &pair.ours, 1);
  g_assert_cmpint (jz_message_receive (pair.theirs, &got, 1000, NULL), ==, JZ_MESSAGE_BROKEN);
  g_assert_cmpuint (count_handles (), ==, before);
  close_pair (&pair);
}

static void
assert_refused (const void *bytes, gsize size)
{
  JzMessage got;
  g_autoptr (GError) error = NULL;

  g_assert_false (jz_message_parse (&got, bytes, size, &error));
  g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL);
  g_assert_cmpuint (got.n_handles, ==, 0);
  g_assert_null (got.text);
}

/* Every length but the one that the header announces. */
static void
test_truncated (void)
{
  g_autoptr (GBytes) packet =
    get_packet (&(JzMessage){ .type = JZ_MESSAGE_DONE, .text = "0123456789", .length = 10 });
  gsize size = g_bytes_get_size (packet);
  g_autofree guint8 *longer = g_malloc0 (size + 1);
  g_auto (JzMessage) whole = { 0 };

  memcpy (longer, g_bytes_get_data (packet, NULL), size);
  g_assert_true (jz_message_parse (&whole, longer, size, NULL));
  for (gsize n = 0; n < size; n++)
    assert_refused (longer, n);
  assert_refused (longer, size + 1);
}

static void
test_garbage (void)
{
  g_autoptr (GBytes) packet = get_packet (&(JzMessage){ .type = JZ_MESSAGE_DONE });
  guint8 bytes[HEADER_SIZE];

  memcpy (bytes, g_bytes_get_data (packet, NULL), HEADER_SIZE);
  /* the mark of our packets, then the length of the text */
  for (guint i = 0; i < HEADER_SIZE; i++) {
    guint8 kept = bytes[i];

    bytes[i] ^= 0x40;
    if (i < 4 || (i >= 12 && i < 16)) {
      assert_refused (bytes, HEADER_SIZE);
    } else {
      g_auto (JzMessage) got = { 0 };
      g_assert_true (jz_message_parse (&got, bytes, HEADER_SIZE, NULL));
    }
    bytes[i] = kept;
  }
}

/* A packet larger than the room for it was cut by the kernel. */
static void
test_too_long (void)
{
  g_autofree char *bytes = g_malloc0 (HEADER_SIZE + JZ_MESSAGE_MAX_TEXT + 1);
  g_autoptr (GBytes) packet = get_packet (&(JzMessage){ .type = JZ_MESSAGE_DONE });
  g_auto (JzMessage) got = { 0 };
  Pair pair;

  memcpy (bytes, g_bytes_get_data (packet, NULL), HEADER_SIZE);
  open_pair (&pair);
  send_raw (pair.ours, bytes, HEADER_SIZE + JZ_MESSAGE_MAX_TEXT + 1, NULL, 0);
  g_assert_cmpint (jz_message_receive (pair.theirs, &got, 1000, NULL), ==, JZ_MESSAGE_BROKEN);
  close_pair (&pair);
}

static void
test_closed (void)
{
  g_auto (JzMessage) got = { 0 };
  g_autoptr (GError) error = NULL;
  Pair pair;

  open_pair (&pair);
  g_assert_cmpint (jz_message_receive (pair.ours, &got, 0, NULL), ==, JZ_MESSAGE_NONE);
  g_assert_cmpint (jz_message_receive (pair.ours, &got, 10, NULL), ==, JZ_MESSAGE_NONE);
  close (pair.theirs);
  pair.theirs = -1;
  g_assert_cmpint (jz_message_receive (pair.ours, &got, 1000, NULL), ==, JZ_MESSAGE_CLOSED);
  g_assert_false (jz_message_send (pair.ours, &(JzMessage){ .type = JZ_MESSAGE_PING }, &error));
  g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_DIED);
  close_pair (&pair);
}

/* Whoever does not read must not hold up who writes. */
static void
test_full (void)
{
  g_autofree char *text = g_strnfill (JZ_MESSAGE_MAX_TEXT, 'x');
  JzMessage sent = { .type = JZ_MESSAGE_DONE, .text = text, .length = JZ_MESSAGE_MAX_TEXT };
  g_autoptr (GError) error = NULL;
  Pair pair;
  guint n = 0;

  open_pair (&pair);
  fcntl (pair.ours, F_SETFL, O_NONBLOCK);
  while (n < 10000 && jz_message_send (pair.ours, &sent, &error))
    n++;
  g_assert_cmpuint (n, <, 10000);
  g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL);
  close_pair (&pair);
}

static void
test_page_text (void)
{
  static const JzTextBox boxes[] = { { 1, 2, 3, 4 }, { 5, 6, 7, 8 } };
  g_autoptr (JzPageText) text = jz_page_text_new ("现场a", boxes, 2);
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (JzPageText) again = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize size;

  text->width = 595;
  text->height = 842;
  text->n_pages = 7;
  packed = jz_page_text_pack (text);
  bytes = g_memdup2 (g_bytes_get_data (packed, &size), g_bytes_get_size (packed));
  again = jz_page_text_unpack (bytes, size, NULL);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->text, ==, "现场a");
  g_assert_cmpuint (again->boxes->len, ==, 3);
  g_assert_cmpfloat (g_array_index (again->boxes, JzTextBox, 1).width, ==, 7);
  g_assert_cmpfloat (g_array_index (again->boxes, JzTextBox, 2).width, ==, 0);
  g_assert_cmpuint (again->n_pages, ==, 7);
  for (gsize n = 0; n < size; n++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (jz_page_text_unpack (bytes, n, &error));
    g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL);
  }
  /* a box that is no number, and a text that is no UTF-8 */
  memset (bytes + 32, 0xff, 4);
  g_assert_null (jz_page_text_unpack (bytes, size, NULL));
  memset (bytes + 32, 0, 4);
  bytes[size - 1] = 0xff;
  g_assert_null (jz_page_text_unpack (bytes, size, NULL));
  bytes[size - 1] = '\0';
  g_assert_null (jz_page_text_unpack (bytes, size, NULL));
}

static void
test_probe_json (void)
{
  static const struct {
    const char *json;
    gboolean is_good;
  } cases[] = {
    { "{\"kind\":\"photo\"}", TRUE },
    { "{\"kind\":\"video\",\"later\":{\"a\":1},\"odd\":[\"a-newer-word\"]}", TRUE },
    { "{\"kind\":\"film\"}", FALSE },
    { "{}", FALSE },
    { "[]", FALSE },
    { "{\"kind\":\"photo\",\"duration_ms\":-1}", FALSE },
    { "{\"kind\":\"photo\",\"duration_ms\":\"1\"}", FALSE },
    { "{\"kind\":\"photo\",\"orientation\":45}", FALSE },
    { "{\"kind\":\"photo\",\"orientation\":360}", FALSE },
    { "{\"kind\":\"photo\",\"maker\":1}", FALSE },
    { "{\"kind\":\"photo\",\"pages\":99999999}", FALSE },
    { "{\"kind\":\"photo\",\"odd\":[\"<b>\"]}", FALSE },
    { "{\"kind\":\"photo\",\"odd\":[1]}", FALSE },
    { "{\"kind\":\"photo\",\"odd\":{}}", FALSE },
    { "{\"kind\":\"photo\",\"streams\":[{}]}", FALSE },
    { "{\"kind\":\"photo\",\"streams\":[1]}", FALSE },
    { "{\"kind\":\"photo\",\"streams\":[{\"type\":\"video\",\"width\":-1}]}", FALSE },
    { "{\"kind\":\"photo\",\"streams\":[{\"type\":\"video\",\"decodable\":1}]}", FALSE },
    { "{\"kind\":\"photo\",\"streams\":[{\"type\":\"video\",\"width\":320}]}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JzJson) json = jz_json_parse (cases[i].json, strlen (cases[i].json), NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (JzProbe) probe = jz_probe_from_json (json, &error);

    if (cases[i].is_good != (probe != NULL))
      g_error ("%s", cases[i].json);
    if (probe == NULL)
      g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL);
  }
}

/* What a file says of itself is shown to people: nothing in it may move the cursor. */
static void
test_probe_words (void)
{
  g_autoptr (JzProbe) probe = jz_probe_new ();
  g_autofree char *longest = g_strnfill (1000, 'x');
  g_autoptr (JzJson) json = NULL;
  g_autoptr (JzProbe) again = NULL;

  probe->maker = g_strdup ("a\033[2Jb\377");
  probe->model = g_steal_pointer (&longest);
  for (guint i = 0; i < 100; i++) {
    JzProbeStream *stream = jz_probe_add_stream (probe, "audio");
    g_assert_true ((stream != NULL) == (i < JZ_PROBE_MAX_STREAMS));
  }
  json = jz_probe_to_json (probe);
  again = jz_probe_from_json (json, NULL);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->maker, ==, "a\357\277\275[2Jb\357\277\275");
  g_assert_cmpint (g_utf8_strlen (again->model, -1), <=, 202);
  g_assert_cmpuint (again->streams->len, ==, JZ_PROBE_MAX_STREAMS);
}

/* Packages are named, so that the administrator knows what to install. */
static void
test_codec (void)
{
  static const struct {
    const char *media;
    const char *named;
  } cases[] = {
    { "video/x-h265", "gstreamer1.0-libav" },
    { "video/x-h264", "gstreamer1.0-libav" },
    { "video/mpegts", "gstreamer1.0-plugins-bad" },
    { "video/mpeg", "gstreamer1.0-libav" },
    { "audio/x-anything", "gstreamer1.0-libav" },
    { "image/heif", "libheif1" },
    { "image/avif", "libheif1" },
    { "image/x-heif-other", "Debian 12" },
    { "application/x-nothing", "Debian 12" },
    { "\033[2J", "Debian 12" },
    { "", "Debian 12" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *sentence = jz_codec_dup_sentence (cases[i].media);
    g_autoptr (GError) error = jz_media_error_new (JZ_MEDIA_ERROR_CODEC, cases[i].media);

    g_assert_nonnull (strstr (sentence, cases[i].named));
    g_assert_null (strchr (sentence, '\033'));
    g_assert_cmpstr (error->message, ==, sentence);
  }
}

/* Whatever a helper reports, there is a sentence for it. */
static void
test_sentences (void)
{
  for (int code = -1; code < 20; code++) {
    g_autoptr (GError) error = jz_media_error_new ((JzMediaError)code, NULL);

    g_assert_cmpint ((int)strlen (error->message), >, 20);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/message/round-trip", test_round_trip);
  g_test_add_func ("/media/message/longest", test_longest);
  g_test_add_func ("/media/message/empty-packet", test_empty_packet);
  g_test_add_func ("/media/message/handles", test_handles);
  g_test_add_func ("/media/message/too-many-handles", test_too_many_handles);
  g_test_add_func ("/media/message/handles-with-garbage", test_handles_with_garbage);
  g_test_add_func ("/media/message/truncated", test_truncated);
  g_test_add_func ("/media/message/garbage", test_garbage);
  g_test_add_func ("/media/message/too-long", test_too_long);
  g_test_add_func ("/media/message/closed", test_closed);
  g_test_add_func ("/media/message/full", test_full);
  g_test_add_func ("/media/page-text/pack", test_page_text);
  g_test_add_func ("/media/probe/json", test_probe_json);
  g_test_add_func ("/media/probe/words", test_probe_words);
  g_test_add_func ("/media/codec/packages", test_codec);
  g_test_add_func ("/media/error/sentences", test_sentences);
  return g_test_run ();
}
