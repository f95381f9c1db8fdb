/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/expression.h"

G_BEGIN_DECLS

/**
 * JzFormKind:
 * @JZ_FORM_LETTER: 公文, on the grid of 22 rows by 28 characters
 * @JZ_FORM_TABLE: 表格, cells between lines
 * @JZ_FORM_RECORD: 笔录, signed on every page
 */
typedef enum {
  JZ_FORM_LETTER,
  JZ_FORM_TABLE,
  JZ_FORM_RECORD,
} JzFormKind;

/**
 * JzFieldType:
 * @JZ_FIELD_TEXT: one line
 * @JZ_FIELD_LONGTEXT: paragraphs
 * @JZ_FIELD_ADDRESS: one line that tells a place
 * @JZ_FIELD_IDCODE: a code or number of a document
 * @JZ_FIELD_DATE: a day
 * @JZ_FIELD_DATETIME: a day with hour and minute
 * @JZ_FIELD_MONEY: an amount in fen
 * @JZ_FIELD_INT: a whole number
 * @JZ_FIELD_NUMBER: a number that may have a fraction, as the text that was written
 * @JZ_FIELD_BOOL: yes or no
 * @JZ_FIELD_CHOICE: a word of a closed set
 * @JZ_FIELD_COMPOSITE: members under one name: a party, an officer, a law, a signature …
 * @JZ_FIELD_TABLE: rows of columns
 *
 * The types of forms.md §0.3; those that are made of others are data themselves.
 */
typedef enum {
  JZ_FIELD_TEXT,
  JZ_FIELD_LONGTEXT,
  JZ_FIELD_ADDRESS,
  JZ_FIELD_IDCODE,
  JZ_FIELD_DATE,
  JZ_FIELD_DATETIME,
  JZ_FIELD_MONEY,
  JZ_FIELD_INT,
  JZ_FIELD_NUMBER,
  JZ_FIELD_BOOL,
  JZ_FIELD_CHOICE,
  JZ_FIELD_COMPOSITE,
  JZ_FIELD_TABLE,
} JzFieldType;

/**
 * JzAlign:
 * @JZ_ALIGN_LEFT: at the left edge
 * @JZ_ALIGN_CENTER: in the middle
 * @JZ_ALIGN_RIGHT: at the right edge
 */
typedef enum {
  JZ_ALIGN_LEFT,
  JZ_ALIGN_CENTER,
  JZ_ALIGN_RIGHT,
} JzAlign;

typedef struct {
  char *zh;
  char *en; /* (nullable) */
} JzWords;

typedef struct {
  char *value; /* the word that is stored */
  JzWords label;
} JzFormChoice;

typedef struct {
  char *member; /* (nullable): of a composite field */
  char *text;
  JzExpression *expression; /* (nullable): when the form was read without a vocabulary */
} JzFormDefault;

typedef struct _JzFormField JzFormField;

/* What a form knows of one of its fields, of a member of a composite or of a column. */
struct _JzFormField {
  char *name;
  JzFieldType type;
  char *composite;      /* (nullable): id of the composite type */
  gboolean is_list;     /* holds entries in order; a table always does */
  gboolean is_required; /* before the document is final */
  gboolean may_be_future;
  gboolean is_decisive; /* part of what a legal review passes on (design §5) */
  gboolean has_least;
  gboolean has_most;
  gint64 least; /* characters of a text, value of a number, fen, entries of a list */
  gint64 most;
  char *code;      /* (nullable): "resident" or "uscc" */
  char *sum_of;    /* (nullable): "table.column" */
  char *proved_by; /* (nullable): the table of evidence whose numbers its paragraphs name */
  double width;    /* of a column, millimetres; 0 when it is not said */
  JzAlign align;   /* of a column */
  JzWords label;
  JzExpression *when;  /* (nullable): the field belongs to the document only if this holds */
  GPtrArray *choices;  /* (element-type JzFormChoice) */
  GPtrArray *defaults; /* (element-type JzFormDefault) */
  GPtrArray *prompts;  /* (element-type JzWords): what the handler should be reminded of */
  GPtrArray *avoided;  /* (element-type utf8): words that do not belong here */
  GPtrArray *members;  /* (element-type JzFormField): of a composite or a table */
  JzType value_type;   /* of doc.NAME in expressions; of a plain composite there is none */
};

/**
 * JzBodyKind:
 * @JZ_BODY_TEXT: fixed wording; the leaf of a line
 * @JZ_BODY_FIELD: the value of a field; the other leaf
 * @JZ_BODY_SPAN: part of a line under a condition, or a wording with an id
 * @JZ_BODY_PARAGRAPH: a paragraph
 * @JZ_BODY_HEADING: a heading of level 1 or 2
 * @JZ_BODY_EACH: its parts once for every entry of a list
 * @JZ_BODY_LIST: a table with a title row, one row an entry
 * @JZ_BODY_TOTAL: what stands in the last row of a list
 * @JZ_BODY_GRID: rows of cells
 * @JZ_BODY_ROW: a row
 * @JZ_BODY_GROUP: rows beside one label
 * @JZ_BODY_LABEL: a cell of fixed wording
 * @JZ_BODY_CELL: a cell of paragraphs and places for signatures
 * @JZ_BODY_SIGN: a place for signatures
 * @JZ_BODY_STRIP: signatures at the foot of every page
 * @JZ_BODY_BLANK: 以下空白
 * @JZ_BODY_SEAL: organ and date, with room for the seal over both
 * @JZ_BODY_FOOT: a note at the end
 * @JZ_BODY_HEADLINE: stands on the page in place of the form's name
 */
typedef enum {
  JZ_BODY_TEXT,
  JZ_BODY_FIELD,
  JZ_BODY_SPAN,
  JZ_BODY_PARAGRAPH,
  JZ_BODY_HEADING,
  JZ_BODY_EACH,
  JZ_BODY_LIST,
  JZ_BODY_TOTAL,
  JZ_BODY_GRID,
  JZ_BODY_ROW,
  JZ_BODY_GROUP,
  JZ_BODY_LABEL,
  JZ_BODY_CELL,
  JZ_BODY_SIGN,
  JZ_BODY_STRIP,
  JZ_BODY_BLANK,
  JZ_BODY_SEAL,
  JZ_BODY_FOOT,
  JZ_BODY_HEADLINE,
} JzBodyKind;

/**
 * JzShow:
 * @JZ_SHOW_PLAIN: as its type is usually written
 * @JZ_SHOW_BOXES: every choice behind a box, what was chosen ticked
 * @JZ_SHOW_CAPITALS: an amount in Chinese capitals
 * @JZ_SHOW_DAY: of a point in time the day only
 */
typedef enum {
  JZ_SHOW_PLAIN,
  JZ_SHOW_BOXES,
  JZ_SHOW_CAPITALS,
  JZ_SHOW_DAY,
} JzShow;

typedef struct _JzBodyNode JzBodyNode;

/* A part of the body of a form. */
struct _JzBodyNode {
  JzBodyKind kind;
  JzExpression *when;         /* (nullable) */
  char *text;                 /* TEXT, GROUP: the wording; SPAN: id of a wording or NULL */
  const JzFormField *field;   /* FIELD, EACH, LIST, SIGN; (nullable) elsewhere */
  const JzFormField *member;  /* FIELD: (nullable): the member of the field that is meant */
  const JzFormField *signers; /* SIGN: (nullable): the table of those who sign, a line each */
  gboolean is_of_entry;       /* FIELD: of the entry of the EACH around it */
  JzShow show;
  JzAlign align;
  gboolean is_indented;
  gboolean has_date;   /* SIGN */
  gboolean fills_page; /* LIST */
  guint level;         /* HEADING; LIST: least number of rows; SIGN: least number of signers */
  double height;       /* ROW, millimetres */
  GArray *widths;      /* (nullable) (element-type double): ROW, GROUP: millimetres */
  GPtrArray *parts;    /* (element-type JzBodyNode) */
};

/* What the law wants in the document. */
typedef struct {
  char *law;
  char *version;
  char *article;
  char *item;   /* (nullable) */
  char *text;   /* what it is */
  GStrv fields; /* which fields hold it */
} JzFormElement;

/* A condition that holds in every final document. */
typedef struct {
  char *rule;
  gboolean is_warning;
  gboolean is_given; /* needs facts of the case beside the values of the document */
  const JzFormField *field;
  char *text;
  JzExpression *that; /* (nullable): given, and the form was read without a vocabulary */
  JzWords sentence;
} JzFormCheck;

typedef struct _JzForm JzForm;

JzForm *jz_form_ref (const JzForm *self);
void jz_form_unref (JzForm *self);

const char *jz_form_get_id (const JzForm *self);
guint jz_form_get_version (const JzForm *self);
JzFormKind jz_form_get_kind (const JzForm *self);
const char *jz_form_get_title (const JzForm *self, const char *language);
gboolean jz_form_is_external (const JzForm *self);
gboolean jz_form_is_secondary (const JzForm *self);
const char *jz_form_get_number_code (const JzForm *self);
const char *jz_form_get_seal (const JzForm *self);
const char *jz_form_get_served (const JzForm *self);
const char *jz_form_get_publicity (const JzForm *self);
const char *jz_form_get_flow (const JzForm *self);
gboolean jz_form_has_step (const JzForm *self, char role);
const char *jz_form_get_approving_act (const JzForm *self);
const char *jz_form_get_finalising_act (const JzForm *self);

guint jz_form_get_n_fields (const JzForm *self);
const JzFormField *jz_form_get_field (const JzForm *self, guint position);
const JzFormField *jz_form_find_field (const JzForm *self, const char *name);
const JzBodyNode *jz_form_get_body (const JzForm *self);
guint jz_form_get_n_elements (const JzForm *self);
const JzFormElement *jz_form_get_element (const JzForm *self, guint position);
guint jz_form_get_n_checks (const JzForm *self);
const GPtrArray *jz_form_get_outline (const JzForm *self);
const JzFormCheck *jz_form_get_check (const JzForm *self, guint position);

const JzFormField *jz_form_field_find_member (const JzFormField *self, const char *name);
const char *jz_form_kind_get_name (JzFormKind kind);
const char *jz_field_type_get_name (JzFieldType type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzForm, jz_form_unref)

G_END_DECLS
