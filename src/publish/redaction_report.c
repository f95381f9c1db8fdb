/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "pages/leaflet.h"
#include "publish/publication.h"
#include "publish/redaction_rules.h"

/* The sheet for the internal file: what was hidden in a publication, by which rule, who decided and
 * why. It names places and never the hidden text, so that it may lie beside the public copy. */

static const char *
get_choice_word (const char *choice)
{
  if (g_strcmp0 (choice, "keep") == 0)
    return _ ("stays public");
  if (g_strcmp0 (choice, "added") == 0)
    return _ ("hidden, added by hand");
  return _ ("hidden");
}

static guint
count (const JzJson *list, const char *choice)
{
  guint n = 0;
  for (guint i = 0; list != NULL && i < jz_json_get_n_items (list); i++)
    n += choice == NULL ||
         g_strcmp0 (jz_json_get_member_text (jz_json_get_item (list, i), "choice"), choice) == 0;
  return n;
}

static void
add_decisions (JzLeaflet *leaflet, const JzJson *list)
{
  const JzRedactionRules *rules = jz_redaction_rules_get ();
  for (guint i = 0; list != NULL && i < jz_json_get_n_items (list); i++) {
    const JzJson *item = jz_json_get_item (list, i);
    const char *id = jz_json_get_member_text (item, "rule");
    const char *reason = jz_json_get_member_text (item, "reason");
    const JzRedactionRule *rule = id != NULL ? jz_redaction_rules_find_rule (rules, id) : NULL;
    g_autofree char *value =
      g_strdup_printf ("%s · %s%s%s", get_choice_word (jz_json_get_member_text (item, "choice")),
                       rule != NULL ? jz_text_get (&rule->name, jz_language_get_current ()) : "",
                       reason != NULL ? " · " : "", reason != NULL ? reason : "");
    g_autofree char *label =
      g_strdup_printf ("%s %lld", jz_json_get_member_text (item, "field"),
                       (long long)jz_json_get_member_integer (item, "start", 0));
    jz_leaflet_add_row (leaflet, label, value);
  }
}

static void
add_attack (JzLeaflet *leaflet, const JzJson *attack)
{
  const JzJson *list = attack != NULL ? jz_json_get_member (attack, "extractors") : NULL;
  for (guint i = 0; list != NULL && i < jz_json_get_n_items (list); i++) {
    const JzJson *item = jz_json_get_item (list, i);
    gboolean ran = jz_json_get_member_boolean (item, "ran", FALSE);
    gboolean saw = jz_json_get_member_boolean (item, "canary", FALSE);
    jz_leaflet_add_row (leaflet, jz_json_get_member_text (item, "name"),
                        !ran  ? _ ("was not run")
                        : saw ? _ ("found the planted text and nothing hidden")
                              : _ ("did not see the planted text, and nothing hidden"));
  }
}

/**
 * jz_redaction_report_draw:
 * @report: what the act of the publication kept as its report
 * @title: of the publication, as the public reads it
 * @is_demo: whether the office is invented
 * @time: of the act
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the sheet as PDF
 */
GBytes *
jz_redaction_report_draw (const JzJson *report,
                          const char *title,
                          gboolean is_demo,
                          JzInstant time,
                          GError **error)
{
  g_return_val_if_fail (report != NULL && title != NULL, NULL);

  const JzJson *redactions = jz_json_get_member (report, "redactions");
  const JzJson *attack = jz_json_get_member (report, "attack");
  g_autoptr (JzLeaflet) leaflet = jz_leaflet_new (_ ("What Was Hidden in a Publication"), is_demo);
  g_autofree char *found =
    g_strdup_printf ("%u", count (jz_json_get_member (report, "found"), NULL));
  g_autofree char *covered = g_strdup_printf ("%u", count (redactions, "cover"));
  g_autofree char *kept = g_strdup_printf ("%u", count (redactions, "keep"));
  g_autofree char *added = g_strdup_printf ("%u", count (redactions, "added"));
  jz_leaflet_add_paragraph (leaflet, title);
  jz_leaflet_add_row (leaflet, _ ("Decided by"), jz_json_get_member_text (report, "by"));
  jz_leaflet_add_row (leaflet, _ ("Found by the program"), found);
  jz_leaflet_add_row (leaflet, _ ("Hidden"), covered);
  jz_leaflet_add_row (leaflet, _ ("Stays public"), kept);
  jz_leaflet_add_row (leaflet, _ ("Added by hand"), added);
  jz_leaflet_add_heading (leaflet, _ ("Decisions"));
  add_decisions (leaflet, redactions);
  jz_leaflet_add_heading (leaflet, _ ("How the Finished Copy Was Tried"));
  add_attack (leaflet, attack);
  return jz_leaflet_write_pdf (leaflet, time, error);
}
