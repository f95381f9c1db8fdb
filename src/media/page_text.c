/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/page_text.h"

#include <math.h>
#include <string.h>

#include "media/error.h"

/* How the helper hands over a page's text: a head of fixed size, the boxes, the bytes of the text.
 */

typedef struct {
  guint32 n_bytes;
  guint32 n_boxes;
  guint32 n_pages;
  guint32 zero;
  double width;
  double height;
} Head;

G_STATIC_ASSERT (sizeof (Head) == 32);
G_STATIC_ASSERT (sizeof (JzTextBox) == 16);
G_STATIC_ASSERT (sizeof (Head) + JZ_PAGE_TEXT_MAX_BYTES +
                   JZ_PAGE_TEXT_MAX_CHARACTERS * sizeof (JzTextBox) <=
                 JZ_PAGE_TEXT_MAX_PACKED);

/* No page is larger: it is what PDF allows, in points, with much to spare. */
#define MAX_POINTS 1e7

/**
 * jz_page_text_new:
 * @text: valid UTF-8
 * @boxes: (array length=n_boxes): where the first @n_boxes characters stand
 * @n_boxes: their number
 *
 * Every character gets a box: those beyond @n_boxes an empty one.
 *
 * Returns: (transfer full): the text of a page
 */
JzPageText *
jz_page_text_new (const char *text, const JzTextBox *boxes, guint n_boxes)
{
  JzPageText *self = g_new0 (JzPageText, 1);
  guint n = (guint)g_utf8_strlen (text, -1);

  self->text = g_strdup (text);
  self->boxes = g_array_sized_new (FALSE, TRUE, sizeof (JzTextBox), n);
  if (n_boxes > 0)
    g_array_append_vals (self->boxes, boxes, MIN (n, n_boxes));
  g_array_set_size (self->boxes, n);
  return self;
}

/**
 * jz_page_text_free:
 * @self: (nullable): the text of a page
 */
void
jz_page_text_free (JzPageText *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_array_unref (self->boxes);
  g_free (self);
}

/**
 * jz_page_text_pack:
 * @self: the text of a page, within the bounds
 *
 * Returns: (transfer full): the bytes that jz_page_text_unpack() reads
 */
GBytes *
jz_page_text_pack (const JzPageText *self)
{
  Head head = {
    (guint32)strlen (self->text), self->boxes->len, self->n_pages, 0, self->width, self->height
  };
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *)&head, sizeof head);
  if (self->boxes->len > 0)
    g_byte_array_append (bytes, (const guint8 *)self->boxes->data,
                         self->boxes->len * (guint)sizeof (JzTextBox));
  g_byte_array_append (bytes, (const guint8 *)self->text, head.n_bytes);
  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
is_length (double value)
{
  return isfinite (value) && fabs (value) <= MAX_POINTS;
}

static gboolean
is_box (const JzTextBox *box)
{
  return is_length (box->x) && is_length (box->y) && is_length (box->width) &&
         is_length (box->height);
}

static gboolean
is_sound (const Head *head, gsize size)
{
  return head->n_bytes <= JZ_PAGE_TEXT_MAX_BYTES && head->n_boxes <= JZ_PAGE_TEXT_MAX_CHARACTERS &&
         size == sizeof *head + head->n_boxes * sizeof (JzTextBox) + head->n_bytes &&
         is_length (head->width) && is_length (head->height);
}

/**
 * jz_page_text_unpack:
 * @data: what the helper wrote
 * @size: its length
 * @error: return location
 *
 * Fails with %JZ_MEDIA_ERROR_PROTOCOL when anything in it is not as jz_page_text_pack() writes it.
 *
 * Returns: (transfer full) (nullable): the text of a page
 */
JzPageText *
jz_page_text_unpack (const void *data, gsize size, GError **error)
{
  g_autoptr (JzPageText) self = NULL;
  g_autofree char *text = NULL;
  const char *bytes = data;
  Head head = { 0 };
  gboolean is_good = size >= sizeof head;

  if (is_good) {
    memcpy (&head, bytes, sizeof head);
    is_good = is_sound (&head, size);
  }
  if (is_good) {
    text = g_strndup (bytes + size - head.n_bytes, head.n_bytes);
    is_good = strlen (text) == head.n_bytes && g_utf8_validate (text, -1, NULL) &&
              g_utf8_strlen (text, -1) == (glong)head.n_boxes;
  }
  if (is_good) {
    self = jz_page_text_new (text, NULL, 0);
    self->width = head.width;
    self->height = head.height;
    self->n_pages = head.n_pages;
    if (head.n_boxes > 0)
      memcpy (self->boxes->data, bytes + sizeof head, head.n_boxes * sizeof (JzTextBox));
    for (guint i = 0; is_good && i < head.n_boxes; i++)
      is_good = is_box (&g_array_index (self->boxes, JzTextBox, i));
  }
  if (!is_good) {
    g_set_error_literal (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL,
                         "The text of a page is not well formed.");
    return NULL;
  }
  return g_steal_pointer (&self);
}
