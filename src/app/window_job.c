/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-private.h"

/* The bar of what lasts, with a button that cancels it. */

/* What is done sooner is not worth a bar (style §9). */
#define JOB_PATIENCE_MS 300

static void
on_job_changed (JzWindow *self, JzJob *job)
{
  double fraction = jz_job_get_fraction (job);

  if (job != self->job)
    return;
  if (jz_job_is_ended (job)) {
    gtk_revealer_set_reveal_child (self->job_revealer, FALSE);
    g_clear_handle_id (&self->job_timeout, g_source_remove);
    g_clear_object (&self->job);
  } else if (fraction >= 0) {
    gtk_progress_bar_set_fraction (self->job_progress, CLAMP (fraction, 0, 1));
  } else {
    gtk_progress_bar_pulse (self->job_progress);
  }
}

static gboolean
on_job_lasts (gpointer data)
{
  JzWindow *self = data;

  self->job_timeout = 0;
  gtk_revealer_set_reveal_child (self->job_revealer, TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * jz_window_show_job:
 * @inside: a widget of a window
 * @job: what is under way
 *
 * Shows its progress, with a button that cancels it, as soon as it lasts.
 */
void
jz_window_show_job (GtkWidget *inside, JzJob *job)
{
  JzWindow *self = jz_window_find (inside);

  if (self == NULL || jz_job_is_ended (job))
    return;
  g_set_object (&self->job, job);
  gtk_label_set_label (self->job_label, jz_job_get_title (job));
  gtk_progress_bar_set_fraction (self->job_progress, 0);
  g_signal_connect_object (job, "changed", G_CALLBACK (on_job_changed), self, G_CONNECT_SWAPPED);
  if (self->job_timeout == 0)
    self->job_timeout = g_timeout_add (JOB_PATIENCE_MS, on_job_lasts, self);
}

void
jz_window_cancel_job (JzWindow *self)
{
  if (self->job != NULL)
    g_cancellable_cancel (jz_job_get_cancellable (self->job));
}
