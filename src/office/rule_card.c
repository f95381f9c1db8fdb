/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/rule_card.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act.h"
#include "office/recording_words.h"
#include "office/role.h"
#include "rules/recording_rule.h"

/* A rule line by line, as people of the office read it. */

typedef struct {
  const JzRulebook *rulebook;
  const JzFormSet *forms;
  JzLanguage language;
  GPtrArray *lines;
} Card;

static void
line_free (gpointer data)
{
  JzRuleLine *self = data;

  g_free (self->label);
  g_free (self->text);
  g_free (self);
}

static void
add (Card *self, const char *label, const char *text)
{
  JzRuleLine *line;

  if (text == NULL || text[0] == '\0')
    return;
  line = g_new0 (JzRuleLine, 1);
  line->label = g_strdup (label);
  line->text = g_strdup (text);
  g_ptr_array_add (self->lines, line);
}

static void
add_condition (Card *self, const char *label, const JzExpression *condition)
{
  g_autofree char *words = jz_rule_condition_dup_words (self->rulebook, condition, self->language);
  add (self, label, words);
}

static void
add_date (Card *self, const char *label, JzDate date)
{
  char text[JZ_DATE_SIZE];

  if (date.year == 0)
    return;
  jz_date_format (date, text);
  add (self, label, text);
}

static const char *
get_name (const Card *self, JzRuleKind kind, const char *id)
{
  const JzRule *rule = jz_rulebook_find (self->rulebook, kind, id);
  return rule != NULL ? jz_text_get (&rule->name, self->language) : id;
}

static char *
dup_length (const JzLimitTerm *term)
{
  switch (term->unit) {
  case JZ_LIMIT_UNIT_WORKING_DAY:
    return g_strdup_printf (ngettext ("%d working day", "%d working days", (gulong)term->length),
                            term->length);
  case JZ_LIMIT_UNIT_CALENDAR_DAY:
    return g_strdup_printf (ngettext ("%d day", "%d days", (gulong)term->length), term->length);
  case JZ_LIMIT_UNIT_MONTH:
    return g_strdup_printf (ngettext ("%d month", "%d months", (gulong)term->length), term->length);
  case JZ_LIMIT_UNIT_YEAR:
    return g_strdup_printf (ngettext ("%d year", "%d years", (gulong)term->length), term->length);
  case JZ_LIMIT_UNIT_HOUR:
    return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong)term->length), term->length);
  case JZ_LIMIT_UNIT_FIXED:
  default:
    /* Translators: a day of every year, month and day */
    return g_strdup_printf (_ ("%1$d-%2$d of each year"), term->fixed_month, term->fixed_day);
  }
}

static char *
dup_term (const Card *self, const JzLimitTerm *term, const char *fact)
{
  g_autofree char *length = dup_length (term);
  g_autofree char *meaning = NULL;

  if (fact != NULL) {
    meaning = jz_fact_vocabulary_dup_meaning (jz_rulebook_get_fact_vocabulary (self->rulebook),
                                              fact, self->language);
    return g_strdup_printf (_ ("%1$s, or as many as “%2$s” says"), length, meaning);
  }
  if (term->is_backward)
    return g_strdup_printf (_ ("%s before"), length);
  if (!term->rolls && term->unit != JZ_LIMIT_UNIT_HOUR && term->unit != JZ_LIMIT_UNIT_FIXED &&
      term->unit != JZ_LIMIT_UNIT_WORKING_DAY)
    return g_strdup_printf (_ ("%s; does not move when it ends on a rest day"), length);
  return g_steal_pointer (&length);
}

static void
add_starts (Card *self, const JzLimit *limit)
{
  for (guint i = 0; i < limit->starts->len; i++) {
    const JzLimitStart *start = limit->starts->pdata[i];
    g_autofree char *when =
      jz_rule_condition_dup_words (self->rulebook, start->when, self->language);
    g_autofree char *at = jz_rule_condition_dup_words (self->rulebook, start->at, self->language);
    g_autofree char *text = NULL;
    if (start->at == NULL && start->after != NULL) {
      g_free (at);
      at = g_strjoinv (" ", start->after);
    }
    text = start->when != NULL ? g_strdup_printf (_ ("%1$s, when %2$s"), at, when) : g_strdup (at);
    add (self, _ ("Counted from"), text);
  }
}

static void
add_lengths (Card *self, const JzLimit *limit)
{
  for (guint i = 0; i < limit->lengths->len; i++) {
    const JzLimitLength *length = limit->lengths->pdata[i];
    g_autofree char *term = dup_term (self, &length->term, length->fact);
    g_autofree char *when =
      jz_rule_condition_dup_words (self->rulebook, length->when, self->language);
    g_autofree char *text =
      length->when != NULL ? g_strdup_printf (_ ("%1$s, when %2$s"), term, when) : g_strdup (term);
    add (self, _ ("Length"), text);
  }
  for (guint i = 0; i < limit->fixed->len; i++) {
    g_autofree char *term = dup_length (&g_array_index (limit->fixed, JzLimitTerm, i));
    add (self, _ ("Fixed day"), term);
  }
}

static void
add_exclusions (Card *self, const JzLimit *limit)
{
  const JzChoiceSet *kinds = jz_fact_vocabulary_find_choices (
    jz_rulebook_get_fact_vocabulary (self->rulebook), "exclusion-kind");

  for (char **kind = limit->exclusion_kinds; kind != NULL && *kind != NULL; kind++) {
    const char *label = *kind;
    for (guint i = 0; kinds != NULL && i < kinds->choices->len; i++) {
      const JzChoice *choice = kinds->choices->pdata[i];
      if (strcmp (choice->id, *kind) == 0)
        label = jz_text_get (&choice->label, self->language);
    }
    add (self, _ ("Not counted"), label);
  }
}

static void
add_limit (Card *self, const JzLimit *limit)
{

  add_condition (self, _ ("Applies when"), limit->applies);
  add_starts (self, limit);
  add_lengths (self, limit);
  add_exclusions (self, limit);
  for (guint i = 0; i < limit->extensions->len; i++) {
    const JzLimitExtension *extension = &g_array_index (limit->extensions, JzLimitExtension, i);
    g_autofree char *text = g_strdup_printf (_ ("By %d, once approved"), extension->count);
    add (self, _ ("May be extended"), text);
  }
  add_condition (self, _ ("Ends when"), limit->ends);
}

static void
add_acts (Card *self, const char *label, const GPtrArray *ons)
{
  for (guint i = 0; i < ons->len; i++) {
    const JzGateOn *on = ons->pdata[i];
    gboolean is_proposal = FALSE;
    const JzAct *act = jz_act_find (on->act, &is_proposal);
    const char *name = act != NULL ? _ (act->summary) : on->act;
    g_autofree char *when = jz_rule_condition_dup_words (self->rulebook, on->when, self->language);
    g_autofree char *text =
      on->when != NULL ? g_strdup_printf (_ ("%1$s, when %2$s"), name, when) : g_strdup (name);
    add (self, label, text);
  }
}

static const char *
get_level_words (JzRefusalLevel level)
{
  return level == JZ_REFUSAL_OVERRIDABLE
           ? _ ("Refused; the head may let it through once, with a reason")
           : _ ("Refused; nobody can lift it");
}

static void
add_gate (Card *self, const JzGateRule *gate)
{
  add_acts (self, _ ("Stands before"), gate->on);
  for (guint i = 0; i < gate->refusals->len; i++) {
    const JzGateRefusal *refusal = gate->refusals->pdata[i];
    add_condition (self, _ ("Refused when"), refusal->when);
    add (self, _ ("It says"), jz_text_get (&refusal->sentence, self->language));
    add (self, _ ("Clears it"), jz_text_get (&refusal->clears, self->language));
    add (self, _ ("Strictness"), get_level_words (refusal->level));
  }
  for (guint i = 0; i < gate->warnings->len; i++) {
    const JzGateWarning *warning = gate->warnings->pdata[i];
    add_condition (self, _ ("Warns when"), warning->when);
    add (self, _ ("It says"), jz_text_get (&warning->sentence, self->language));
  }
}

static char *
dup_form_title (const Card *self, const char *id)
{
  const JzForm *form = self->forms != NULL ? jz_form_set_find (self->forms, id) : NULL;
  const char *language = self->language == JZ_LANGUAGE_ZH ? "zh-CN" : "en";

  return g_strdup (form != NULL ? jz_form_get_title (form, language) : id);
}

static char *
dup_fact (const Card *self, const char *name)
{
  return jz_fact_vocabulary_dup_meaning (jz_rulebook_get_fact_vocabulary (self->rulebook), name,
                                         self->language);
}

static char *
dup_stage (const Card *self, const char *id)
{
  return g_strdup (get_name (self, JZ_RULE_STAGE, id));
}

static void
add_items (Card *self,
           const char *label,
           const GPtrArray *items,
           char *(*dup_name) (const Card *self, const char *name))
{
  for (guint i = 0; i < items->len; i++) {
    const JzStageItem *item = items->pdata[i];
    g_autofree char *name = dup_name (self, item->name);
    g_autofree char *when =
      jz_rule_condition_dup_words (self->rulebook, item->when, self->language);
    g_autofree char *text =
      item->when != NULL ? g_strdup_printf (_ ("%1$s, when %2$s"), name, when) : g_strdup (name);
    add (self, label, text);
  }
}

static void
add_stage (Card *self, const JzStage *stage)
{
  add (self, _ ("Procedure"), get_name (self, JZ_RULE_PROCEDURE, stage->procedure));
  for (guint i = 0; i < stage->actors->len; i++) {
    const JzStageActor *actor = &g_array_index (stage->actors, JzStageActor, i);
    const char *name = get_name (self, JZ_RULE_ROLE, actor->role);
    g_autofree char *text = actor->least > 1
                              ? g_strdup_printf (_ ("%1$s, at least %2$d"), name, actor->least)
                              : g_strdup (name);
    add (self, _ ("Who acts"), text);
  }
  add_items (self, _ ("Facts"), stage->facts, dup_fact);
  add_items (self, _ ("Documents"), stage->documents, dup_form_title);
  add_items (self, _ ("Next stage"), stage->next, dup_stage);
}

static void
add_item (Card *self, const JzAuditItem *item)
{
  static const struct {
    JzAuditModes mode;
    const char *title;
  } modes[] = {
    { JZ_AUDIT_AUTO, N_ ("Computed by the program") },
    { JZ_AUDIT_ASSISTED, N_ ("Lined up by the program, judged by the reviewer") },
    { JZ_AUDIT_HUMAN, N_ ("Judged by the reviewer") },
  };

  add (self, _ ("Audit point"), get_name (self, JZ_RULE_AUDIT_POINT, item->point));
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if (item->modes & modes[i].mode)
      add (self, _ ("How"), _ (modes[i].title));
  add (self, _ ("Shown beside it"), jz_text_get (&item->shows, self->language));
  for (guint i = 0; i < item->see->len; i++) {
    const JzRule *rule = jz_rulebook_find_any (self->rulebook, item->see->pdata[i]);
    g_autofree char *text =
      rule != NULL
        ? g_strdup_printf ("%s (%s)", jz_text_get (&rule->name, self->language), rule->id)
        : g_strdup (item->see->pdata[i]);
    add (self, _ ("Computed from"), text);
  }
}

static void
add_tiers (Card *self, const JzMatter *matter)
{
  for (guint i = 0; i < matter->tiers->len; i++) {
    const JzTier *tier = matter->tiers->pdata[i];
    g_autofree char *range = jz_range_dup_words (self->rulebook, &tier->range, self->language);
    g_autofree char *when =
      jz_rule_condition_dup_words (self->rulebook, tier->when, self->language);
    g_autofree char *text = g_strdup_printf (_ ("%1$s, when %2$s"), range, when);
    add (self, jz_text_get (&tier->name, self->language), text);
  }
}

static void
add_matter (Card *self, const JzMatter *matter)
{
  g_autofree char *violates =
    jz_citation_dup_words (self->rulebook, &matter->violates, self->language);
  g_autofree char *punished_by =
    jz_citation_dup_words (self->rulebook, &matter->punished_by, self->language);
  g_autofree char *range = jz_range_dup_words (self->rulebook, &matter->range, self->language);

  add (self, _ ("Article broken"), violates);
  add (self, _ ("Punished by"), punished_by);
  add (self, _ ("Range of the law"), range);
  for (guint i = 0; i < matter->elements->len; i++) {
    const JzElement *element = matter->elements->pdata[i];
    add (self, _ ("To be proved"), jz_text_get (&element->name, self->language));
  }
  add (self, _ ("Discretion benchmark"), matter->benchmark);
  add_date (self, _ ("Published on"), matter->published_on);
  add_date (self, _ ("Benchmark in force from"), matter->benchmark_in_force);
  add_date (self, _ ("Benchmark in force to"), matter->benchmark_until);
  add_tiers (self, matter);
}

static void
add_recording (Card *self, const JzRecordingRule *rule)
{
  const JzFactDefinition *list =
    jz_fact_vocabulary_find (jz_rulebook_get_fact_vocabulary (self->rulebook), "recording.owed");
  const char *word = jz_recording_level_get_word (rule->level);
  g_autofree char *gap = g_strdup_printf (_ ("%d seconds"), rule->allowed_gap);
  g_autofree char *hours = g_strdup_printf (_ ("%d hours"), rule->n_hours);

  for (guint i = 0; i < list->fields->len; i++) {
    const JzFactDefinition *field = list->fields->pdata[i];
    if (strcmp (field->name, "level") == 0)
      add (self, _ ("Audio-visual record"),
           jz_fact_definition_get_label (field, word, self->language));
  }
  add_acts (self, C_ ("recording", "Of"), rule->on);
  if (rule->takes_photos)
    add (self, _ ("Photos"), _ ("are enough"));
  for (guint i = 0; i < rule->shots->len; i++) {
    const JzRecordingShot *shot = rule->shots->pdata[i];
    add (self, _ ("Must show"), jz_text_get (&shot->name, self->language));
  }
  for (guint i = 0; i < rule->words->len; i++) {
    const JzRecordingWords *words = rule->words->pdata[i];
    add (self, jz_recording_part_get_label (words->part),
         jz_text_get (&words->words, self->language));
  }
  if (rule->level == JZ_RECORDING_FULL)
    add (self, _ ("No gap up to"), gap);
  add (self, _ ("To be stored within"), hours);
}

static void
add_own (Card *self, const JzRule *rule)
{
  switch (rule->kind) {
  case JZ_RULE_LAW:
    add (self, _ ("Version"), ((const JzLaw *)rule)->version);
    add_date (self, _ ("In force to"), ((const JzLaw *)rule)->until);
    break;
  case JZ_RULE_LIMIT:
    add_limit (self, (const JzLimit *)rule);
    break;
  case JZ_RULE_GATE:
    add_gate (self, (const JzGateRule *)rule);
    break;
  case JZ_RULE_PROCEDURE:
    for (guint i = 0; i < ((const JzProcedure *)rule)->stages->len; i++)
      add (self, _ ("Stage"),
           jz_text_get (&((const JzRule *)((const JzProcedure *)rule)->stages->pdata[i])->name,
                        self->language));
    break;
  case JZ_RULE_STAGE:
    add_stage (self, (const JzStage *)rule);
    break;
  case JZ_RULE_TRIGGER:
    add (self, _ ("Brings"),
         ((const JzTrigger *)rule)->purpose == JZ_TRIGGER_REVIEW ? _ ("Legal review")
                                                                 : _ ("The right to a hearing"));
    add_condition (self, _ ("When"), ((const JzTrigger *)rule)->when);
    break;
  case JZ_RULE_AUDIT_ITEM:
    add_item (self, (const JzAuditItem *)rule);
    break;
  case JZ_RULE_MATTER:
    add_matter (self, (const JzMatter *)rule);
    break;
  case JZ_RULE_RECORDING:
    add_recording (self, (const JzRecordingRule *)rule);
    break;
  case JZ_RULE_ROLE:
  case JZ_RULE_AUDIT_POINT:
  default:
    break;
  }
}

/**
 * jz_rule_card_new:
 * @rulebook: a rulebook
 * @forms: (nullable): for the titles of the documents of a stage
 * @rule: a rule of it
 * @language: in which language
 *
 * What the rule says, with its legal basis and from when on it is in force (L-36, P-25).
 *
 * Returns: (transfer full) (element-type JzRuleLine): its lines
 */
GPtrArray *
jz_rule_card_new (const JzRulebook *rulebook,
                  const JzFormSet *forms,
                  const JzRule *rule,
                  JzLanguage language)
{
  Card self = { rulebook, forms, language, g_ptr_array_new_with_free_func (line_free) };
  g_autofree char *basis = jz_rulebook_dup_basis (rulebook, rule, language);

  add (&self, _ ("Legal basis"), basis);
  add_date (&self, _ ("In force from"), rule->in_force);
  add_own (&self, rule);
  add (&self, _ ("Sureness"), jz_sureness_get_title (rule->sureness));
  return self.lines;
}

/**
 * jz_rule_kind_get_title:
 * @kind: a kind of rules
 *
 * Returns: (transfer none): what people call several of them
 */
const char *
jz_rule_kind_get_title (JzRuleKind kind)
{
  static const char *const titles[] = {
    [JZ_RULE_LAW] = NC_ ("rules", "Laws"),
    [JZ_RULE_ROLE] = NC_ ("rules", "Who may act"),
    [JZ_RULE_LIMIT] = NC_ ("rules", "Limits"),
    [JZ_RULE_GATE] = NC_ ("rules", "Gates"),
    [JZ_RULE_PROCEDURE] = NC_ ("rules", "Procedures"),
    [JZ_RULE_STAGE] = NC_ ("rules", "Stages"),
    [JZ_RULE_TRIGGER] = NC_ ("rules", "Thresholds"),
    [JZ_RULE_AUDIT_POINT] = NC_ ("rules", "Audit points"),
    [JZ_RULE_AUDIT_ITEM] = NC_ ("rules", "Audit items"),
    [JZ_RULE_MATTER] = NC_ ("rules", "Matters"),
    [JZ_RULE_RECORDING] = NC_ ("rules", "Audio-visual records"),
  };
  return g_dpgettext2 (GETTEXT_PACKAGE, "rules", titles[kind]);
}

/**
 * jz_sureness_get_title:
 * @sureness: how sure a rule is
 *
 * Returns: (transfer none): what people call it
 */
const char *
jz_sureness_get_title (JzSureness sureness)
{
  static const char *const titles[] = {
    [JZ_SURENESS_VERIFIED] = N_ ("Checked against the text of the law"),
    [JZ_SURENESS_KNOWN] = N_ ("Known, to be confirmed against the text"),
    [JZ_SURENESS_DESIGN] = N_ ("A choice of the program; the bureau may replace it"),
  };
  return _ (titles[sureness]);
}
