/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/identity_code.h"
#include "forms/filling-private.h"
#include "forms/form-private.h"

/* What must hold between the members of a composite value: codes of parties (FC-02), officers and
 * their certificates (FC-04), refused signatures (FC-43), ends after starts (FC-08). */

static void
add_error (JzFillingWalk *self, const char *path, const char *rule, char *sentence)
{
  jz_filling_walk_add (self, path, JZ_FINDING_ERROR, rule, sentence);
}

static void
take_code (JzFillingWalk *self, const char *path, JzIdentityCode *code)
{
  if (code->verdict != JZ_IDENTITY_VALID)
    jz_filling_walk_add (self, path,
                         code->verdict == JZ_IDENTITY_ERROR ? JZ_FINDING_ERROR : JZ_FINDING_WARNING,
                         code->rule != NULL ? code->rule : "FC-02",
                         g_strdup (code->sentence != NULL ? code->sentence : code->code));
  jz_identity_code_free (code);
}

static void
require (JzFillingWalk *self,
         const JzFormField *field,
         const JzJson *value,
         const char *path,
         const char *name)
{
  const JzFormField *member = jz_form_field_find_member (field, name);
  if (member == NULL || *jz_json_read_text (value, name) != '\0')
    return;
  g_autofree char *inner = g_strdup_printf ("%s.%s", path, name);
  add_error (self, inner, "FC-02",
             g_strdup_printf (_ ("%s is missing; fill it in."), member->label.zh));
}

/* A company without a credit code has shown nothing; a citizen's card has a check character. */
static void
walk_party (JzFillingWalk *self, const JzFormField *field, const JzJson *value, const char *path)
{
  const char *number = jz_json_read_text (value, "id_number");
  gboolean is_uscc = strcmp (jz_json_read_text (value, "id_kind"), "uscc") == 0;
  g_autofree char *inner = g_strdup_printf ("%s.id_number", path);
  if (strcmp (jz_json_read_text (value, "kind"), "citizen") != 0) {
    require (self, field, value, path, "representative");
    if (!is_uscc && *number != '\0')
      add_error (self, inner, "FC-02",
                 g_strdup (_ ("A party that is no citizen is named with its unified social credit "
                              "code; choose that kind of number and write the code.")));
  }
  if (*number == '\0')
    return;
  if (is_uscc)
    take_code (self, inner, jz_identity_code_check_uscc (number));
  else if (strcmp (jz_json_read_text (value, "id_kind"), "resident") == 0)
    take_code (self, inner,
               jz_identity_code_check_resident (number, jz_instant_get_date (self->now), TRUE));
}

static void
walk_officer (JzFillingWalk *self, const JzJson *value, const char *path)
{
  JzDate first;
  JzDate last;
  gboolean is_early = jz_date_parse (jz_json_read_text (value, "valid_from"), &first, NULL) &&
                      jz_date_compare (self->document_date, first) < 0;
  gboolean is_late = jz_date_parse (jz_json_read_text (value, "valid_to"), &last, NULL) &&
                     jz_date_compare (self->document_date, last) > 0;
  if (is_early || is_late)
    add_error (self, path, "FC-04",
               g_strdup_printf (_ ("The certificate %s of %s is not valid on the day of the "
                                   "document; another officer must act."),
                                jz_json_read_text (value, "credential"),
                                jz_json_read_text (value, "name")));
}

static void
walk_signature (JzFillingWalk *self, const JzJson *value, const char *path)
{
  if (!jz_json_get_member_boolean (value, "refused", FALSE))
    return;
  if (*jz_json_read_text (value, "note") == '\0')
    add_error (self, path, "FC-43",
               g_strdup (_ ("A signature was refused and no reason is written; write what "
                            "happened.")));
  if (*jz_json_read_text (value, "witness") == '\0' && *jz_json_read_text (value, "video") == '\0')
    add_error (self, path, "FC-43",
               g_strdup (_ ("A signature was refused; name the witness or the number of the "
                            "video.")));
}

static void
walk_range (JzFillingWalk *self, const JzJson *value, const char *path)
{
  JzDate start;
  JzDate end;
  if (jz_date_parse (jz_json_read_text (value, "start"), &start, NULL) &&
      jz_date_parse (jz_json_read_text (value, "end"), &end, NULL) &&
      jz_date_compare (end, start) < 0)
    add_error (self, path, "FC-08",
               g_strdup (_ ("The end lies before the start; correct the one or the other.")));
}

void
jz_filling_walk_composite (JzFillingWalk *self,
                           const JzFormField *field,
                           const JzJson *value,
                           const char *path)
{
  for (guint i = 0; i < field->members->len; i++) {
    const JzFormField *member = g_ptr_array_index (field->members, i);
    g_autofree char *inner = g_strdup_printf ("%s.%s", path, member->name);
    jz_filling_walk_field (self, member, jz_json_get_member (value, member->name), inner);
  }
  if (g_strcmp0 (field->composite, "party") == 0)
    walk_party (self, field, value, path);
  else if (g_strcmp0 (field->composite, "officer") == 0 ||
           g_strcmp0 (field->composite, "off2") == 0)
    walk_officer (self, value, path);
  else if (g_strcmp0 (field->composite, "signature") == 0)
    walk_signature (self, value, path);
  else if (g_strcmp0 (field->composite, "date-range") == 0)
    walk_range (self, value, path);
}

/* Two officers are two persons: neither one certificate nor one name twice without certificates. */
void
jz_filling_walk_entries (JzFillingWalk *self,
                         const JzFormField *field,
                         const JzJson *value,
                         const char *path)
{
  if (g_strcmp0 (field->composite, "off2") != 0)
    return;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < jz_json_get_n_items (value); i++) {
    const char *cert = jz_json_read_text (jz_json_get_item (value, i), "credential");
    if (*cert != '\0' && !g_hash_table_add (seen, (gpointer)cert))
      add_error (self, path, "FC-04",
                 g_strdup_printf (_ ("The officer with the certificate %s is named twice; two "
                                     "different officers must act."),
                                  cert));
  }
}
