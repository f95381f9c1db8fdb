/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

/* What is entered long after it happened says why (补录; ). The case is filed on
 * 2025-01-02, and the days are counted from there. */

typedef struct {
  int n_days; /* since then */
  const char *act;
  const char *args;
  const char *rule; /* NULL: it is taken */
} Late;

#define TOLD "'recusal.told_on':'2025-01-02'"
#define REASON ",'late_reason':'巡查在外，回局后补录'"

static const Late entries[] = {
  { 0, "recusal.tell", TOLD, NULL },
  { 7, "recusal.tell", TOLD, NULL },
  { 8, "recusal.tell", TOLD, "J-LATE" },
  { 8, "recusal.tell", TOLD ",'late_reason':''", "J-LATE" },
  { 8, "recusal.tell", TOLD REASON, NULL },
  { 8, "recusal.tell", "'recusal.told_on':'2025-01-03'", NULL },
  /* A moment is of a day, too. */
  { 8, "transfer.send", "'transfer.sent_at':'2025-01-02T23:59:59.999+08:00'", "J-LATE" },
  { 8, "transfer.send", "'transfer.sent_at':'2025-01-03T00:00:00.000+08:00'", NULL },
  /* The earliest of several days counts. */
  { 8, "testing.result", "'testing.result_on':'2025-01-02','testing.told_on':'2025-01-10'",
    "J-LATE" },
  /* What the party did, and when it was born, is not entered late. */
  { 8, "party.state",
    "'party.kind':'citizen','party.name':'张某','party.id_kind':'other','party.id_number':'示例',"
    "'party.born_on':'1980-01-02'",
    NULL },
  { 8, "evidence.add",
    "'title':'收据','evidence.items.number':'8','evidence.items.kind':'document',"
    "'evidence.items.obtained_by':'张某','evidence.items.obtained_on':'2024-06-01',"
    "'evidence.items.obtained_at':'现场','evidence.items.is_original':true",
    NULL },
  /* Before the future is asked about, and not instead of it. */
  { 8, "recusal.tell", "'recusal.told_on':'2025-02-01'" REASON, "J-DATE" },
};

static void
test_entries (void)
{
  g_auto (Penalty) penalty = { 0 };
  int n_days = 0;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++) {
    penalty_wait (&penalty, entries[i].n_days - n_days);
    n_days = entries[i].n_days;
    if (entries[i].rule == NULL)
      penalty_do (&penalty, "handler", entries[i].act, entries[i].args);
    else
      penalty_refuse (&penalty, "handler", entries[i].act, entries[i].rule, entries[i].args);
  }
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* The head sets after how many days, and what was entered before is measured by what held then. */
static void
test_setting (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  penalty_wait (&penalty, 5);
  penalty_do (&penalty, "handler", "recusal.tell", TOLD);
  test_office_do (&penalty.office, "head", "setting.change", "{'name':'late.days','value':'2'}");
  test_office_refuse (&penalty.office, "head", "setting.change", "J-SETTING",
                      "{'name':'late.days','value':'366'}");
  penalty_refuse (&penalty, "handler", "recusal.tell", "J-LATE", TOLD);
  penalty_do (&penalty, "handler", "recusal.tell", TOLD REASON);
  /* Approvals on paper, too. */
  penalty_refuse (&penalty, "handler", "notice.approve.propose", "J-LATE",
                  "'way':'account','notice.approved_on':'2025-01-02','notice.content':'拟罚款',"
                  "'notice.hearing_right_told':false");
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/late/entries", test_entries);
  g_test_add_func ("/office/late/setting", test_setting);
  return g_test_run ();
}
