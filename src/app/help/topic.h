/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JzHelpBlockKind:
 * @JZ_HELP_HEADING: a heading inside a topic
 * @JZ_HELP_PARAGRAPH: a paragraph
 * @JZ_HELP_STEP: a step of a numbered list
 * @JZ_HELP_ITEM: an item of a list without numbers
 *
 * What a topic of the help consists of.
 */
typedef enum {
  JZ_HELP_HEADING,
  JZ_HELP_PARAGRAPH,
  JZ_HELP_STEP,
  JZ_HELP_ITEM,
} JzHelpBlockKind;

/**
 * JzHelpBlock:
 * @kind: what it is
 * @number: of a step, from 1; else 0
 * @markup: its text in Pango's markup; places of the program are links to “juanzong:PLACE”
 *
 * A part of a topic that is shown as one.
 */
typedef struct {
  JzHelpBlockKind kind;
  guint number;
  char *markup;
} JzHelpBlock;

/**
 * JzHelpTopic:
 * @id: its name, the same in every language
 * @title: its title
 * @blocks: (element-type JzHelpBlock): what it says
 * @plain: all of it in one text as it is searched
 *
 * A topic of the help in one language.
 */
typedef struct {
  char *id;
  char *title;
  GPtrArray *blocks;
  char *plain;
} JzHelpTopic;

JzHelpTopic *jz_help_topic_parse (const char *id, GBytes *bytes, GError **error);
GPtrArray *jz_help_topics_load (const char *const *languages, GError **error);
gboolean jz_help_topic_matches (const JzHelpTopic *self, const char *words);
void jz_help_topic_free (JzHelpTopic *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzHelpTopic, jz_help_topic_free)

G_END_DECLS
