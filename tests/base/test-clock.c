/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#define N_THREADS 4
#define N_MOVES 20000

static void
test_set (void)
{
  g_autoptr (JzClock) clock = jz_clock_new_set (1000);
  g_assert_cmpint (jz_clock_now (clock), ==, 1000);
  /* it stands still */
  g_usleep (5000);
  g_assert_cmpint (jz_clock_now (clock), ==, 1000);
  jz_clock_advance (clock, 250);
  g_assert_cmpint (jz_clock_now (clock), ==, 1250);
  jz_clock_advance (clock, -2000);
  g_assert_cmpint (jz_clock_now (clock), ==, -750);
  jz_clock_set (clock, 7);
  g_assert_cmpint (jz_clock_now (clock), ==, 7);
}

static void
test_system (void)
{
  g_autoptr (JzClock) clock = jz_clock_new_system ();
  JzInstant before = g_get_real_time () / 1000;
  JzInstant now = jz_clock_now (clock);
  JzInstant after = g_get_real_time () / 1000;
  g_assert_cmpint (before, <=, now);
  g_assert_cmpint (now, <=, after);
}

static void
test_system_cannot_be_set (void)
{
  g_autoptr (JzClock) clock = jz_clock_new_system ();
  g_test_expect_message ("juanzong", G_LOG_LEVEL_CRITICAL, "*jz_clock_set*is_set*");
  jz_clock_set (clock, 7);
  g_test_assert_expected_messages ();
  g_test_expect_message ("juanzong", G_LOG_LEVEL_CRITICAL, "*jz_clock_advance*is_set*");
  jz_clock_advance (clock, 7);
  g_test_assert_expected_messages ();
  g_assert_cmpint (jz_clock_now (clock), >, 1000000);
}

static void
test_ref (void)
{
  JzClock *clock = jz_clock_new_set (5);
  g_assert_true (jz_clock_ref (clock) == clock);
  jz_clock_unref (clock);
  g_assert_cmpint (jz_clock_now (clock), ==, 5);
  jz_clock_unref (clock);
}

static gpointer
move_in_thread (gpointer data)
{
  g_autoptr (JzClock) clock = data;
  JzInstant seen = 0;
  for (int i = 0; i < N_MOVES; i++) {
    g_autoptr (JzClock) again = jz_clock_ref (clock);
    jz_clock_advance (again, 1);
    JzInstant now = jz_clock_now (again);
    g_assert_cmpint (now, >, seen);
    seen = now;
  }
  return NULL;
}

static void
test_threads (void)
{
  JzClock *clock = jz_clock_new_set (0);
  GThread *threads[N_THREADS];
  for (int i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("clock", move_in_thread, jz_clock_ref (clock));
  for (int i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (jz_clock_now (clock), ==, N_THREADS * N_MOVES);
  jz_clock_unref (clock);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/set", test_set);
  g_test_add_func ("/base/clock/system", test_system);
  g_test_add_func ("/base/clock/system-cannot-be-set", test_system_cannot_be_set);
  g_test_add_func ("/base/clock/ref", test_ref);
  g_test_add_func ("/base/clock/threads", test_threads);
  return g_test_run ();
}
