/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/viewer/sheet_source.h"

#include <fcntl.h>
#include <unistd.h>

#include "app/media_holder.h"

/* So many pages are kept as pictures and as text. */
#define MAX_PICTURES 12
#define MAX_TEXTS 200
/* Nothing is asked for wider than this: 100 million pixels are more than any window shows. */
#define MAX_WIDTH 6000
/* A4, upright */
#define USUAL_RATIO 1.4142

typedef struct {
  GdkTexture *texture;
  guint width; /* that was asked for */
  guint64 used;
} Picture;

struct _JzSheetSource {
  GObject parent_instance;

  int handle;
  gboolean is_pdf;
  guint n_pages;
  float *ratios;        /* 0 while it is not known */
  GHashTable *pictures; /* page → Picture */
  GHashTable *texts;    /* page → JzPageText, or NULL where it has none */
  GHashTable *refused;  /* pages that cannot be shown */
  GQueue text_queue;    /* pages whose text is wanted */
  guint first;
  guint last;
  guint width;
  guint64 clock;
  gboolean is_drawing;
  gboolean is_reading;
  guint reading;
  guint drawing;
  GCancellable *cancellable;
};

enum {
  PAGE,
  TEXT,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzSheetSource, jz_sheet_source, G_TYPE_OBJECT)

static void draw_next (JzSheetSource *self);
static void read_next (JzSheetSource *self);

static void
picture_free (gpointer data)
{
  Picture *self = data;

  g_object_unref (self->texture);
  g_free (self);
}

static void
text_free (gpointer data)
{
  if (data != NULL)
    jz_page_text_free (data);
}

/* What was used longest ago goes, unless it is seen. */
static void
forget_pictures (JzSheetSource *self)
{
  while (g_hash_table_size (self->pictures) > MAX_PICTURES) {
    GHashTableIter iter;
    gpointer key, value;
    gpointer oldest = NULL;
    guint64 least = G_MAXUINT64;
    g_hash_table_iter_init (&iter, self->pictures);
    while (g_hash_table_iter_next (&iter, &key, &value)) {
      guint page = GPOINTER_TO_UINT (key);
      if ((page < self->first || page > self->last) && ((Picture *)value)->used < least) {
        least = ((Picture *)value)->used;
        oldest = key;
      }
    }
    if (least == G_MAXUINT64 || !g_hash_table_remove (self->pictures, oldest))
      return;
  }
}

static void
take_picture (JzSheetSource *self, guint page, const JzPixels *pixels)
{
  Picture *picture = g_new0 (Picture, 1);

  picture->texture =
    gdk_memory_texture_new ((int)pixels->width, (int)pixels->height,
                            GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, pixels->bytes, pixels->stride);
  picture->width = self->drawing;
  picture->used = ++self->clock;
  g_hash_table_insert (self->pictures, GUINT_TO_POINTER (page), picture);
  self->ratios[page] = (float)pixels->height / (float)MAX (pixels->width, 1);
  forget_pictures (self);
}

typedef struct {
  JzSheetSource *source;
  guint page;
} Asked;

static Asked *
asked_new (JzSheetSource *self, guint page)
{
  Asked *asked = g_new (Asked, 1);

  asked->source = g_object_ref (self);
  asked->page = page;
  return asked;
}

static void
on_drawn (GObject *media, GAsyncResult *result, gpointer data)
{
  Asked *asked = data;
  g_autoptr (JzSheetSource) self = asked->source;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzPixels) pixels = self->is_pdf
                                  ? jz_media_page_finish (JZ_MEDIA (media), result, &error)
                                  : jz_media_picture_finish (JZ_MEDIA (media), result, &error);
  guint page = asked->page;

  g_free (asked);
  self->is_drawing = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (pixels != NULL) {
    take_picture (self, page, pixels);
    g_signal_emit (self, signals[PAGE], 0, page);
  } else {
    g_hash_table_add (self->refused, GUINT_TO_POINTER (page));
    g_signal_emit (self, signals[FAILED], 0, error->message);
  }
  draw_next (self);
}

/* A picture that is nearly as wide is not drawn again; a smaller one is shown until then. */
static gboolean
is_due (JzSheetSource *self, guint page)
{
  const Picture *picture = g_hash_table_lookup (self->pictures, GUINT_TO_POINTER (page));

  if (g_hash_table_contains (self->refused, GUINT_TO_POINTER (page)))
    return FALSE;
  return picture == NULL ||
         (picture->width < self->width &&
          (self->is_pdf || gdk_texture_get_width (picture->texture) >= (int)picture->width));
}

/* What is seen, then what comes next, then what was before. */
static gboolean
find_due (JzSheetSource *self, guint *page)
{
  for (guint i = self->first; i <= self->last && i < self->n_pages; i++)
    if (is_due (self, i)) {
      *page = i;
      return TRUE;
    }
  *page = self->last + 1;
  if (*page < self->n_pages && is_due (self, *page))
    return TRUE;
  *page = self->first > 0 ? self->first - 1 : 0;
  return is_due (self, *page);
}

static void
draw_next (JzSheetSource *self)
{
  guint page = 0;

  if (self->is_drawing || self->width == 0 || !find_due (self, &page))
    return;
  self->is_drawing = TRUE;
  self->drawing = self->width;
  if (self->is_pdf)
    jz_media_page_async (jz_app_get_media (), self->handle, page, self->width, self->cancellable,
                         on_drawn, asked_new (self, page));
  else
    jz_media_picture_async (jz_app_get_media (), self->handle, self->width, self->width,
                            self->cancellable, on_drawn, asked_new (self, page));
}

static void
on_read (GObject *media, GAsyncResult *result, gpointer data)
{
  Asked *asked = data;
  g_autoptr (JzSheetSource) self = asked->source;
  g_autoptr (GError) error = NULL;
  JzPageText *text = jz_media_page_text_finish (JZ_MEDIA (media), result, &error);
  guint page = asked->page;

  g_free (asked);
  self->is_reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable)) {
    text_free (text);
    return;
  }
  if (g_hash_table_size (self->texts) >= MAX_TEXTS)
    g_hash_table_remove_all (self->texts);
  g_hash_table_insert (self->texts, GUINT_TO_POINTER (page), text);
  g_signal_emit (self, signals[TEXT], 0, page);
  read_next (self);
}

static void
read_next (JzSheetSource *self)
{
  guint page;

  if (self->is_reading || g_queue_is_empty (&self->text_queue))
    return;
  page = GPOINTER_TO_UINT (g_queue_pop_head (&self->text_queue));
  if (g_hash_table_contains (self->texts, GUINT_TO_POINTER (page))) {
    read_next (self);
    return;
  }
  self->is_reading = TRUE;
  self->reading = page;
  jz_media_page_text_async (jz_app_get_media (), self->handle, page, self->cancellable, on_read,
                            asked_new (self, page));
}

static void
jz_sheet_source_dispose (GObject *object)
{
  g_cancellable_cancel (JZ_SHEET_SOURCE (object)->cancellable);
  G_OBJECT_CLASS (jz_sheet_source_parent_class)->dispose (object);
}

static void
jz_sheet_source_finalize (GObject *object)
{
  JzSheetSource *self = JZ_SHEET_SOURCE (object);

  if (self->handle >= 0)
    close (self->handle);
  g_free (self->ratios);
  g_hash_table_unref (self->pictures);
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->refused);
  g_queue_clear (&self->text_queue);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (jz_sheet_source_parent_class)->finalize (object);
}

static void
jz_sheet_source_class_init (JzSheetSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jz_sheet_source_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_sheet_source_finalize;
  signals[PAGE] = g_signal_new ("page", JZ_TYPE_SHEET_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[TEXT] = g_signal_new ("text", JZ_TYPE_SHEET_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[FAILED] = g_signal_new ("failed", JZ_TYPE_SHEET_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
jz_sheet_source_init (JzSheetSource *self)
{
  self->handle = -1;
  self->cancellable = g_cancellable_new ();
  self->pictures = g_hash_table_new_full (NULL, NULL, NULL, picture_free);
  self->texts = g_hash_table_new_full (NULL, NULL, NULL, text_free);
  self->refused = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->text_queue);
}

/**
 * jz_sheet_source_new:
 * @handle: the file, open for reading; stays the caller's
 * @probe: what it is: a PDF or a picture
 *
 * Returns: (transfer full): its pages
 */
JzSheetSource *
jz_sheet_source_new (int handle, const JzProbe *probe)
{
  JzSheetSource *self = g_object_new (JZ_TYPE_SHEET_SOURCE, NULL);

  self->handle = fcntl (handle, F_DUPFD_CLOEXEC, 3);
  self->is_pdf = probe->kind == JZ_FILE_PDF;
  self->n_pages = self->is_pdf ? MAX (probe->n_pages, 1) : 1;
  self->ratios = g_new0 (float, self->n_pages);
  if (!self->is_pdf && probe->streams->len > 0) {
    const JzProbeStream *stream = g_ptr_array_index (probe->streams, 0);
    gboolean is_lying = probe->orientation == 90 || probe->orientation == 270;
    float ratio = (float)stream->height / (float)MAX (stream->width, 1);
    if (stream->width > 0 && stream->height > 0)
      self->ratios[0] = is_lying ? 1 / ratio : ratio;
  }
  return self;
}

/**
 * jz_sheet_source_get_n_pages:
 * @self: pages
 *
 * Returns: how many there are
 */
guint
jz_sheet_source_get_n_pages (JzSheetSource *self)
{
  return self->n_pages;
}

/**
 * jz_sheet_source_has_text:
 * @self: pages
 *
 * Returns: whether text can be in them, to be searched and copied
 */
gboolean
jz_sheet_source_has_text (JzSheetSource *self)
{
  return self->is_pdf;
}

/**
 * jz_sheet_source_get_ratio:
 * @self: pages
 * @page: one of them, from 0
 *
 * Returns: its height where its width is 1; that of the first page while it is not known
 */
double
jz_sheet_source_get_ratio (JzSheetSource *self, guint page)
{
  if (page < self->n_pages && self->ratios[page] > 0)
    return self->ratios[page];
  return self->n_pages > 1 && self->ratios[0] > 0 ? self->ratios[0] : USUAL_RATIO;
}

/**
 * jz_sheet_source_want:
 * @self: pages
 * @first: the first that is seen, from 0
 * @last: the last that is seen
 * @width: how wide they are, in device pixels
 *
 * What is not there yet is asked for, what is seen before what comes next.
 */
void
jz_sheet_source_want (JzSheetSource *self, guint first, guint last, guint width)
{
  self->first = MIN (first, self->n_pages - 1);
  self->last = MIN (last, self->n_pages - 1);
  self->width = MIN (width, MAX_WIDTH);
  draw_next (self);
}

/**
 * jz_sheet_source_get_texture:
 * @self: pages
 * @page: one of them, from 0
 *
 * Returns: (transfer none) (nullable): its picture, perhaps of another size than was asked for last
 */
GdkTexture *
jz_sheet_source_get_texture (JzSheetSource *self, guint page)
{
  Picture *picture = g_hash_table_lookup (self->pictures, GUINT_TO_POINTER (page));

  if (picture == NULL)
    return NULL;
  picture->used = ++self->clock;
  return picture->texture;
}

/**
 * jz_sheet_source_is_text_known:
 * @self: pages
 * @page: one of them, from 0
 *
 * Returns: whether its text came, or that it has none
 */
gboolean
jz_sheet_source_is_text_known (JzSheetSource *self, guint page)
{
  return g_hash_table_contains (self->texts, GUINT_TO_POINTER (page));
}

/**
 * jz_sheet_source_get_text:
 * @self: pages
 * @page: one of them, from 0
 *
 * Asks for it where it is not known yet.
 *
 * Returns: (transfer none) (nullable): its text, good until the next text comes
 */
const JzPageText *
jz_sheet_source_get_text (JzSheetSource *self, guint page)
{
  gpointer text = NULL;

  if (!self->is_pdf || page >= self->n_pages)
    return NULL;
  if (g_hash_table_lookup_extended (self->texts, GUINT_TO_POINTER (page), NULL, &text))
    return text;
  if ((!self->is_reading || self->reading != page) &&
      g_queue_find (&self->text_queue, GUINT_TO_POINTER (page)) == NULL)
    g_queue_push_tail (&self->text_queue, GUINT_TO_POINTER (page));
  read_next (self);
  return NULL;
}

/* Characters that count, folded, each with its place in the text. */
static GArray *
fold (const char *text, GArray *places)
{
  GArray *folded = g_array_new (FALSE, FALSE, sizeof (gunichar));
  guint place = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at), place++) {
    gunichar character = g_unichar_tolower (g_utf8_get_char (at));
    if (g_unichar_isspace (character))
      continue;
    g_array_append_val (folded, character);
    if (places != NULL)
      g_array_append_val (places, place);
  }
  return folded;
}

/**
 * jz_sheet_find:
 * @text: of a page
 * @page: which, from 0
 * @wanted: what is searched for; blanks and the case of letters make no difference, for lines end
 * in the middle of Chinese words
 *
 * Returns: (transfer full) (element-type JzSheetHit): where it stands
 */
GArray *
jz_sheet_find (const char *text, guint page, const char *wanted)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (JzSheetHit));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) hay = fold (text, places);
  g_autoptr (GArray) needle = fold (wanted, NULL);

  for (guint i = 0; needle->len > 0 && i + needle->len <= hay->len; i++) {
    JzSheetHit hit = { page, g_array_index (places, guint, i), 0 };
    if (memcmp (&g_array_index (hay, gunichar, i), needle->data, needle->len * sizeof (gunichar)) !=
        0)
      continue;
    hit.length = g_array_index (places, guint, i + needle->len - 1) - hit.start + 1;
    g_array_append_val (hits, hit);
    i += needle->len - 1;
  }
  return hits;
}
