/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/recordings_shots.h"

#include <glib/gi18n-lib.h>

#include "app/case/case_tab.h"
#include "app/case/recordings_words.h"
#include "app/focus.h"

/* What is to be seen and heard in the recordings of a step, ticked off one by one. */

#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)

static char *
dup_moment (gint64 at)
{
  gint64 seconds = at / NS_PER_SECOND;

  return g_strdup_printf ("%d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                          (int)(seconds % 60));
}

static char *
dup_shot_text (const JzJson *shot)
{
  g_autofree char *at = dup_moment (jz_json_get_member_integer (shot, "at", 0));

  if (jz_recordings_is_state (shot, "seen") && jz_json_get_member (shot, "at") != NULL)
    return g_strdup_printf (_ ("✓ %1$s, at %2$s"), jz_json_read_text (shot, "name"), at);
  if (jz_recordings_is_state (shot, "seen"))
    return g_strdup_printf (_ ("✓ %s"), jz_json_read_text (shot, "name"));
  if (jz_recordings_is_state (shot, "absent"))
    return g_strdup_printf (_ ("– %1$s: %2$s"), jz_json_read_text (shot, "name"),
                            jz_json_read_text (shot, "text"));
  return g_strdup_printf (_ ("○ %s"), jz_json_read_text (shot, "name"));
}

/* What is seen leads to where it is seen, the rest to where that is said. */
static GtkWidget *
new_shot (const char *case_id,
          gboolean may_say,
          const JzJson *step,
          const JzJson *shot,
          const char *text)
{
  GtkWidget *button;

  if (jz_recordings_is_state (shot, "seen")) {
    g_autofree char *place =
      g_strdup_printf ("cases/%s/evidence/%s@%lld", case_id, jz_json_read_text (shot, "attachment"),
                       (long long)jz_json_get_member_integer (shot, "at", 0));
    button = jz_case_new_go_button (text, place);
  } else if (may_say) {
    JzJson *preset = jz_json_new_object ();
    jz_json_set_text (preset, "of", jz_json_read_text (step, "of"));
    jz_json_set_text (preset, "shot", jz_json_read_text (shot, "id"));
    button = jz_case_new_act_button (text, "recording.check_shot", preset);
  } else
    return jz_case_new_label (text, "dim-label");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

static guint
count_open (const JzJson *shots)
{
  guint n = 0;

  for (guint i = 0; i < jz_json_get_n_items (shots); i++)
    n += jz_recordings_is_state (jz_json_get_item (shots, i), "open");
  return n;
}

static char *
dup_shots_title (const JzJson *shots)
{
  guint n = count_open (shots);

  if (n == 0)
    return g_strdup (_ ("What must be seen and heard in it"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "What must be seen and heard in it: %u is not ticked",
                                       "What must be seen and heard in it: %u are not ticked", n),
                          n);
}

/**
 * jz_recordings_show_shots:
 * @group: the step's group on the tab
 * @step: a step of the recordings of a case
 * @case_id: the case
 * @may_say: whether the person may say where something is seen
 *
 * Adds what is to be seen, once there is a recording to see it in.
 */
void
jz_recordings_show_shots (GtkWidget *group,
                          const JzJson *step,
                          const char *case_id,
                          gboolean may_say)
{
  const JzJson *shots = jz_json_get_member (step, "shots");
  GtkWidget *box;
  GtkWidget *flow;
  g_autofree char *title = NULL;

  if (jz_json_get_n_items (shots) == 0 ||
      jz_json_get_n_items (jz_json_get_member (step, "recordings")) == 0)
    return;
  title = dup_shots_title (shots);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 4);
  gtk_box_append (GTK_BOX (box),
                  jz_case_new_label (title, count_open (shots) > 0 ? "warning" : "dim-label"));
  gtk_box_append (GTK_BOX (box), flow);
  for (guint i = 0; i < jz_json_get_n_items (shots); i++) {
    const JzJson *shot = jz_json_get_item (shots, i);
    g_autofree char *text = dup_shot_text (shot);
    jz_flow_append (GTK_FLOW_BOX (flow), new_shot (case_id, may_say, step, shot, text), text);
  }
  jz_case_new_row (group, box);
}
