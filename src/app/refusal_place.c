/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/refusal_place.h"

#include "app/refusal_dialog.h"
#include "office/act_trial.h"

/* A refusal with the button that goes where it is cleared (ux §1.2): the place is asked of the
 * store before the refusal is shown. */

typedef struct {
  GtkWidget *inside;
  char *act;
  JzJson *args;
  JzRefusal *refusal;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->inside);
  g_free (asking->act);
  jz_json_unref (asking->args);
  jz_refusal_free (asking->refusal);
  g_free (asking);
}

static Asking *
asking_new (GtkWidget *inside, const JzRefusal *refusal, const char *act, const JzJson *args)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->inside = g_object_ref (inside);
  asking->act = g_strdup (act);
  asking->args = jz_json_copy (args);
  asking->refusal = jz_refusal_copy (refusal);
  return asking;
}

static gpointer
read_place (JzOffice *office,
            JzConnection *reader,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  const Asking *asking = data;
  const char *case_id = jz_json_get_member_text (asking->args, "case");
  g_auto (JzCaseView) view = { 0 };

  if (case_id == NULL ||
      !jz_case_view_open (&view, reader, jz_store_get_objects (jz_office_get_store (office)),
                          case_id, jz_clock_now (jz_office_get_clock (office)), error))
    return NULL;
  return jz_place_dup_of_rule (&view, asking->act, asking->args,
                               jz_refusal_get_rule (asking->refusal));
}

static void
on_place (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autofree char *place = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, NULL);

  if (gtk_widget_get_root (asking->inside) != NULL)
    jz_show_refusal (asking->inside, JZ_OFFICE_CLIENT (source), asking->refusal, place);
  asking_free (asking);
}

/**
 * jz_show_refusal_of_act:
 * @inside: a widget of the window in which it was tried
 * @client: the office
 * @refusal: why it was refused
 * @act: what was tried
 * @args: with what
 *
 * Shows the refusal with the place of the window where it is cleared.
 */
void
jz_show_refusal_of_act (GtkWidget *inside,
                        JzOfficeClient *client,
                        const JzRefusal *refusal,
                        const char *act,
                        const JzJson *args)
{
  /* Two of them: the thread has one, and whoever is told may have gone by then. */
  jz_office_client_read_async (client, read_place, asking_new (inside, refusal, act, args),
                               asking_free, g_free, NULL, on_place,
                               asking_new (inside, refusal, act, args));
}
