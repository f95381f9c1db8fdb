/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/intake_item-private.h"

#include "office/file_name.h"

/* One file on its way into a case. What is shown of it changes on one thread only, where its intake
 * was made. */

/* So much of a name fits in a row. */
#define MAX_SHOWN 80

G_DEFINE_FINAL_TYPE (JzIntakeItem, jz_intake_item, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
news_clear (JzIntakeNews *self)
{
  g_clear_pointer (&self->sentence, g_free);
  g_clear_pointer (&self->probe, jz_json_unref);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->same, g_free);
}

static void
jz_intake_item_finalize (GObject *object)
{
  JzIntakeItem *self = JZ_INTAKE_ITEM (object);

  news_clear (&self->shown);
  news_clear (&self->news);
  g_free (self->path);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->name);
  g_free (self->own_name);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (jz_intake_item_parent_class)->finalize (object);
}

static void
jz_intake_item_class_init (JzIntakeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_intake_item_finalize;
  /**
   * JzIntakeItem::changed:
   *
   * Something of it is shown otherwise now.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
jz_intake_item_init (JzIntakeItem *self)
{
  self->cancellable = g_cancellable_new ();
  self->is_wanted = TRUE;
}

/**
 * jz_intake_item_new:
 * @path: (nullable): a file
 * @bytes: (nullable): what was pasted instead
 * @own_name: its own name, any bytes
 *
 * Returns: (transfer full): a file that waits
 */
JzIntakeItem *
jz_intake_item_new (const char *path, GBytes *bytes, const char *own_name)
{
  JzIntakeItem *self = g_object_new (JZ_TYPE_INTAKE_ITEM, NULL);
  g_autofree char *harmless = jz_file_name_dup_harmless (own_name);

  self->path = g_strdup (path);
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  self->own_name = g_strdup (own_name);
  self->name = jz_file_name_dup_short (harmless, MAX_SHOWN);
  return self;
}

/**
 * jz_intake_item_show:
 * @self: a file whose news nobody changes meanwhile
 *
 * Shows what is known of it now; the caller tells "changed".
 */
void
jz_intake_item_show (JzIntakeItem *self)
{
  news_clear (&self->shown);
  self->shown = self->news;
  self->shown.sentence = g_strdup (self->news.sentence);
  self->shown.token = g_strdup (self->news.token);
  self->shown.same = g_strdup (self->news.same);
  self->shown.probe = self->news.probe != NULL ? jz_json_ref (self->news.probe) : NULL;
  self->is_new = FALSE;
}

/**
 * jz_intake_item_get_path:
 * @self: a file
 *
 * Returns: (nullable): where it comes from; %NULL for what was pasted
 */
const char *
jz_intake_item_get_path (JzIntakeItem *self)
{
  g_return_val_if_fail (JZ_IS_INTAKE_ITEM (self), NULL);
  return self->path;
}

/**
 * jz_intake_item_get_name:
 * @self: a file
 *
 * Returns: its name, harmless and short enough for a row
 */
const char *
jz_intake_item_get_name (JzIntakeItem *self)
{
  g_return_val_if_fail (JZ_IS_INTAKE_ITEM (self), NULL);
  return self->name;
}

/**
 * jz_intake_item_get_size:
 * @self: a file
 *
 * Returns: its bytes; 0 before it is looked at
 */
guint64
jz_intake_item_get_size (JzIntakeItem *self)
{
  g_return_val_if_fail (JZ_IS_INTAKE_ITEM (self), 0);
  return self->shown.size;
}

/**
 * jz_intake_item_get_done:
 * @self: a file
 *
 * Returns: the bytes that are in the store
 */
guint64
jz_intake_item_get_done (JzIntakeItem *self)
{
  g_return_val_if_fail (JZ_IS_INTAKE_ITEM (self), 0);
  return self->shown.done;
}

/**
 * jz_intake_item_get_state:
 * @self: a file
 *
 * Returns: how far it has come
 */
JzIntakeState
jz_intake_item_get_state (JzIntakeItem *self)
{
  g_return_val_if_fail (JZ_IS_INTAKE_ITEM (self), JZ_INTAKE_FAILED);
  return self->shown.state;
}

/**
 * jz_intake_item_get_sentence:
 * @self: a file
 *
 * Returns: (nullable): why it could not be taken in
 */
const char *
jz_intake_item_get_sentence (JzIntakeItem *self)
{
  g_return_val_if_fail (JZ_IS_INTAKE_ITEM (self), NULL);
  return self->shown.sentence;
}

/**
 * jz_intake_item_get_probe:
 * @self: a file
 *
 * Returns: (nullable): what it says of itself (media/probe.h); %NULL where nothing is to be had
 */
const JzJson *
jz_intake_item_get_probe (JzIntakeItem *self)
{
  g_return_val_if_fail (JZ_IS_INTAKE_ITEM (self), NULL);
  return self->shown.probe;
}

/**
 * jz_intake_item_get_token:
 * @self: a file
 *
 * Returns: (nullable): by what `attachment.add` takes it, once it is ready
 */
const char *
jz_intake_item_get_token (JzIntakeItem *self)
{
  g_return_val_if_fail (JZ_IS_INTAKE_ITEM (self), NULL);
  return self->shown.token;
}

/**
 * jz_intake_item_get_same:
 * @self: a file
 *
 * Returns: (nullable): the name of a file of the same content that the case has already, or that
 *   stands in the list before it
 */
const char *
jz_intake_item_get_same (JzIntakeItem *self)
{
  g_return_val_if_fail (JZ_IS_INTAKE_ITEM (self), NULL);
  return self->shown.same;
}
