/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/refusal_place.h"

#include "app/messages.h"
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

/**
 * jz_finish_act:
 * @inside: a widget of the window in which it was asked for
 * @result: of an act of a #JzOfficeClient
 *
 * Tells an error, and a refusal with the place where it is cleared.
 *
 * Returns: (transfer full) (nullable): what was done; %NULL where nothing was
 */
JzActOutcome *
jz_finish_act (GtkWidget *inside, GAsyncResult *result)
{
  g_autoptr (JzOfficeClient) client = JZ_OFFICE_CLIENT (g_async_result_get_source_object (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome = jz_office_client_act_finish (client, result, &error);
  const JzJson *args = NULL;
  const char *act = jz_office_client_get_act (result, &args);

  if (outcome != NULL && outcome->refusal == NULL)
    return g_steal_pointer (&outcome);
  if (outcome == NULL)
    jz_show_error (inside, error);
  else if (act != NULL && args != NULL && jz_json_get_member_text (args, "case") != NULL)
    jz_show_refusal_of_act (inside, client, outcome->refusal, act, args);
  else
    jz_show_refusal (inside, client, outcome->refusal, NULL);
  return NULL;
}
