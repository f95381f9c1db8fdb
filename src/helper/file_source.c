/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/file_source.h"

#include <errno.h>
#include <gst/base/gstbasesrc.h>
#include <sys/stat.h>
#include <unistd.h>

/* fdsrc moves the handle's offset, which all who were handed the same opened file share: two
 * pipelines on one file destroyed each other. This reads at a place and moves nothing. */

#define PROTOCOL "pfd"
#define BLOCK_SIZE (64 * 1024)

#define JZ_TYPE_FILE_SOURCE (jz_file_source_get_type ())
G_DECLARE_FINAL_TYPE (JzFileSource, jz_file_source, JZ, FILE_SOURCE, GstBaseSrc)

struct _JzFileSource {
  GstBaseSrc parent_instance;

  int handle; /* borrowed */
};

static GstURIType
get_uri_type (GType type)
{
  return GST_URI_SRC;
}

static const char *const *
get_protocols (GType type)
{
  static const char *protocols[] = { PROTOCOL, NULL };
  return protocols;
}

static char *
get_uri (GstURIHandler *handler)
{
  return jz_file_source_uri (JZ_FILE_SOURCE (handler)->handle);
}

static gboolean
set_uri (GstURIHandler *handler, const char *uri, GError **error)
{
  guint64 handle = 0;

  if (!g_str_has_prefix (uri, PROTOCOL "://") ||
      !g_ascii_string_to_unsigned (uri + strlen (PROTOCOL "://"), 10, 0, G_MAXINT, &handle, NULL)) {
    g_set_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_URI, "%s", uri);
    return FALSE;
  }
  JZ_FILE_SOURCE (handler)->handle = (int)handle;
  return TRUE;
}

static void
uri_handler_init (gpointer class, gpointer data)
{
  GstURIHandlerInterface *interface = class;

  interface->get_type = get_uri_type;
  interface->get_protocols = get_protocols;
  interface->get_uri = get_uri;
  interface->set_uri = set_uri;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JzFileSource,
                               jz_file_source,
                               GST_TYPE_BASE_SRC,
                               G_IMPLEMENT_INTERFACE (GST_TYPE_URI_HANDLER, uri_handler_init))

static gboolean
get_size (GstBaseSrc *source, guint64 *size)
{
  struct stat info;

  if (fstat (JZ_FILE_SOURCE (source)->handle, &info) != 0 || !S_ISREG (info.st_mode))
    return FALSE;
  *size = (guint64)info.st_size;
  return TRUE;
}

static gboolean
is_seekable (GstBaseSrc *source)
{
  return TRUE;
}

/* How many threads wait for a disk. */
static int n_reading = 0;

static gssize
read_at (int handle, void *data, gsize size, guint64 offset)
{
  gssize n;

  g_atomic_int_inc (&n_reading);
  do
    n = pread (handle, data, size, (off_t)offset);
  while (n < 0 && errno == EINTR);
  (void)g_atomic_int_dec_and_test (&n_reading);
  return n;
}

static GstFlowReturn
fill (GstBaseSrc *source, guint64 offset, guint length, GstBuffer *buffer)
{
  JzFileSource *self = JZ_FILE_SOURCE (source);
  GstMapInfo map;
  gsize done = 0;
  gssize n = 0;

  if (!gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    return GST_FLOW_ERROR;
  while (done < length) {
    n = read_at (self->handle, map.data + done, length - done, offset + done);
    if (n <= 0)
      break;
    done += (gsize)n;
  }
  gst_buffer_unmap (buffer, &map);
  if (done == 0 && length > 0) {
    if (n == 0)
      return GST_FLOW_EOS;
    GST_ELEMENT_ERROR (self, RESOURCE, READ, (NULL), ("%s", g_strerror (errno)));
    return GST_FLOW_ERROR;
  }
  gst_buffer_set_size (buffer, (gssize)done);
  GST_BUFFER_OFFSET (buffer) = offset;
  GST_BUFFER_OFFSET_END (buffer) = offset + done;
  return GST_FLOW_OK;
}

static void
jz_file_source_class_init (JzFileSourceClass *class)
{
  static GstStaticPadTemplate template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (class);

  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (class), &template);
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (class), "File by its handle",
                                         "Source/File", "Reads a file that was handed over",
                                         "Juanzong");
  base_class->get_size = get_size;
  base_class->is_seekable = is_seekable;
  base_class->fill = fill;
}

static void
jz_file_source_init (JzFileSource *self)
{
  self->handle = -1;
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_BYTES);
  gst_base_src_set_blocksize (GST_BASE_SRC (self), BLOCK_SIZE);
  gst_base_src_set_dynamic_size (GST_BASE_SRC (self), FALSE);
}

/**
 * jz_file_source_register:
 *
 * Makes the element "jzfilesource" and its addresses known to GStreamer; once, after gst_init().
 */
void
jz_file_source_register (void)
{
  gst_element_register (NULL, "jzfilesource", GST_RANK_PRIMARY, JZ_TYPE_FILE_SOURCE);
}

/**
 * jz_file_source_uri:
 * @handle: of an opened file, which has to stay open as long as the address is used
 *
 * Returns: (transfer full): the address by which pipelines read it
 */
char *
jz_file_source_uri (int handle)
{
  return g_strdup_printf (PROTOCOL "://%d", handle);
}

/**
 * jz_file_source_is_reading:
 *
 * Returns: whether any pipeline waits for a file's bytes, which a card reader may take seconds for
 */
gboolean
jz_file_source_is_reading (void)
{
  return g_atomic_int_get (&n_reading) > 0;
}
