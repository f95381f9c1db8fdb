/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper-fixture.h"

#include <string.h>

#include "office/document_freeze.h"
#include "office/dossier.h"

static GBytes *
draw (const JzFilling *filling, const JzSheet *sheet, GError **error)
{
  g_autofree char *text = jz_filling_to_canonical (filling, NULL);
  return g_bytes_new (text, strlen (text));
}

/* An index of all that is final is what the office asks of a dossier. */
static GBytes *
bind_dossier (JzConnection *reader,
              JzObjects *objects,
              const char *case_id,
              JzInstant now,
              JzJson **index,
              GError **error)
{
  g_autoptr (JzJson) documents = jz_documents_list (reader, case_id, error);
  JzJson *rows = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (documents); i++)
    if (jz_dossier_is_listed (jz_json_get_item (documents, i)))
      jz_json_append (rows, jz_json_copy (jz_json_get_item (documents, i)));
  *index = jz_json_new_object ();
  jz_json_set_member (*index, "rows", rows);
  return g_bytes_new (case_id, strlen (case_id));
}

void
paper_connect (void)
{
  jz_office_set_drawer (draw);
  jz_office_set_binder (bind_dossier);
}
