/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decisions.h"

#include <string.h>

#include "decision_words.h"

#define PICK(random, list) (list)[g_rand_int_range ((random), 0, G_N_ELEMENTS (list))]

typedef struct {
  GRand *random;
  Decision *decision;
  GHashTable *people; /* (element-type utf8 utf8): by what they are, for this decision */
  gboolean is_citizen;
  gboolean keeps_names;
} Writer;

/* A text that is being written, and where it will stand. */
typedef struct {
  Writer *writer;
  const char *field;
  gboolean has_lines;
  GString *text;
} Line;

static void
planted_free (gpointer data)
{
  Planted *self = data;
  g_free (self->field);
  g_free (self->text);
  g_free (self->bare);
  g_free (self);
}

static gboolean
is_taken (gpointer what, gpointer name, gpointer wanted)
{
  return strstr (name, wanted) != NULL || strstr (wanted, name) != NULL;
}

/* Nobody in a decision has the name of somebody else. */
static char *
dup_person (Writer *self)
{
  char *name = NULL;
  do {
    g_free (name);
    name = g_strconcat (PICK (self->random, surnames), PICK (self->random, given_names), NULL);
  } while (g_hash_table_find (self->people, is_taken, name) != NULL);
  return name;
}

static const char *
find_person (Writer *self, const char *what)
{
  char *name = g_hash_table_lookup (self->people, what);
  if (name == NULL) {
    name = dup_person (self);
    g_hash_table_insert (self->people, g_strdup (what), name);
  }
  return name;
}

static char *
dup_digits (Writer *self, guint n)
{
  char *digits = g_malloc (n + 1);
  for (guint i = 0; i < n; i++)
    digits[i] = (char)('0' + g_rand_int_range (self->random, 0, 10));
  digits[n] = '\0';
  return digits;
}

static char *
dup_id (Writer *self)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  static const char *const provinces[] = { "110105", "320583", "440524", "510623", "150102" };
  g_autofree char *tail = dup_digits (self, 3);
  char *id = g_strdup_printf ("%s%04d%02d%02d%s?", PICK (self->random, provinces),
                              g_rand_int_range (self->random, 1945, 2012),
                              g_rand_int_range (self->random, 1, 13),
                              g_rand_int_range (self->random, 1, 29), tail);
  int sum = 0;
  for (guint i = 0; i < 17; i++)
    sum += weights[i] * g_ascii_digit_value (id[i]);
  id[17] = "10X98765432"[sum % 11];
  return id;
}

static char *
dup_old_id (Writer *self)
{
  g_autofree char *id = dup_id (self);
  return g_strdup_printf ("%.6s%02d%.4s%.3s", id, g_rand_int_range (self->random, 30, 90), id + 10,
                          id + 14);
}

static int
sum_luhn (const char *digits)
{
  int sum = 0;
  gsize n = strlen (digits);
  for (gsize i = 0; i < n; i++) {
    int value = digits[n - 1 - i] - '0';
    value = i % 2 == 1 ? value * 2 : value;
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10;
}

static char *
dup_bank (Writer *self, gboolean is_right)
{
  static const char *const begins[] = { "6222", "6217", "6228", "6013" };
  g_autofree char *tail = dup_digits (self, g_rand_boolean (self->random) ? 15 : 12);
  char *number = g_strconcat (is_right ? PICK (self->random, begins) : "2025", tail, NULL);
  char *last = number + strlen (number) - 1;
  do
    *last = *last == '9' ? '0' : *last + 1;
  while ((sum_luhn (number) == 0) != is_right);
  return number;
}

static char *
dup_phone (Writer *self)
{
  g_autofree char *tail = dup_digits (self, 9);
  return g_strdup_printf ("1%d%s", g_rand_int_range (self->random, 3, 10), tail);
}

static char *
dup_landline (Writer *self)
{
  g_autofree char *tail = dup_digits (self, 7);
  return g_strdup_printf (g_rand_boolean (self->random) ? "0471-%d%s" : "010%d%s",
                          g_rand_int_range (self->random, 2, 9), tail);
}

static char *
dup_plate (Writer *self)
{
  static const char *const provinces[] = { "京", "苏", "蒙", "粤", "川" };
  g_autofree char *tail = dup_digits (self, 4);
  switch (g_rand_int_range (self->random, 0, 3)) {
  case 0:
    return g_strdup_printf ("%sA·%s%c", PICK (self->random, provinces), tail,
                            g_rand_int_range (self->random, 'E', 'H'));
  case 1:
    return g_strdup_printf ("%sAD%s%d", PICK (self->random, provinces), tail,
                            g_rand_int_range (self->random, 0, 10));
  default:
    return g_strdup_printf ("%sB%c%s", PICK (self->random, provinces),
                            g_rand_int_range (self->random, 'J', 'N'), tail);
  }
}

static char *
dup_property (Writer *self)
{
  g_autofree char *number = dup_digits (self, 7);
  return g_strdup_printf (g_rand_boolean (self->random) ? "云（2019）北湖区不动产权第%s号"
                                                        : "云房权证北湖字第%s号",
                          number);
}

/* Everything but people: what a word in braces becomes; %NULL for none that is known. */
static char *
dup_thing (Writer *self, const char *word)
{
  GRand *random = self->random;
  if (strcmp (word, "id") == 0 || strcmp (word, "licence") == 0)
    return dup_id (self);
  if (strcmp (word, "old") == 0)
    return dup_old_id (self);
  if (strcmp (word, "phone") == 0)
    return dup_phone (self);
  if (strcmp (word, "landline") == 0)
    return dup_landline (self);
  if (strcmp (word, "bank") == 0)
    return dup_bank (self, TRUE);
  if (strcmp (word, "order") == 0)
    return dup_bank (self, FALSE);
  if (strcmp (word, "plate") == 0)
    return dup_plate (self);
  if (strcmp (word, "property") == 0)
    return dup_property (self);
  if (strcmp (word, "health") == 0)
    return g_strdup (PICK (random, illnesses));
  if (strcmp (word, "faith") == 0)
    return g_strdup (PICK (random, beliefs));
  if (strcmp (word, "where") == 0)
    return g_strdup (PICK (random, moves));
  if (strcmp (word, "money") == 0)
    return g_strdup (PICK (random, means));
  if (strcmp (word, "biz") == 0)
    return g_strdup (PICK (random, streets));
  g_autofree char *digits = dup_digits (self, 8);
  digits[0] = digits[0] == '0' ? '7' : digits[0];
  if (strcmp (word, "email") == 0)
    return g_strdup_printf ("user%.4s@example.com", digits);
  if (strcmp (word, "wechat") == 0)
    return g_strdup_printf ("wx_%.6s", digits);
  if (strcmp (word, "qq") == 0)
    return g_strdup_printf ("%s", digits);
  if (strcmp (word, "passport") == 0)
    return g_strdup_printf ("E%s", digits);
  if (strcmp (word, "barcode") == 0)
    return g_strdup_printf ("69%s%.3s", digits, digits);
  if (strcmp (word, "uscc") == 0)
    return g_strdup ("91110000MA0TEQT13C");
  if (strcmp (word, "credential") == 0)
    return g_strdup_printf ("15%s", digits);
  if (strcmp (word, "date") == 0)
    return g_strdup_printf ("2025年%d月%d日", g_rand_int_range (random, 1, 13),
                            g_rand_int_range (random, 1, 29));
  if (strcmp (word, "area") == 0)
    return g_strdup_printf ("%d.5", g_rand_int_range (random, 2, 90));
  if (strcmp (word, "count") == 0)
    return g_strdup_printf ("%d", g_rand_int_range (random, 2, 40));
  if (strcmp (word, "amount") == 0)
    return g_strdup_printf ("%d", g_rand_int_range (random, 500, 90000));
  return NULL;
}

static gboolean
is_number (const char *word)
{
  static const char *const numbers[] = { "id",   "licence", "old",      "phone", "landline",
                                         "bank", "qq",      "passport", NULL };
  return g_strv_contains (numbers, word);
}

static gboolean
is_person (const char *word)
{
  static const char *const people[] = { "witness", "neighbour", "informant", "minor",    "victim",
                                        "spouse",  "other",     "officer1",  "officer2", NULL };
  return g_strv_contains (people, word);
}

/* Full width, digit by digit. */
static void
append_wide (GString *out, gunichar sign)
{
  g_string_append_unichar (out, sign > ' ' && sign < 0x7f ? sign - '!' + 0xff01 : sign);
}

static void
append_chinese (GString *out, gunichar sign)
{
  static const char *const digits[] = {
    "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"
  };
  if (sign >= '0' && sign <= '9')
    g_string_append (out, digits[sign - '0']);
  else
    g_string_append_unichar (out, sign);
}

/* What people, scanners and word processors do to a number. */
static char *
distort_number (Line *line, const char *word, const char *bare)
{
  GString *out = g_string_new (NULL);
  int way = g_rand_int_range (line->writer->random, 0, 20);
  glong n = g_utf8_strlen (bare, -1);
  glong i = 0;
  for (const char *at = bare; *at != '\0'; at = g_utf8_next_char (at), i++) {
    gunichar sign = g_utf8_get_char (at);
    gboolean is_group = i > 0 && i % 4 == 0 && n > 8;
    if (way == 8 && is_group)
      g_string_append_c (out, ' ');
    else if (way == 9 && is_group)
      g_string_append (out, "　");
    else if (way == 10 && is_group)
      g_string_append_c (out, '-');
    else if (way == 11 && i == n / 2)
      g_string_append (out, line->has_lines ? "\n" : " ");
    else if (way == 12 && i > 0)
      g_string_append_c (out, ' ');
    else if (way == 13 && i == n / 3)
      g_string_append (out, "\342\200\213"); /* zero width space */
    else if (way == 14 && is_group)
      g_string_append (out, "\302\240"); /* no-break space */
    else if (way == 15 && i == 2)
      g_string_append (out, "\302\255"); /* soft hyphen */
    if (way >= 16 && way < 19)
      append_wide (out, sign);
    else if (way == 19 && strcmp (word, "phone") == 0)
      append_chinese (out, sign);
    else
      g_string_append_unichar (out, sign);
  }
  return g_string_free (out, FALSE);
}

static char *
distort_name (Line *line, const char *bare)
{
  static const char *const between[] = { " ", "　", "\302\240", "\342\200\213", "  " };
  GString *out = g_string_new (NULL);
  int way = g_rand_int_range (line->writer->random, 0, 20);
  gboolean is_first = TRUE;
  for (const char *at = bare; *at != '\0'; at = g_utf8_next_char (at), is_first = FALSE) {
    if (!is_first && way < 5)
      g_string_append (out, between[way]);
    else if (!is_first && way < 7 && line->has_lines && g_utf8_strlen (at, -1) == 1)
      g_string_append_c (out, '\n');
    g_string_append_unichar (out, g_utf8_get_char (at));
  }
  return g_string_free (out, FALSE);
}

/* Words between digits and addresses now and then break over the end of a line. */
static char *
distort_phrase (Line *line, const char *bare)
{
  int way = g_rand_int_range (line->writer->random, 0, 12);
  glong middle = g_utf8_strlen (bare, -1) / 2;
  GString *out = g_string_new (NULL);
  glong i = 0;
  for (const char *at = bare; *at != '\0'; at = g_utf8_next_char (at), i++) {
    if (way == 0 && i == middle && line->has_lines)
      g_string_append_c (out, '\n');
    else if (way == 1 && i == middle)
      g_string_append (out, "　");
    if (way == 2)
      append_wide (out, g_utf8_get_char (at));
    else
      g_string_append_unichar (out, g_utf8_get_char (at));
  }
  return g_string_free (out, FALSE);
}

static void
plant (Line *line, const char *kind, const char *text, const char *bare)
{
  Planted *planted = g_new0 (Planted, 1);
  planted->field = g_strdup (line->field);
  planted->start = line->text->len;
  planted->length = strlen (text);
  planted->text = g_strdup (text);
  planted->bare = g_strdup (bare);
  planted->kind = kind;
  g_ptr_array_add (line->writer->decision->planted, planted);
  g_string_append (line->text, text);
}

static void
write_home (Line *line, gboolean is_planted)
{
  const char *tail = PICK (line->writer->random, tails);
  g_autofree char *text = distort_phrase (line, tail);
  g_string_append (line->text, PICK (line->writer->random, counties));
  if (is_planted)
    plant (line, "home", text, tail);
  else
    g_string_append (line->text, text);
}

static void
write_word (Line *line, const char *word, gboolean is_planted)
{
  Writer *writer = line->writer;
  if (g_str_has_prefix (word, "home")) {
    write_home (line, is_planted);
    return;
  }
  if (is_person (word)) {
    const char *name = find_person (writer, word);
    g_autofree char *text = is_planted ? distort_name (line, name) : g_strdup (name);
    if (is_planted)
      plant (line, "name", text, name);
    else
      g_string_append (line->text, text);
    return;
  }
  g_autofree char *bare = dup_thing (writer, word);
  g_assert_nonnull (bare);
  g_autofree char *text = !is_planted        ? g_strdup (bare)
                          : is_number (word) ? distort_number (line, word, bare)
                          : strcmp (word, "plate") == 0 || strcmp (word, "email") == 0
                            ? g_strdup (bare)
                            : distort_phrase (line, bare);
  const char *const kinds[] = { "id",    "licence", "old",   "phone", "landline", "bank",
                                "email", "wechat",  "qq",    "plate", "property", "passport",
                                "where", "health",  "faith", "money" };
  if (!is_planted) {
    g_string_append (line->text, text);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i], word) == 0)
      plant (line, kinds[i], text, bare);
}

static void
write_sentence (Line *line, const char *sentence)
{
  for (const char *at = sentence; *at != '\0';) {
    const char *open = strchrnul (at, '{');
    g_string_append_len (line->text, at, open - at);
    if (*open == '\0')
      return;
    const char *close = strchr (open, '}');
    gboolean is_planted = close[-1] == '*';
    g_autofree char *word = g_strndup (open + 1, (gsize)(close - open - 1 - is_planted));
    write_word (line, word, is_planted);
    at = close + 1;
  }
}

static char *
dup_sentences (Writer *self,
               const char *field,
               gboolean has_lines,
               const char *const *list,
               guint n_list,
               guint n)
{
  Line line = { self, field, has_lines, g_string_new (NULL) };
  guint first = (guint)g_rand_int_range (self->random, 0, (int)n_list);
  for (guint i = 0; i < n; i++)
    write_sentence (&line, list[(first + i * 5) % n_list]);
  return g_string_free (line.text, FALSE);
}

#define SENTENCES(writer, field, list, n)                                                          \
  dup_sentences ((writer), (field), TRUE, (list), G_N_ELEMENTS (list), (n))

static void
set (JzJson *object, const char *name, char *value)
{
  jz_json_set_text (object, name, value);
  g_free (value);
}

static void
set_planted (Writer *self, JzJson *party, const char *member, const char *word)
{
  g_autofree char *field = g_strconcat ("party.", member, NULL);
  Line line = { self, field, FALSE, g_string_new (NULL) };
  write_word (&line, word, TRUE);
  set (party, member, g_string_free (line.text, FALSE));
}

static void
plant_party_name (Writer *self, const char *field, const char *name, GString *text)
{
  Line line = { self, field, FALSE, text };
  if (self->is_citizen && !self->keeps_names)
    plant (&line, "name", name, name);
  else
    g_string_append (text, name);
}

static JzJson *
new_party (Writer *self, const char *name)
{
  JzJson *party = jz_json_new_object ();
  GString *text = g_string_new (NULL);
  plant_party_name (self, "party.name", name, text);
  set (party, "name", g_string_free (text, FALSE));
  jz_json_set_text (party, "kind", self->is_citizen ? "citizen" : "company");
  jz_json_set_text (party, "id_kind", self->is_citizen ? "resident" : "uscc");
  set_planted (self, party, "phone", g_rand_boolean (self->random) ? "phone" : "landline");
  if (self->is_citizen) {
    Line born = { self, "party.born_on", FALSE, g_string_new (NULL) };
    set_planted (self, party, "id_number", "id");
    set_planted (self, party, "address", "home");
    plant (&born, "born", "1981-04-05", "1981-04-05");
    set (party, "born_on", g_string_free (born.text, FALSE));
  } else {
    jz_json_set_text (party, "id_number", "91110000MA0TEQT13C");
    jz_json_set_text (party, "representative", find_person (self, "representative"));
    jz_json_set_text (party, "address", "云州市城东区人民路18号1幢101室");
  }
  return party;
}

static JzJson *
new_evidence (Writer *self)
{
  JzJson *rows = jz_json_new_array ();
  guint first = (guint)g_rand_int_range (self->random, 0, G_N_ELEMENTS (proofs));
  for (guint i = 0; i < 4; i++) {
    static const char *const members[] = { "name", "proves", "source" };
    g_auto (GStrv) cells = g_strsplit (proofs[(first + 3 * i) % G_N_ELEMENTS (proofs)], "|", 3);
    JzJson *row = jz_json_new_object ();
    jz_json_set_integer (row, "no", i + 1);
    for (guint m = 0; m < G_N_ELEMENTS (members); m++) {
      g_autofree char *field = g_strdup_printf ("evidence[%u].%s", i + 1, members[m]);
      Line line = { self, field, FALSE, g_string_new (NULL) };
      write_sentence (&line, cells[m]);
      set (row, members[m], g_string_free (line.text, FALSE));
    }
    jz_json_append (rows, row);
  }
  return rows;
}

/* What every decision has and nothing is planted in. */
static const char fixed_values[] =
  "{\"org_name\":\"云州市综合行政执法局\",\"doc_no\":\"云综执罚决〔2026〕12号\",\"filed_on\":"
  "\"2025-12-08\","
  "\"notice\":{\"title\":\"行政处罚事先告知书\",\"number\":\"云综执罚告〔2026〕9号\",\"date\":"
  "\"2026-01-20\"},"
  "\"notice_served_on\":\"2026-01-20\",\"statement_made\":\"made\","
  "\"behaviour\":\"未经批准占用城市道路\","
  "\"violated_law\":[{\"law\":\"城市道路管理条例\",\"article\":\"第二十七条\",\"item\":"
  "\"第（一）项\"}],"
  "\"basis_law\":[{\"law\":\"城市道路管理条例\",\"article\":\"第四十二条\"}],"
  "\"decision\":[{\"kind\":\"罚款\",\"content\":\"对占用城市道路的行为处以罚款\",\"amount\":200000,"
  "\"method\":\"十五日内到代收银行缴纳\"}],\"fine\":200000,"
  "\"correction\":\"自收到本决定书之日起三日内拆除货架，恢复道路原状。\","
  "\"bank\":\"云州银行营业部\",\"bank_address\":\"云州市城东区解放路2号\","
  "\"account\":\"6222020200012345670\",\"surcharge\":\"yes\",\"remedy_kind\":\"ordinary\","
  "\"recon_org\":\"云州市人民政府\",\"court\":\"云州市城东区人民法院\",\"enforcement\":\"court\","
  "\"is_published\":true,\"copies\":3,\"doc_date\":\"2026-02-06\"}";

static JzJson *
new_values (Writer *self, const char *name)
{
  g_autoptr (JzJson) fixed = jz_json_parse (fixed_values, strlen (fixed_values), NULL);
  JzJson *values = jz_json_copy (fixed);
  jz_json_set_member (values, "party", new_party (self, name));
  set (values, "process", SENTENCES (self, "process", processes, 3));
  set (values, "facts", SENTENCES (self, "facts", facts, 5));
  jz_json_set_member (values, "evidence", new_evidence (self));
  set (values, "evidence_reason", SENTENCES (self, "evidence_reason", reasons, 1));
  set (values, "statement_answer", SENTENCES (self, "statement_answer", answers, 1));
  set (values, "discretion", SENTENCES (self, "discretion", discretions, 1));
  return values;
}

static void
add_title (Writer *self, const char *name)
{
  GString *title = g_string_new (NULL);
  plant_party_name (self, JZ_PUBLIC_TITLE, name, title);
  g_string_append (title, "未经批准占用城市道路案");
  jz_public_source_set_title (self->decision->source, title->str);
  g_string_free (title, TRUE);
}

static void
add_files (Writer *self)
{
  for (guint i = 1; i <= 2; i++) {
    g_autofree char *field = g_strdup_printf (JZ_PUBLIC_FILES "[%u]", i);
    Line line = { self, field, FALSE, g_string_new (NULL) };
    write_sentence (&line, PICK (self->random, files));
    jz_public_source_add_file (self->decision->source, line.text->str);
    g_string_free (line.text, TRUE);
  }
}

/* The case knows some of its people from their records, and of others only the text tells. */
static void
add_people (Writer *self, const char *name)
{
  static const struct {
    const char *what;
    JzPublicRole role;
  } roles[] = {
    { "witness", JZ_PUBLIC_ROLE_WITNESS },
    { "other", JZ_PUBLIC_ROLE_OTHER },
    { "minor", JZ_PUBLIC_ROLE_MINOR },
    { "spouse", JZ_PUBLIC_ROLE_OTHER },
    { "officer1", JZ_PUBLIC_ROLE_OFFICER },
    { "officer2", JZ_PUBLIC_ROLE_OFFICER },
    { "representative", JZ_PUBLIC_ROLE_REPRESENTATIVE },
  };
  JzPublicSource *source = self->decision->source;
  jz_public_source_add_person (source, name, JZ_PUBLIC_ROLE_PARTY, self->is_citizen);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++) {
    const char *person = g_hash_table_lookup (self->people, roles[i].what);
    if (person != NULL)
      jz_public_source_add_person (source, person, roles[i].role, TRUE);
  }
}

/**
 * decision_new:
 * @form: penalty_decision
 * @number: of the set, from 0
 * @seed: of the set
 *
 * Returns: (transfer full): the same for the same number and seed
 */
Decision *
decision_new (const JzForm *form, guint number, guint32 seed)
{
  Decision *self = g_new0 (Decision, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed + number * 7919);
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Writer writer = { random, self, people, number % 3 != 0, number % 2 == 0 };
  g_autofree char *name = writer.is_citizen
                            ? dup_person (&writer)
                            : g_strdup (companies[number % G_N_ELEMENTS (companies)]);
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (people, g_strdup ("party"), g_strdup (name));
  self->planted = g_ptr_array_new_with_free_func (planted_free);
  g_autoptr (JzJson) values = new_values (&writer, name);
  self->filling = jz_filling_new_from_json (form, values, &error);
  g_assert_no_error (error);
  self->source = jz_public_source_new (self->filling);
  jz_public_source_set_keeps_names (self->source, writer.keeps_names);
  add_title (&writer, name);
  add_files (&writer);
  add_people (&writer, name);
  return self;
}

void
decision_free (Decision *self)
{
  jz_public_source_unref (self->source);
  jz_filling_free (self->filling);
  g_ptr_array_unref (self->planted);
  g_free (self);
}
