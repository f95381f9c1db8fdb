/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust.h"

#include "store/entry.h"

#define N_FIELDS 18
#define SIG 17
#define MAX_LEAF_SIZE 4096

/* The fields of an entry by format §3, and sig. */
static const char *const field_names[N_FIELDS] = {
  "magic", "store",    "seq",     "store_prev",   "case", "case_prev",
  "clock", "time",     "actor",   "role",         "act",  "act_version",
  "batch", "rulebook", "program", "payload_hash", "cert", "sig",
};

static void
append_field (GByteArray *leaf, const void *data, gsize length)
{
  const guint8 size[4] = { (guint8)(length >> 24), (guint8)(length >> 16), (guint8)(length >> 8),
                           (guint8)length };

  g_byte_array_append (leaf, size, sizeof size);
  g_byte_array_append (leaf, data, (guint)length);
}

static GBytes *
leaf_of_vector (const JzJson *vector)
{
  g_autoptr (GBytes) body = bytes_from_hex (jz_json_get_member_text (vector, "body"));
  g_autoptr (GBytes) sig = bytes_from_hex (jz_json_get_member_text (vector, "sig"));
  GByteArray *leaf = g_byte_array_new ();

  g_byte_array_append (leaf, g_bytes_get_data (body, NULL), (guint)g_bytes_get_size (body));
  append_field (leaf, g_bytes_get_data (sig, NULL), g_bytes_get_size (sig));
  return g_byte_array_free_to_bytes (leaf);
}

static const JzJson *
get_vector (const JzJson *vectors, guint seq)
{
  return jz_json_get_item (jz_json_get_member (vectors, "entries"), seq - 1);
}

/* The leaf data cut into its fields, leniently: the tests' own way, not ours. */
static void
cut_fields (GBytes *leaf, GBytes *fields[N_FIELDS])
{
  const guint8 *data = g_bytes_get_data (leaf, NULL);
  gsize position = 0;

  for (guint i = 0; i < N_FIELDS; i++) {
    gsize length = (gsize)data[position + 2] << 8 | data[position + 3];
    fields[i] = g_bytes_new_from_bytes (leaf, position + 4, length);
    position += 4 + length;
  }
  g_assert_cmpuint (position, ==, g_bytes_get_size (leaf));
}

/* @leaf with @value in the place of its field @number. */
static GBytes *
leaf_with_field (GBytes *leaf, guint number, const void *value, gsize length)
{
  GBytes *fields[N_FIELDS];
  GByteArray *changed = g_byte_array_new ();

  cut_fields (leaf, fields);
  for (guint i = 0; i < N_FIELDS; i++) {
    if (i == number)
      append_field (changed, value, length);
    else
      append_field (changed, g_bytes_get_data (fields[i], NULL), g_bytes_get_size (fields[i]));
    g_bytes_unref (fields[i]);
  }
  return g_byte_array_free_to_bytes (changed);
}

static JzEntry *
parse (GBytes *leaf)
{
  g_autoptr (GError) error = NULL;
  JzEntry *entry = jz_entry_parse (leaf, &error);

  g_assert_no_error (error);
  g_assert_nonnull (entry);
  return entry;
}

static void
assert_refused (GBytes *leaf)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jz_entry_parse (leaf, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  g_assert_null (jz_entry_get_body_of_leaf (leaf, NULL));
}

static void
assert_hash (const JzMaybeHash *hash, const JzJson *vector, const char *member)
{
  const char *hex = jz_json_get_member_text (vector, member);
  char found[JZ_HASH_HEX_SIZE] = "";

  if (hash->is_present)
    jz_hash_to_hex (&hash->hash, found);
  g_assert_cmpstr (found, ==, hex);
}

static void
take_hash (JzMaybeHash *hash, const JzJson *vector, const char *member)
{
  hash->is_present = jz_hash_from_hex (jz_json_get_member_text (vector, member), &hash->hash);
}

/* The entry put together from what the vector says in words, not from its bytes. */
static JzEntry *
entry_of_vector (const JzJson *vector)
{
  JzEntry *entry = jz_entry_new ();
  g_autoptr (GBytes) sig = bytes_from_hex (jz_json_get_member_text (vector, "sig"));
  const char *batch = jz_json_get_member_text (vector, "batch");

  entry->store = g_strdup (jz_json_get_member_text (vector, "store"));
  entry->seq = (guint64)jz_json_get_member_integer (vector, "seq", 0);
  take_hash (&entry->store_prev, vector, "store_prev");
  entry->case_id = g_strdup (jz_json_get_member_text (vector, "case"));
  take_hash (&entry->case_prev, vector, "case_prev");
  entry->clock = (guint64)jz_json_get_member_integer (vector, "clock", 0);
  entry->time = instant_of (jz_json_get_member_text (vector, "time"));
  entry->actor = g_strdup (jz_json_get_member_text (vector, "actor"));
  entry->role = g_strdup (jz_json_get_member_text (vector, "role"));
  entry->act = g_strdup (jz_json_get_member_text (vector, "act"));
  entry->act_version = (guint)jz_json_get_member_integer (vector, "act_version", 0);
  entry->batch = batch[0] != '\0' ? g_strdup (batch) : NULL;
  take_hash (&entry->rulebook, vector, "rulebook");
  entry->program = g_strdup (jz_json_get_member_text (vector, "program"));
  g_assert_true (
    jz_hash_from_hex (jz_json_get_member_text (vector, "payload_hash"), &entry->payload_hash));
  take_hash (&entry->cert, vector, "cert");
  if (g_bytes_get_size (sig) > 0)
    entry->sig = g_steal_pointer (&sig);
  return entry;
}

static void
assert_bytes_and_hash (const JzEntry *entry, const JzJson *vector)
{
  g_autoptr (GBytes) expected_body = bytes_from_hex (jz_json_get_member_text (vector, "body"));
  g_autoptr (GBytes) expected_leaf = leaf_of_vector (vector);
  g_autoptr (GBytes) body = jz_entry_get_body (entry);
  g_autoptr (GBytes) leaf = jz_entry_get_leaf_data (entry);
  g_autoptr (GBytes) body_of_leaf = jz_entry_get_body_of_leaf (leaf, NULL);
  JzHash hash;
  char hex[JZ_HASH_HEX_SIZE];

  g_assert_true (g_bytes_equal (body, expected_body));
  g_assert_true (g_bytes_equal (leaf, expected_leaf));
  g_assert_true (g_bytes_equal (body_of_leaf, expected_body));
  jz_entry_get_hash (entry, &hash);
  jz_hash_to_hex (&hash, hex);
  g_assert_cmpstr (hex, ==, jz_json_get_member_text (vector, "hash"));
}

static void
test_vectors_write (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();
  guint n = jz_json_get_n_items (jz_json_get_member (vectors, "entries"));

  g_assert_cmpuint (n, ==, 17);
  for (guint seq = 1; seq <= n; seq++) {
    const JzJson *vector = get_vector (vectors, seq);
    g_autoptr (JzEntry) entry = entry_of_vector (vector);
    g_autoptr (GError) error = NULL;
    g_assert_true (jz_entry_check (entry, &error));
    g_assert_no_error (error);
    assert_bytes_and_hash (entry, vector);
  }
}

static void
assert_fields (const JzEntry *entry, const JzJson *vector)
{
  const char *batch = jz_json_get_member_text (vector, "batch");
  const JzMaybeHash payload_hash = { TRUE, entry->payload_hash };
  char time[JZ_INSTANT_SIZE];

  jz_instant_format (entry->time, time);
  g_assert_cmpstr (entry->store, ==, jz_json_get_member_text (vector, "store"));
  g_assert_cmpuint (entry->seq, ==, jz_json_get_member_integer (vector, "seq", 0));
  assert_hash (&entry->store_prev, vector, "store_prev");
  g_assert_cmpstr (entry->case_id, ==, jz_json_get_member_text (vector, "case"));
  assert_hash (&entry->case_prev, vector, "case_prev");
  g_assert_cmpuint (entry->clock, ==, jz_json_get_member_integer (vector, "clock", 0));
  g_assert_cmpstr (time, ==, jz_json_get_member_text (vector, "time"));
  g_assert_cmpstr (entry->actor, ==, jz_json_get_member_text (vector, "actor"));
  g_assert_cmpstr (entry->role, ==, jz_json_get_member_text (vector, "role"));
  g_assert_cmpstr (entry->act, ==, jz_json_get_member_text (vector, "act"));
  g_assert_cmpuint (entry->act_version, ==, jz_json_get_member_integer (vector, "act_version", 0));
  g_assert_cmpstr (entry->batch, ==, batch[0] != '\0' ? batch : NULL);
  assert_hash (&entry->rulebook, vector, "rulebook");
  g_assert_cmpstr (entry->program, ==, jz_json_get_member_text (vector, "program"));
  assert_hash (&payload_hash, vector, "payload_hash");
  assert_hash (&entry->cert, vector, "cert");
}

static void
test_vectors_read (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();

  for (guint seq = 1; seq <= 17; seq++) {
    const JzJson *vector = get_vector (vectors, seq);
    g_autoptr (GBytes) leaf = leaf_of_vector (vector);
    g_autoptr (JzEntry) entry = parse (leaf);
    g_autofree char *id = jz_entry_get_id (entry);
    g_autofree char *expected_id = g_strdup_printf ("00112233aabbccdd-%u", seq);
    assert_fields (entry, vector);
    assert_bytes_and_hash (entry, vector);
    g_assert_cmpstr (id, ==, expected_id);
  }
}

static void
test_vectors_payload (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();

  for (guint seq = 1; seq <= 17; seq++) {
    const JzJson *vector = get_vector (vectors, seq);
    const char *payload = jz_json_get_member_text (vector, "payload");
    g_autoptr (GBytes) salt = bytes_from_hex (jz_json_get_member_text (vector, "salt"));
    JzHash hash;
    char hex[JZ_HASH_HEX_SIZE];
    g_assert_cmpuint (g_bytes_get_size (salt), ==, JZ_HASH_LENGTH);
    jz_payload_hash (g_bytes_get_data (salt, NULL), payload, strlen (payload), &hash);
    jz_hash_to_hex (&hash, hex);
    g_assert_cmpstr (hex, ==, jz_json_get_member_text (vector, "payload_hash"));
  }
}

/* What was read from changed bytes stands for just these bytes, under another hash. */
static void
assert_refused_or_other (GBytes *leaf, GBytes *changed)
{
  g_autoptr (JzEntry) entry = parse (leaf);
  g_autoptr (JzEntry) other = jz_entry_parse (changed, NULL);
  g_autoptr (GBytes) again = other != NULL ? jz_entry_get_leaf_data (other) : NULL;
  JzHash hash;
  JzHash other_hash;

  if (other == NULL)
    return;
  g_assert_true (g_bytes_equal (again, changed));
  jz_entry_get_hash (entry, &hash);
  jz_entry_get_hash (other, &other_hash);
  g_assert_false (jz_hash_equal (&hash, &other_hash));
}

static void
test_every_byte (void)
{
  static const guint8 masks[] = { 0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x07, 0xff };
  g_autoptr (JzJson) vectors = load_vectors ();

  for (guint seq = 1; seq <= 17; seq++) {
    g_autoptr (GBytes) leaf = leaf_of_vector (get_vector (vectors, seq));
    for (gsize i = 0; i < g_bytes_get_size (leaf); i++)
      for (guint j = 0; j < G_N_ELEMENTS (masks); j++) {
        g_autoptr (GBytes) changed = bytes_with_change (leaf, i, masks[j]);
        assert_refused_or_other (leaf, changed);
      }
  }
}

/* Neither a beginning of an entry nor an entry and more is an entry. */
static void
test_every_length (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();

  for (guint seq = 1; seq <= 17; seq++) {
    g_autoptr (GBytes) leaf = leaf_of_vector (get_vector (vectors, seq));
    gsize length = g_bytes_get_size (leaf);
    g_autofree guint8 *longer = g_malloc0 (length + 4);
    memcpy (longer, g_bytes_get_data (leaf, NULL), length);
    for (gsize i = 0; i < length; i++) {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (leaf, 0, i);
      assert_refused (cut);
    }
    for (gsize i = 1; i <= 4; i++) {
      g_autoptr (GBytes) more = g_bytes_new (longer, length + i);
      assert_refused (more);
    }
  }
}

/* A length that goes beyond the end, also where a sum of lengths would overflow. */
static void
test_hostile_length (void)
{
  static const guint8 lengths[][4] = {
    { 0xff, 0xff, 0xff, 0xff }, { 0x7f, 0xff, 0xff, 0xff }, { 0x80, 0x00, 0x00, 0x00 },
    { 0x00, 0x00, 0x10, 0x00 }, { 0x00, 0x00, 0x01, 0xff },
  };
  g_autoptr (JzJson) vectors = load_vectors ();
  g_autoptr (GBytes) leaf = leaf_of_vector (get_vector (vectors, 4));
  GBytes *fields[N_FIELDS];
  gsize position = 0;

  cut_fields (leaf, fields);
  for (guint i = 0; i < N_FIELDS; i++) {
    for (guint j = 0; j < G_N_ELEMENTS (lengths); j++) {
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (leaf, NULL), g_bytes_get_size (leaf));
      g_autoptr (GBytes) changed = NULL;
      memcpy (data + position, lengths[j], 4);
      changed = g_bytes_new (data, g_bytes_get_size (leaf));
      assert_refused (changed);
    }
    position += 4 + g_bytes_get_size (fields[i]);
    g_bytes_unref (fields[i]);
  }
}

typedef struct {
  const char *field;
  const char *value;
  gboolean is_right;
} Form;

#define S "00112233aabbccdd"
#define TEN "aaaaaaaaaa"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

/* In an entry that is not the first of its store, is not signed and concerns a case. */
static const Form forms[] = {
  { "magic", "JZ1", TRUE },
  { "magic", "", FALSE },
  { "magic", "JZ2", FALSE },
  { "magic", "jz1", FALSE },
  { "magic", "JZ11", FALSE },
  { "store", "ffffffffffffffff", TRUE },
  { "store", "", FALSE },
  { "store", "00112233aabbccd", FALSE },
  { "store", "00112233aabbccdde", FALSE },
  { "store", "00112233AABBCCDD", FALSE },
  { "store", "00112233aabbccdg", FALSE },
  { "seq", "2", TRUE },
  { "seq", "9999999999999999", TRUE },
  { "seq", "", FALSE },
  { "seq", "0", FALSE },
  { "seq", "04", FALSE },
  { "seq", "+4", FALSE },
  { "seq", "-4", FALSE },
  { "seq", " 4", FALSE },
  { "seq", "4 ", FALSE },
  { "seq", "4.0", FALSE },
  { "seq", "0x4", FALSE },
  { "seq", "٤", FALSE },
  { "seq", "10000000000000000", FALSE },
  { "seq", "18446744073709551620", FALSE },
  /* Only the first of a store has none before it. */
  { "seq", "1", FALSE },
  { "store_prev", "", FALSE },
  { "store_prev", "0123456789012345678901234567890", FALSE },
  { "store_prev", "01234567890123456789012345678901", TRUE },
  { "store_prev", "012345678901234567890123456789012", FALSE },
  { "case", "bureau", TRUE },
  { "case", S "-3-1", TRUE },
  { "case", S "-3-255", TRUE },
  { "case", "", FALSE },
  { "case", "Bureau", FALSE },
  { "case", "bureaus", FALSE },
  { "case", S "-3-256", FALSE },
  { "case", S "-3-0", FALSE },
  { "case", S "-03-1", FALSE },
  { "case", S "-3-1-1", FALSE },
  { "case", S, FALSE },
  { "case", S "-3", FALSE },
  { "case_prev", "", TRUE },
  { "case_prev", "0", FALSE },
  { "case_prev", "01234567890123456789012345678901", TRUE },
  { "clock", "1", TRUE },
  { "clock", "0", FALSE },
  { "clock", "", FALSE },
  { "clock", "01", FALSE },
  { "time", "2026-03-02T09:04:00.001+08:00", TRUE },
  { "time", "", FALSE },
  { "time", "2026-03-02T09:04:00+08:00", FALSE },
  { "time", "2026-03-02T09:04:00.0000+08:00", FALSE },
  { "time", "2026-03-02T01:04:00.000+00:00", FALSE },
  { "time", "2026-03-02T01:04:00.000Z", FALSE },
  { "time", "2026-03-02t09:04:00.000+08:00", FALSE },
  { "time", "2026-02-29T09:04:00.000+08:00", FALSE },
  { "time", "2026-03-02T24:00:00.000+08:00", FALSE },
  { "time", "2026-03-02T23:59:60.000+08:00", FALSE },
  { "actor", S "-1-1", TRUE },
  { "actor", "", FALSE },
  { "actor", "bureau", FALSE },
  { "actor", "张某", FALSE },
  { "actor", S "-1", TRUE },
  { "actor", S "-1-256", FALSE },
  { "actor", S "-01-1", FALSE },
  { "role", "section_head", TRUE },
  { "role", "", FALSE },
  { "role", "Handler", FALSE },
  { "role", "section head", FALSE },
  { "role", "承办人", FALSE },
  { "role", "_", FALSE },
  { "role", "_head", FALSE },
  { "role", "head_", FALSE },
  { "role", "section__head", FALSE },
  { "role", "section.head", FALSE },
  { "role", HUNDRED HUNDRED, TRUE },
  { "role", HUNDRED HUNDRED "a", FALSE },
  { "act", "case.note", TRUE },
  { "act", "store.accept.propose", TRUE },
  { "act", "", FALSE },
  { "act", "note", FALSE },
  { "act", ".note", FALSE },
  { "act", "case.", FALSE },
  { "act", "Case.note", FALSE },
  { "act", "case.note@1", FALSE },
  { "act", "case_file.note_it", TRUE },
  { "act", "..", FALSE },
  { "act", "case..note", FALSE },
  { "act", "case._note", FALSE },
  { "act", "case_.note", FALSE },
  { "act", "case.note_", FALSE },
  { "act", "_.note", FALSE },
  { "act_version", "2147483647", TRUE },
  { "act_version", "2147483648", FALSE },
  { "act_version", "0", FALSE },
  { "act_version", "", FALSE },
  { "act_version", "01", FALSE },
  { "batch", "", TRUE },
  { "batch", S "-4", TRUE },
  { "batch", S, FALSE },
  { "batch", "4", FALSE },
  { "batch", S "-4-1", FALSE },
  { "batch", S "-0", FALSE },
  { "rulebook", "", TRUE },
  { "rulebook", "01234567890123456789012345678901", TRUE },
  { "rulebook", "0123", FALSE },
  { "program", "juanzong 0.2.0", TRUE },
  { "program", "juanzong 0.2.0+0123456789ab", TRUE },
  { "program", "", FALSE },
  { "program", "juanzong", FALSE },
  { "program", "Juanzong 0.2.0", FALSE },
  { "program", "juanzong 1.0~rc-1", TRUE },
  { "program", "juanzong ", FALSE },
  { "program", "juanzong  0.2.0", FALSE },
  { "program", "juanzong 0.2.0 ", FALSE },
  { "program", "juanzong 0.2.0\n", FALSE },
  { "program", "juanzong 0.2.0+", FALSE },
  { "program", "juanzong +0123456789ab", FALSE },
  { "program", "juanzong 0.2.0+0123456789a", FALSE },
  { "program", "juanzong 0.2.0+0123456789abc", FALSE },
  { "program", "juanzong 0.2.0+0123456789AB", FALSE },
  { "program", "juanzong 0.2.0+0123456789ag", FALSE },
  { "program", "juanzong 0.2.0+0123456789ab+", FALSE },
  { "program", "juanzong 卷宗", FALSE },
  { "program", "juanzong 0.2/0", FALSE },
  { "program", "juanzong 0.2.0\xff", FALSE },
  { "payload_hash", "01234567890123456789012345678901", TRUE },
  { "payload_hash", "", FALSE },
  { "payload_hash", "0123456789012345678901234567890", FALSE },
  /* Both or neither. */
  { "cert", "", TRUE },
  { "cert", "01234567890123456789012345678901", FALSE },
  { "sig", "", TRUE },
  { "sig", "\x30\x06\x02\x01\x01\x02\x01\x01", FALSE },
};

static guint
get_field_number (const char *name)
{
  guint number = 0;

  while (strcmp (field_names[number], name) != 0)
    number++;
  return number;
}

static void
test_forms (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();
  g_autoptr (GBytes) leaf = leaf_of_vector (get_vector (vectors, 4));

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    const Form *form = &forms[i];
    g_autoptr (GBytes) changed =
      leaf_with_field (leaf, get_field_number (form->field), form->value, strlen (form->value));
    g_autoptr (JzEntry) entry = jz_entry_parse (changed, NULL);
    if ((entry != NULL) != form->is_right)
      g_test_message ("%s “%s”", form->field, form->value);
    g_assert_cmpint (entry != NULL, ==, form->is_right);
    if (entry == NULL)
      assert_refused (changed);
    else if (!g_bytes_equal (leaf, changed))
      assert_refused_or_other (leaf, changed);
  }
}

/* NUL and bytes that are no UTF-8 stand in no text, whatever goes before them. */
static void
test_text_bytes (void)
{
  static const char *const texts[] = { "case", "time", "actor", "role", "act", "batch", "program" };
  static const struct {
    const char *bytes;
    gsize length;
  } wrong[] = {
    { "\0", 1 }, { "\0a", 2 }, { "\xc3\x28", 2 }, { "\xed\xa0\x80", 3 }, { "\xc0\x80", 2 }
  };
  g_autoptr (JzJson) vectors = load_vectors ();
  g_autoptr (GBytes) leaf = leaf_of_vector (get_vector (vectors, 9));
  GBytes *fields[N_FIELDS];

  cut_fields (leaf, fields);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (wrong); j++) {
      guint number = get_field_number (texts[i]);
      g_autoptr (GByteArray) value = g_byte_array_new ();
      g_autoptr (GBytes) changed = NULL;
      g_byte_array_append (value, g_bytes_get_data (fields[number], NULL),
                           (guint)g_bytes_get_size (fields[number]));
      g_byte_array_append (value, (const guint8 *)wrong[j].bytes, (guint)wrong[j].length);
      changed = leaf_with_field (leaf, number, value->data, value->len);
      assert_refused (changed);
    }
  for (guint i = 0; i < N_FIELDS; i++)
    g_bytes_unref (fields[i]);
}

/* The first entry of a store follows none; it alone. */
static void
test_first_of_store (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();
  g_autoptr (GBytes) first = leaf_of_vector (get_vector (vectors, 1));
  g_autoptr (GBytes) with_prev = leaf_with_field (
    first, get_field_number ("store_prev"), "01234567890123456789012345678901", JZ_HASH_LENGTH);
  g_autoptr (GBytes) second = leaf_with_field (first, get_field_number ("seq"), "2", 1);

  assert_refused (with_prev);
  assert_refused (second);
}

/* A signature is DER in its only form; without it no certificate, and the other way round. */
static void
test_signature (void)
{
  static const guint8 not_minimal[] = { 0x30, 0x07, 0x02, 0x02, 0x00, 0x01, 0x02, 0x01, 0x01 };
  static const guint8 smallest[] = { 0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01 };
  g_autoptr (JzJson) vectors = load_vectors ();
  g_autoptr (GBytes) leaf = leaf_of_vector (get_vector (vectors, 1));
  g_autoptr (GBytes) without = leaf_with_field (leaf, SIG, "", 0);
  g_autoptr (GBytes) without_certificate = leaf_with_field (leaf, get_field_number ("cert"), "", 0);
  g_autoptr (GBytes) wrong = leaf_with_field (leaf, SIG, not_minimal, sizeof not_minimal);
  g_autoptr (GBytes) other = leaf_with_field (leaf, SIG, smallest, sizeof smallest);
  g_autoptr (JzEntry) entry = parse (leaf);

  g_assert_true (entry->cert.is_present);
  g_assert_nonnull (entry->sig);
  assert_refused (without);
  assert_refused (without_certificate);
  assert_refused (wrong);
  assert_refused_or_other (leaf, other);
  g_clear_pointer (&entry, jz_entry_free);
  entry = parse (other);
}

/* More bytes than any entry has. */
static void
test_too_long (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();
  g_autoptr (GBytes) leaf = leaf_of_vector (get_vector (vectors, 1));
  g_autofree guint8 *sig = g_malloc0 (2 * MAX_LEAF_SIZE);
  g_autoptr (GBytes) changed = leaf_with_field (leaf, SIG, sig, 2 * MAX_LEAF_SIZE);

  assert_refused (changed);
}

/* A person is told which field is wrong. */
static void
test_check_names_field (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();

  for (guint i = 0; i < 3; i++) {
    static const char *const wrong[] = { "role", "clock", "cert" };
    g_autoptr (JzEntry) entry = entry_of_vector (get_vector (vectors, 4));
    g_autoptr (GError) error = NULL;
    if (i == 0)
      entry->role[0] = '!';
    else if (i == 1)
      entry->clock = 0;
    else
      entry->cert.is_present = TRUE;
    g_assert_false (jz_entry_check (entry, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
    g_assert_nonnull (strstr (error->message, wrong[i]));
  }
}

static void
test_ids (void)
{
  static const struct {
    const char *text;
    gboolean is_store;
    gboolean is_thing;
  } ids[] = {
    { NULL, FALSE, FALSE },
    { "", FALSE, FALSE },
    { "-", FALSE, FALSE },
    { S, TRUE, FALSE },
    { S "-", FALSE, FALSE },
    { S "-1", FALSE, TRUE },
    { S "-1-", FALSE, FALSE },
    { S "-1-1", FALSE, TRUE },
    { S "-1-255", FALSE, TRUE },
    { S "-1-256", FALSE, FALSE },
    { S "-1-1-1", FALSE, FALSE },
    { S "-0-1", FALSE, FALSE },
    { S "-1-0", FALSE, FALSE },
    { S "-01-1", FALSE, FALSE },
    { S "- 1-1", FALSE, FALSE },
    { S "-9999999999999999", FALSE, TRUE },
    { S "-10000000000000000", FALSE, FALSE },
    { "00112233AABBCCDD", FALSE, FALSE },
    { "00112233AABBCCDD-1", FALSE, FALSE },
    { "0011-1", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_assert_cmpint (jz_is_store_id (ids[i].text), ==, ids[i].is_store);
    g_assert_cmpint (jz_is_thing_id (ids[i].text), ==, ids[i].is_thing);
  }
}

static void
make_hash (JzMaybeHash *hash, gboolean is_present)
{
  hash->is_present = is_present;
  for (guint i = 0; i < JZ_HASH_LENGTH; i++)
    hash->hash.bytes[i] = (guint8)g_test_rand_int_range (0, 256);
}

static char *
make_id (gboolean with_n)
{
  int seq = g_test_rand_int_range (1, G_MAXINT);
  return with_n ? g_strdup_printf (S "-%d-%d", seq, g_test_rand_int_range (1, 256))
                : g_strdup_printf (S "-%d", seq);
}

static JzEntry *
make_entry (void)
{
  static const char *const acts[] = { "case.open", "case.take_over", "store.accept.propose" };
  JzEntry *entry = jz_entry_new ();
  JzMaybeHash payload_hash;

  entry->store = g_strdup (S);
  entry->seq = g_test_rand_int_range (0, 4) == 0 ? 1 : (guint64)g_test_rand_int_range (2, G_MAXINT);
  make_hash (&entry->store_prev, entry->seq > 1);
  entry->case_id = g_test_rand_bit () ? g_strdup (JZ_BUREAU) : make_id (TRUE);
  make_hash (&entry->case_prev, g_test_rand_bit ());
  entry->clock = (guint64)g_test_rand_int_range (1, G_MAXINT);
  entry->time = instant_of ("2026-03-02T09:00:00.000+08:00") + g_test_rand_int ();
  entry->actor = make_id (TRUE);
  entry->role = g_strdup (g_test_rand_bit () ? "handler" : "section_head");
  entry->act = g_strdup (acts[g_test_rand_int_range (0, G_N_ELEMENTS (acts))]);
  entry->act_version = (guint)g_test_rand_int_range (1, G_MAXINT);
  entry->batch = g_test_rand_bit () ? make_id (FALSE) : NULL;
  make_hash (&entry->rulebook, g_test_rand_bit ());
  entry->program = g_strdup ("juanzong 0.1.0");
  make_hash (&payload_hash, TRUE);
  entry->payload_hash = payload_hash.hash;
  make_hash (&entry->cert, g_test_rand_bit ());
  if (entry->cert.is_present)
    entry->sig = g_bytes_new_static ("\x30\x06\x02\x01\x01\x02\x01\x01", 8);
  return entry;
}

/* What is written is read again as the same, of any entry; the seed is printed by the test. */
static void
test_random (void)
{
  for (guint i = 0; i < 2000; i++) {
    g_autoptr (JzEntry) entry = make_entry ();
    g_autoptr (GBytes) leaf = jz_entry_get_leaf_data (entry);
    g_autoptr (JzEntry) again = parse (leaf);
    g_autoptr (GBytes) leaf_again = jz_entry_get_leaf_data (again);
    g_assert_true (g_bytes_equal (leaf, leaf_again));
    g_assert_cmpuint (again->seq, ==, entry->seq);
    g_assert_cmpstr (again->case_id, ==, entry->case_id);
    g_assert_cmpstr (again->batch, ==, entry->batch);
    g_assert_cmpint (again->time, ==, entry->time);
    g_assert_cmpuint (again->act_version, ==, entry->act_version);
    g_assert_true (again->cert.is_present == entry->cert.is_present);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/entry/vectors-write", test_vectors_write);
  g_test_add_func ("/store/entry/vectors-read", test_vectors_read);
  g_test_add_func ("/store/entry/vectors-payload", test_vectors_payload);
  g_test_add_func ("/store/entry/every-byte", test_every_byte);
  g_test_add_func ("/store/entry/every-length", test_every_length);
  g_test_add_func ("/store/entry/hostile-length", test_hostile_length);
  g_test_add_func ("/store/entry/forms", test_forms);
  g_test_add_func ("/store/entry/text-bytes", test_text_bytes);
  g_test_add_func ("/store/entry/first-of-store", test_first_of_store);
  g_test_add_func ("/store/entry/signature", test_signature);
  g_test_add_func ("/store/entry/too-long", test_too_long);
  g_test_add_func ("/store/entry/check-names-field", test_check_names_field);
  g_test_add_func ("/store/entry/ids", test_ids);
  g_test_add_func ("/store/entry/random", test_random);
  return g_test_run ();
}
