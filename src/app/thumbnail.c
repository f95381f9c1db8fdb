/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/thumbnail.h"

#include <string.h>
#include <unistd.h>

#include "app/media_holder.h"
#include "app/picture_cache.h"
#include "office/recordings.h"

/* Pictures are made two at a time, only for rows that are on the screen just then, and kept for the
 * next time that the rows are built. */

#define SHOWN_SIZE 48
#define MADE_SIZE 128
#define MAX_RUNNING 2
#define MAX_BYTES (16 * 1024 * 1024)
/* The first picture of a recording is often black. */
#define MOMENT G_GINT64_CONSTANT (1000000000)

typedef struct {
  GtkWidget *image; /* borrowed: it owns this */
  JzOfficeClient *client;
  char *case_id;
  char *attachment; /* (nullable) */
  JzHash object;
  char *name; /* (nullable): in the cache */
  gboolean is_pictured;
  gboolean is_queued;
  guint idle;
} Thumbnail;

/* What a worker opens. */
typedef struct {
  GWeakRef image;
  char *case_id;
  char *attachment;
  char *person;
  JzHash object;
  char *name;
} Wanted;

static GQueue queue = G_QUEUE_INIT; /* Thumbnail */
static guint n_running;

static void start_next (void);

static JzPictureCache *
get_cache (void)
{
  static JzPictureCache *cache = NULL;

  if (cache == NULL)
    cache = jz_picture_cache_new (MAX_BYTES);
  return cache;
}

/* Names in the cache of what the person may not view: a picture that is being made while that is
 * said is not kept. */
static GHashTable *
get_locked (void)
{
  static GHashTable *locked = NULL;

  if (locked == NULL)
    locked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return locked;
}

static void
wanted_free (Wanted *self)
{
  g_weak_ref_clear (&self->image);
  g_free (self->case_id);
  g_free (self->attachment);
  g_free (self->person);
  g_free (self->name);
  g_free (self);
}

static void
leave_queue (Thumbnail *self)
{
  if (self->is_queued)
    g_queue_remove (&queue, self);
  self->is_queued = FALSE;
}

static void
thumbnail_free (gpointer data)
{
  Thumbnail *self = data;

  leave_queue (self);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_object_unref (self->client);
  g_free (self->case_id);
  g_free (self->attachment);
  g_free (self->name);
  g_free (self);
}

static Thumbnail *
get_thumbnail (GtkWidget *image)
{
  return g_object_get_data (G_OBJECT (image), "thumbnail");
}

static gboolean
is_seen (GtkWidget *image)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (image, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (image))
    return FALSE;
  return scrolled == NULL || (gtk_widget_compute_bounds (image, scrolled, &bounds) &&
                              bounds.origin.y + bounds.size.height > 0 &&
                              bounds.origin.y < gtk_widget_get_height (scrolled));
}

/* Whether the picture is there, or known not to be. */
static gboolean
show_kept (Thumbnail *self)
{
  GdkTexture *texture = NULL;

  if (!jz_picture_cache_get (get_cache (), self->name, &texture))
    return FALSE;
  if (texture != NULL)
    gtk_image_set_from_paintable (GTK_IMAGE (self->image), GDK_PAINTABLE (texture));
  if (texture != NULL)
    gtk_widget_remove_css_class (self->image, "dim-label");
  self->is_pictured = TRUE;
  return TRUE;
}

static void
end (Wanted *wanted, gboolean is_known, const JzPixels *pixels)
{
  g_autoptr (GtkWidget) image = g_weak_ref_get (&wanted->image);
  Thumbnail *self = image != NULL ? get_thumbnail (image) : NULL;
  g_autoptr (GdkTexture) texture = NULL;

  is_known = is_known && !g_hash_table_contains (get_locked (), wanted->name);
  if (pixels != NULL)
    texture =
      gdk_memory_texture_new ((int)pixels->width, (int)pixels->height,
                              GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, pixels->bytes, pixels->stride);
  if (is_known)
    jz_picture_cache_put (get_cache (), wanted->name, texture);
  if (self != NULL && g_strcmp0 (self->name, wanted->name) == 0 && is_known)
    show_kept (self);
  wanted_free (wanted);
  n_running--;
  start_next ();
}

/* A file that has no picture has none the next time either. */
static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzPixels) pixels = jz_media_thumbnail_finish (JZ_MEDIA (source), result, NULL);

  end (data, TRUE, pixels);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Wanted *wanted = data;
  g_autoptr (GVariant) opened =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, NULL);
  int handle = opened != NULL ? g_variant_get_int32 (opened) : -1;

  if (handle < 0) {
    end (wanted, FALSE, NULL);
    return;
  }
  jz_media_thumbnail_async (jz_app_get_media (), handle, MOMENT, MADE_SIZE, MADE_SIZE, NULL,
                            on_made, wanted);
  close (handle);
}

/* Of a file of a case only what the person may open. */
static gpointer
open_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Wanted *wanted = data;
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  JzHash object = wanted->object;
  g_auto (JzCaseView) view = { 0 };
  g_autoptr (JzJson) file = NULL;
  int handle;

  if (wanted->attachment != NULL) {
    if (!jz_case_view_open (&view, reader, objects, wanted->case_id,
                            jz_clock_now (jz_office_get_clock (office)), error))
      return NULL;
    file = jz_recording_find (&view, wanted->attachment, wanted->person, error);
    if (file == NULL || !jz_hash_from_hex (jz_json_get_member_text (file, "object"), &object))
      return NULL;
  }
  handle = jz_objects_open_fd (objects, &object, error);
  return handle >= 0 ? g_variant_ref_sink (g_variant_new_int32 (handle)) : NULL;
}

static void
free_opened (gpointer data)
{
  GVariant *opened = data;

  close (g_variant_get_int32 (opened));
  g_variant_unref (opened);
}

static void
start (Thumbnail *self)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  g_weak_ref_init (&wanted->image, self->image);
  wanted->case_id = g_strdup (self->case_id);
  wanted->attachment = g_strdup (self->attachment);
  wanted->person = g_strdup (jz_office_client_get_person (self->client));
  wanted->object = self->object;
  wanted->name = g_strdup (self->name);
  n_running++;
  jz_office_client_read_async (self->client, open_in_thread, wanted, NULL, free_opened, NULL,
                               on_opened, wanted);
}

/* What was scrolled away meanwhile waits until it is seen again. */
static void
start_next (void)
{
  Thumbnail *next;

  while (n_running < MAX_RUNNING && (next = g_queue_pop_head (&queue)) != NULL) {
    next->is_queued = FALSE;
    if (jz_office_client_is_signed_in (next->client) && is_seen (next->image) && !show_kept (next))
      start (next);
  }
}

static gboolean
look (gpointer data)
{
  Thumbnail *self = data;

  self->idle = 0;
  if (self->name == NULL || self->is_pictured || self->is_queued || !is_seen (self->image))
    return G_SOURCE_REMOVE;
  g_queue_push_tail (&queue, self);
  self->is_queued = TRUE;
  start_next ();
  return G_SOURCE_REMOVE;
}

/* Once everything has its place. */
static void
look_later (GtkWidget *image)
{
  Thumbnail *self = get_thumbnail (image);

  if (self->name != NULL && !self->is_pictured && self->idle == 0)
    self->idle = g_idle_add (look, self);
}

static void
on_mapped (GtkWidget *image)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (image, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *place;

  look_later (image);
  if (scrolled == NULL || g_object_get_data (G_OBJECT (image), "place") == scrolled)
    return;
  g_object_set_data (G_OBJECT (image), "place", scrolled);
  place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  g_signal_connect_object (place, "value-changed", G_CALLBACK (look_later), image,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (place, "changed", G_CALLBACK (look_later), image, G_CONNECT_SWAPPED);
}

/**
 * jz_thumbnail_new:
 * @client: an office
 * @case_id: a case
 * @name: of the file, for those who hear it
 *
 * Returns: (transfer floating): an icon
 */
GtkWidget *
jz_thumbnail_new (JzOfficeClient *client, const char *case_id, const char *name)
{
  GtkWidget *image = gtk_image_new ();
  Thumbnail *self = g_new0 (Thumbnail, 1);

  self->image = image;
  self->client = g_object_ref (client);
  self->case_id = g_strdup (case_id);
  g_object_set_data_full (G_OBJECT (image), "thumbnail", self, thumbnail_free);
  gtk_image_set_pixel_size (GTK_IMAGE (image), SHOWN_SIZE);
  gtk_widget_set_valign (image, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (image, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (image, "map", G_CALLBACK (on_mapped), NULL);
  jz_thumbnail_set_kind (image, "");
  return image;
}

/**
 * jz_thumbnail_set_kind:
 * @image: a thumbnail
 * @kind: of the file, as a probe names it; empty where it is not known
 *
 * Chooses the icon, as long as there is no picture.
 */
void
jz_thumbnail_set_kind (GtkWidget *image, const char *kind)
{
  static const struct {
    const char *kind;
    const char *icon;
  } icons[] = {
    { "photo", "image-x-generic-symbolic" },    { "video", "video-x-generic-symbolic" },
    { "audio", "audio-x-generic-symbolic" },    { "pdf", "x-office-document-symbolic" },
    { "office", "x-office-document-symbolic" },
  };
  const char *icon = "text-x-generic-symbolic";

  for (gsize i = 0; i < G_N_ELEMENTS (icons); i++)
    if (strcmp (icons[i].kind, kind) == 0)
      icon = icons[i].icon;
  if (gtk_image_get_storage_type (GTK_IMAGE (image)) != GTK_IMAGE_PAINTABLE)
    gtk_image_set_from_icon_name (GTK_IMAGE (image), icon);
}

static void
show (GtkWidget *image, char *name)
{
  Thumbnail *self = get_thumbnail (image);

  if (g_strcmp0 (self->name, name) == 0) {
    g_free (name);
    return;
  }
  leave_queue (self);
  g_free (self->name);
  self->name = name;
  self->is_pictured = FALSE;
  if (!show_kept (self) && gtk_widget_get_mapped (image))
    look_later (image);
}

static char *
dup_name (const Thumbnail *self, const char *attachment)
{
  return g_strconcat (jz_office_client_get_person (self->client), "/", self->case_id, "/",
                      attachment, NULL);
}

/**
 * jz_thumbnail_lock:
 * @image: a thumbnail
 * @attachment: a file of its case that the person may not view
 * @object: hash of its content, in hex
 *
 * Shows a lock, and forgets the picture where it was shown before.
 */
void
jz_thumbnail_lock (GtkWidget *image, const char *attachment, const char *object)
{
  g_autofree char *name = dup_name (get_thumbnail (image), attachment);

  jz_picture_cache_remove (get_cache (), name);
  jz_picture_cache_remove (get_cache (), object);
  g_hash_table_add (get_locked (), g_steal_pointer (&name));
  gtk_image_set_from_icon_name (GTK_IMAGE (image), "changes-prevent-symbolic");
}

/**
 * jz_thumbnail_show_attachment:
 * @image: a thumbnail
 * @attachment: a file of its case
 *
 * Shows its picture once it is seen, if the person may open the file.
 */
void
jz_thumbnail_show_attachment (GtkWidget *image, const char *attachment)
{
  Thumbnail *self = get_thumbnail (image);
  g_autofree char *name = NULL;

  g_free (self->attachment);
  self->attachment = g_strdup (attachment);
  name = dup_name (self, attachment);
  g_hash_table_remove (get_locked (), name);
  show (image, g_steal_pointer (&name));
}

/**
 * jz_thumbnail_show_object:
 * @image: a thumbnail
 * @object: content that the person himself adds to the case
 *
 * Shows its picture once it is seen.
 */
void
jz_thumbnail_show_object (GtkWidget *image, const JzHash *object)
{
  char hex[JZ_HASH_HEX_SIZE];

  jz_hash_to_hex (object, hex);
  get_thumbnail (image)->object = *object;
  show (image, g_strdup (hex));
}
