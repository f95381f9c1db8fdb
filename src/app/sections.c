/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/case/case_page.h"
#include "app/case/party_page.h"
#include "app/cases/cases_section.h"
#include "app/desk/desk_section.h"
#include "app/editor/editor_page.h"
#include "app/lists/lists_section.h"
#include "app/player/file_page.h"
#include "app/publicity/publicity_section.h"
#include "app/record/record_section.h"
#include "app/recordings/recordings_import.h"
#include "app/recordings/recordings_section.h"
#include "app/review/review_section.h"
#include "app/section.h"
#include "app/settings/settings_section.h"

/* Every workplace of the window. Longer places stand before the shorter ones that they begin
 * with; entries without a title do not show in the sidebar. */
const JzSectionEntry jz_sections[] = {
  { "cases/?/document/?", NULL, NULL, "cases", NULL, NULL, jz_editor_page_get_type },
  { "cases/?/evidence/?", NULL, NULL, "cases", NULL, NULL, jz_file_page_get_type },
  { "cases/?/party", NULL, NULL, "cases", NULL, NULL, jz_party_page_get_type },
  { "cases/?", NULL, NULL, "cases", NULL, NULL, jz_case_page_get_type },
  { "desk", N_ ("Desk"), "juanzong-desk-symbolic", NULL, NULL, "<Alt>1", jz_desk_section_get_type },
  { "cases", N_ ("Cases"), "juanzong-cases-symbolic", NULL, NULL, "<Alt>2",
    jz_cases_section_get_type },
  { "reviews", N_ ("Legal review"), "juanzong-review-symbolic", NULL, "reviewer|review_head|head",
    "<Alt>3", jz_review_section_get_type },
  { "publicity", N_ ("Publicity"), "juanzong-publicity-symbolic", NULL,
    "publisher|checker|collector|handler|section_head|approver|head", "<Alt>4",
    jz_publicity_section_get_type },
  { "recordings", N_ ("Recordings"), "juanzong-recordings-symbolic", NULL, JZ_RECORDING_ROLES,
    "<Alt>5", jz_recordings_section_get_type },
  { "lists", N_ ("Lists"), "view-list-bullet-symbolic", NULL, NULL, "<Alt>6",
    jz_lists_section_get_type },
  { "records", N_ ("Record"), "view-list-symbolic", NULL, NULL, NULL, jz_record_section_get_type },
  { "settings", N_ ("Settings"), "preferences-system-symbolic", NULL,
    "administrator|head|review_head|section_head|inspector", "<Alt>9",
    jz_settings_section_get_type },
  { NULL },
};

static gboolean
matches (const JzSectionEntry *entry, const char *const *path, guint *n_used)
{
  g_auto (GStrv) words = g_strsplit (entry->place, "/", -1);
  guint n_words = g_strv_length (words);
  guint first_any = n_words;

  if (g_strv_length ((char **)path) < n_words)
    return FALSE;
  for (guint i = n_words; i-- > 0;)
    if (g_str_equal (words[i], "?"))
      first_any = i;
    else if (!g_str_equal (words[i], path[i]))
      return FALSE;
  *n_used = first_any;
  return TRUE;
}

/**
 * jz_sections_find:
 * @path: (array zero-terminated=1): the words of a place
 * @n_used: (out): how many of them name the section; the rest is for the section itself, from the
 * first `?` on
 *
 * Returns: (transfer none) (nullable): the section that shows the place
 */
const JzSectionEntry *
jz_sections_find (const char *const *path, guint *n_used)
{
  for (const JzSectionEntry *entry = jz_sections; entry->place != NULL; entry++)
    if (matches (entry, path, n_used))
      return entry;
  return NULL;
}
