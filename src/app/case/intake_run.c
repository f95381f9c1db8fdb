/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/intake_run.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/refusal_place.h"
#include "app/window.h"
#include "office/attach_many.h"
#include "office/attachments.h"
#include "office/taken.h"

#define KEY "jz-intake-runs"

struct _JzIntakeRun {
  GObject parent_instance;

  JzOfficeClient *client;
  char *case_id;
  JzIntake *intake;
  GHashTable *left_out; /* JzIntakeItem */
  GtkWidget *window;    /* (nullable): weak */

  JzJson *common; /* (nullable): what was said of all files, once it was said */
  JzJson *evidence;
  gint64 clock_off_ms;
  gboolean is_writing;
};

G_DEFINE_FINAL_TYPE (JzIntakeRun, jz_intake_run, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

/**
 * jz_intake_runs_get:
 * @client: an office
 *
 * Returns: (transfer none) (element-type JzIntakeRun): what is being added just now
 */
GListModel *
jz_intake_runs_get (JzOfficeClient *client)
{
  GListStore *runs = g_object_get_data (G_OBJECT (client), KEY);

  if (runs == NULL) {
    runs = g_list_store_new (JZ_TYPE_INTAKE_RUN);
    g_object_set_data_full (G_OBJECT (client), KEY, runs, g_object_unref);
  }
  return G_LIST_MODEL (runs);
}

static void
tell (JzIntakeRun *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
forget (JzIntakeRun *self)
{
  GListStore *runs = G_LIST_STORE (jz_intake_runs_get (self->client));
  guint position = 0;

  g_signal_handlers_disconnect_by_data (self->client, self);
  if (g_list_store_find (runs, self, &position))
    g_list_store_remove (runs, position);
}

static JzActOutcome *
drop (JzOffice *office,
      JzSession *session,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  for (char **token = data; *token != NULL; token++)
    /* Content that cannot be removed now does no harm. */
    (void)jz_office_drop_taken (office, *token, NULL);
  return jz_act_outcome_new ();
}

static void
on_dropped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, NULL);
  (void)outcome;
}

/* Ends the work; what was copied and named by no entry goes. */
static void
end (JzIntakeRun *self)
{
  g_object_ref (self);
  forget (self);
  jz_intake_stop (self->intake);
  jz_office_client_run_async (self->client, drop, jz_intake_steal_tokens (self->intake),
                              (GDestroyNotify)g_strfreev, NULL, on_dropped, NULL);
  g_object_unref (self);
}

/* Whoever leaves ends it: what is copied in part goes on when the same files are added again. */
static void
on_is_signed_in (JzIntakeRun *self)
{
  if (!jz_office_client_is_signed_in (self->client))
    end (self);
}

static void
add_moment (JzIntakeRun *self, JzIntakeItem *item, JzJson *args)
{
  const JzJson *probe = jz_intake_item_get_probe (item);
  char text[JZ_INSTANT_SIZE];
  JzInstant moment = 0;

  if (self->clock_off_ms == 0 || probe == NULL ||
      !jz_attachment_read_moment (jz_json_get_member_text (probe, "made_at"), &moment))
    return;
  jz_instant_format (moment - self->clock_off_ms, text);
  jz_json_set_text (args, "attachment.items.happened_at", text);
}

static gboolean
is_taken (JzIntakeRun *self, JzIntakeItem *item)
{
  return jz_intake_item_get_state (item) == JZ_INTAKE_READY &&
         !g_hash_table_contains (self->left_out, item);
}

static JzJson *
make_plan (JzIntakeRun *self)
{
  GListModel *items = G_LIST_MODEL (self->intake);
  JzJson *plan = jz_json_new_object ();
  JzJson *files = jz_json_new_array ();

  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (JzIntakeItem) item = g_list_model_get_item (items, i);
    JzJson *args;
    if (!is_taken (self, item))
      continue;
    args = jz_json_copy (self->common);
    jz_json_set_text (args, "taken", jz_intake_item_get_token (item));
    add_moment (self, item, args);
    jz_json_append (files, args);
  }
  jz_json_set_member (plan, "files", files);
  if (self->evidence != NULL)
    jz_json_set_member (plan, "evidence", jz_json_ref (self->evidence));
  return plan;
}

static JzActOutcome *
attach (JzOffice *office,
        JzSession *session,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  return jz_attach_many (office, session, data, cancellable, error);
}

/* Once the sheet is closed nobody sees its rows: why a file did not come in is said in a message.
 * Returns whether there is such a file. */
static gboolean
tell_failed (JzIntakeRun *self)
{
  GListModel *items = G_LIST_MODEL (self->intake);
  g_autoptr (GString) sentences = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (JzIntakeItem) item = g_list_model_get_item (items, i);
    if (jz_intake_item_get_state (item) == JZ_INTAKE_FAILED &&
        !g_hash_table_contains (self->left_out, item))
      g_string_append_printf (sentences, "%s%s", sentences->len > 0 ? "\n" : "",
                              jz_intake_item_get_sentence (item));
  }
  if (sentences->len > 0 && self->window != NULL)
    jz_show_message (self->window, _ ("Not all files were added to the case"), sentences->str);
  return sentences->len > 0;
}

static void
on_attached (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzIntakeRun) self = data;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autofree char *text = NULL;
  guint n_items = 0;
  guint n_ready = jz_intake_run_count_ready (self, &n_items);

  self->is_writing = FALSE;
  outcome = jz_finish_act (self->window, result);
  if (outcome == NULL) {
    g_clear_pointer (&self->common, jz_json_unref);
    tell (self);
    return;
  }
  if (self->window != NULL && outcome->warnings->len > 0)
    jz_show_message (self->window,
                     _ ("The files are in the case, but not all that belongs to them"),
                     g_ptr_array_index (outcome->warnings, 0));
  if (self->window != NULL) {
    g_autofree char *place = g_strdup_printf ("cases/%s/evidence", self->case_id);
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u file was added to the case",
                                         "%u files were added to the case", n_ready),
                            n_ready);
    jz_window_toast_go (self->window, text, place);
  }
  (void)tell_failed (self);
  end (self);
}

/* Written down as soon as all files are there and all is said of them. */
static void
write_if_ready (JzIntakeRun *self)
{
  guint n_items = 0;

  if (self->common == NULL || self->is_writing || jz_intake_is_busy (self->intake))
    return;
  if (jz_intake_run_count_ready (self, &n_items) == 0) {
    if (tell_failed (self))
      end (self);
    return;
  }
  self->is_writing = TRUE;
  jz_office_client_run_async (self->client, attach, make_plan (self), (GDestroyNotify)jz_json_unref,
                              NULL, on_attached, g_object_ref (self));
}

static void
on_intake_changed (JzIntakeRun *self)
{
  write_if_ready (self);
  tell (self);
}

/**
 * jz_intake_run_begin:
 * @client: an office with somebody signed in
 * @case_id: a case
 * @inside: a widget of the window that is told of what comes of it
 *
 * Returns: (transfer full): no files yet; it lives on in jz_intake_runs_get()
 */
JzIntakeRun *
jz_intake_run_begin (JzOfficeClient *client, const char *case_id, GtkWidget *inside)
{
  JzIntakeRun *self = g_object_new (JZ_TYPE_INTAKE_RUN, NULL);

  self->client = g_object_ref (client);
  self->case_id = g_strdup (case_id);
  self->intake = jz_intake_new (jz_office_client_get_office (client), case_id);
  g_set_weak_pointer (&self->window, GTK_WIDGET (gtk_widget_get_root (inside)));
  g_signal_connect_object (self->intake, "changed", G_CALLBACK (on_intake_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::is-signed-in", G_CALLBACK (on_is_signed_in), self,
                           G_CONNECT_SWAPPED);
  g_list_store_append (G_LIST_STORE (jz_intake_runs_get (client)), self);
  return self;
}

const char *
jz_intake_run_get_case (JzIntakeRun *self)
{
  return self->case_id;
}

JzIntake *
jz_intake_run_get_intake (JzIntakeRun *self)
{
  return self->intake;
}

JzOfficeClient *
jz_intake_run_get_client (JzIntakeRun *self)
{
  return self->client;
}

/**
 * jz_intake_run_is_settled:
 * @self: files that are being added
 *
 * Returns: whether all was said of them, so that only copying is waited for
 */
gboolean
jz_intake_run_is_settled (JzIntakeRun *self)
{
  return self->common != NULL;
}

/**
 * jz_intake_run_count_ready:
 * @self: files that are being added
 * @n_items: (out): how many are wanted
 *
 * Returns: how many of them are in the store
 */
guint
jz_intake_run_count_ready (JzIntakeRun *self, guint *n_items)
{
  GListModel *items = G_LIST_MODEL (self->intake);
  guint n_ready = 0;

  *n_items = 0;
  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (JzIntakeItem) item = g_list_model_get_item (items, i);
    *n_items += !g_hash_table_contains (self->left_out, item);
    n_ready += is_taken (self, item);
  }
  return n_ready;
}

/**
 * jz_intake_run_leave_out:
 * @self: files that are being added
 * @item: one of them
 *
 * It does not come into the case; what is copied of it goes.
 */
void
jz_intake_run_leave_out (JzIntakeRun *self, JzIntakeItem *item)
{
  g_hash_table_add (self->left_out, g_object_ref (item));
  jz_intake_cancel (self->intake, item);
  write_if_ready (self);
  tell (self);
}

gboolean
jz_intake_run_is_left_out (JzIntakeRun *self, JzIntakeItem *item)
{
  return g_hash_table_contains (self->left_out, item);
}

/**
 * jz_intake_run_settle:
 * @self: files that are being added
 * @common: (transfer full): arguments of `attachment.add` that hold for all of them
 * @clock_off_ms: by how much the clock of the device was fast
 * @evidence: (transfer full) (nullable): arguments of `evidence.add`, where they are to be one item
 *
 * All is said; they are written down as soon as they are there.
 */
void
jz_intake_run_settle (JzIntakeRun *self, JzJson *common, gint64 clock_off_ms, JzJson *evidence)
{
  g_clear_pointer (&self->common, jz_json_unref);
  g_clear_pointer (&self->evidence, jz_json_unref);
  self->common = common;
  self->evidence = evidence;
  self->clock_off_ms = clock_off_ms;
  write_if_ready (self);
  tell (self);
}

/**
 * jz_intake_run_throw_away:
 * @self: files that are being added
 *
 * None of them comes into the case, and nothing is kept of them.
 */
void
jz_intake_run_throw_away (JzIntakeRun *self)
{
  if (self->is_writing)
    return;
  jz_intake_cancel (self->intake, NULL);
  end (self);
}

static void
jz_intake_run_dispose (GObject *object)
{
  JzIntakeRun *self = JZ_INTAKE_RUN (object);

  g_clear_object (&self->intake);
  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (jz_intake_run_parent_class)->dispose (object);
}

static void
jz_intake_run_finalize (GObject *object)
{
  JzIntakeRun *self = JZ_INTAKE_RUN (object);

  g_object_unref (self->client);
  g_hash_table_unref (self->left_out);
  g_clear_pointer (&self->common, jz_json_unref);
  g_clear_pointer (&self->evidence, jz_json_unref);
  g_free (self->case_id);
  G_OBJECT_CLASS (jz_intake_run_parent_class)->finalize (object);
}

static void
jz_intake_run_class_init (JzIntakeRunClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jz_intake_run_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_intake_run_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
jz_intake_run_init (JzIntakeRun *self)
{
  self->left_out = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}
