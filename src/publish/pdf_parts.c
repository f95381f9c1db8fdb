/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/pdf_parts.h"

#include <glib/gi18n-lib.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#include "publish/error.h"

/* The inside of a PDF that we drew ourselves: every object, whether a page leads to it or not. */

#define MOST_OBJECTS 100000
#define MOST_DEPTH 64
#define MOST_BYTES (256 * 1024 * 1024)

typedef struct {
  qpdf_data pdf;
  GPtrArray *parts; /* (element-type GBytes) */
  GString *strings;
  gsize n_bytes;
} Walk;

static Walk *
walk_new (void)
{
  Walk *self = g_new0 (Walk, 1);
  self->pdf = qpdf_init ();
  qpdf_silence_errors (self->pdf);
  qpdf_set_suppress_warnings (self->pdf, QPDF_TRUE);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->strings = g_string_new (NULL);
  return self;
}

static void
walk_free (Walk *self)
{
  qpdf_cleanup (&self->pdf);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_string_free (self->strings, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Walk, walk_free)

static gboolean
open_pdf (Walk *self, GBytes *pdf, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  if (data != NULL && qpdf_read_memory (self->pdf, "copy", data, size, NULL) == QPDF_SUCCESS)
    return TRUE;
  g_set_error_literal (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_DAMAGED,
                       _ ("The public copy cannot be read back; make it once more."));
  return FALSE;
}

static void visit (Walk *self, qpdf_oh object, guint depth);

static void
visit_dictionary (Walk *self, qpdf_oh object, guint depth)
{
  /* The list of names goes with the next dictionary that is begun. */
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  qpdf_oh_begin_dict_key_iter (self->pdf, object);
  while (qpdf_oh_dict_more_keys (self->pdf))
    g_ptr_array_add (names, g_strdup (qpdf_oh_dict_next_key (self->pdf)));
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_string_append_printf (self->strings, "%s\n", name);
    visit (self, qpdf_oh_get_key (self->pdf, object, name), depth + 1);
  }
}

static void
visit_string (Walk *self, qpdf_oh object)
{
  size_t length = 0;
  const char *text = qpdf_oh_get_binary_utf8_value (self->pdf, object, &length);
  g_string_append_len (self->strings, text, (gssize)length);
  g_string_append_c (self->strings, '\n');
}

static void
visit_stream (Walk *self, qpdf_oh object)
{
  QPDF_BOOL is_filtered = QPDF_FALSE;
  unsigned char *data = NULL;
  size_t length = 0;
  if (qpdf_oh_get_stream_data (self->pdf, object, qpdf_dl_all, &is_filtered, &data, &length) !=
        QPDF_SUCCESS ||
      data == NULL)
    return;
  self->n_bytes += length;
  if (self->n_bytes <= MOST_BYTES)
    g_ptr_array_add (self->parts, g_bytes_new (data, length));
  free (data);
}

/* What is indirect has its own turn. */
static void
visit (Walk *self, qpdf_oh object, guint depth)
{
  if (depth > MOST_DEPTH || (depth > 0 && qpdf_oh_is_indirect (self->pdf, object)))
    return;
  switch (qpdf_oh_get_type_code (self->pdf, object)) {
  case ot_string:
    visit_string (self, object);
    break;
  case ot_name:
    g_string_append_printf (self->strings, "%s\n", qpdf_oh_get_name (self->pdf, object));
    break;
  case ot_array:
    for (int i = 0; i < qpdf_oh_get_array_n_items (self->pdf, object); i++)
      visit (self, qpdf_oh_get_array_item (self->pdf, object, i), depth + 1);
    break;
  case ot_dictionary:
    visit_dictionary (self, object, depth);
    break;
  case ot_stream:
    visit_dictionary (self, qpdf_oh_get_dict (self->pdf, object), depth);
    visit_stream (self, object);
    break;
  default:
    break;
  }
}

/**
 * jz_pdf_parts_list:
 * @pdf: a PDF of our own
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type GBytes): the strings of all objects, and each
 *   stream as it is once its filters are taken off; %NULL with %JZ_PUBLISH_ERROR_DAMAGED or
 *   %JZ_PUBLISH_ERROR_TOO_LARGE
 */
GPtrArray *
jz_pdf_parts_list (GBytes *pdf, GError **error)
{
  g_return_val_if_fail (pdf != NULL, NULL);

  g_autoptr (Walk) self = walk_new ();
  if (!open_pdf (self, pdf, error))
    return NULL;
  qpdf_oh trailer = qpdf_get_trailer (self->pdf);
  long long n = qpdf_oh_get_int_value (self->pdf, qpdf_oh_get_key (self->pdf, trailer, "/Size"));
  for (long long i = 1; i < MIN (n, MOST_OBJECTS); i++) {
    qpdf_oh object = qpdf_get_object_by_id (self->pdf, (int)i, 0);
    visit (self, object, 0);
    qpdf_oh_release (self->pdf, object);
  }
  visit (self, trailer, 0);
  if (n > MOST_OBJECTS || self->n_bytes > MOST_BYTES) {
    g_set_error_literal (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_TOO_LARGE,
                         _ ("The public copy is too large to be checked."));
    return NULL;
  }
  g_ptr_array_add (self->parts, g_bytes_new (self->strings->str, self->strings->len));
  return g_steal_pointer (&self->parts);
}

/**
 * jz_pdf_parts_plant:
 * @pdf: a PDF of our own
 * @text: ASCII
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the PDF with the text in a property and in a packed stream
 *   that no page leads to
 */
GBytes *
jz_pdf_parts_plant (GBytes *pdf, const char *text, GError **error)
{
  g_return_val_if_fail (pdf != NULL && text != NULL, NULL);

  g_autoptr (Walk) self = walk_new ();
  if (!open_pdf (self, pdf, error))
    return NULL;
  qpdf_data data = self->pdf;
  qpdf_oh stream = qpdf_oh_new_stream (data);
  qpdf_oh information = qpdf_oh_get_key (data, qpdf_get_trailer (data), "/Info");
  qpdf_oh_replace_stream_data (data, stream, (const unsigned char *)text, strlen (text),
                               qpdf_oh_new_null (data), qpdf_oh_new_null (data));
  qpdf_oh_replace_key (data, qpdf_get_root (data), "/PieceInfo", stream);
  qpdf_oh_replace_key (data, information, "/Subject", qpdf_oh_new_string (data, text));
  qpdf_init_write_memory (data);
  qpdf_set_compress_streams (data, QPDF_TRUE);
  qpdf_set_object_stream_mode (data, qpdf_o_disable);
  if (qpdf_write (data) == QPDF_SUCCESS)
    return g_bytes_new (qpdf_get_buffer (data), qpdf_get_buffer_length (data));
  g_set_error_literal (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_DAMAGED,
                       _ ("The public copy cannot be read back; make it once more."));
  return NULL;
}
