/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "media/error.h"
#include "media/helper_process.h"
#include "media/page_text.h"
#include "media/probe.h"

G_BEGIN_DECLS

/* Opens what comes from outside in a caged process. Jobs come in two shapes: plain functions, which
 * block and are for worker threads, and _async/_finish for the main thread. All take a handle that
 * was opened for reading only (jz_media_open()); it is duplicated at once, never moved and never
 * closed. Each fails with JZ_MEDIA_ERROR and one sentence, or G_IO_ERROR_CANCELLED. */
#define JZ_TYPE_MEDIA (jz_media_get_type ())
G_DECLARE_FINAL_TYPE (JzMedia, jz_media, JZ, MEDIA, GObject)

JzMedia *jz_media_new (void);
/* O_RDONLY, no device, no folder; the caller closes it */
int jz_media_open (const char *path, GError **error);
/* Starts a helper ahead, so that the first job need not wait; returns at once. */
void jz_media_warm (JzMedia *self);
/* Whether files are opened in the cage; if not, a sentence that says why. Starts a helper if none
 * was started yet, and so may block for some seconds. */
gboolean jz_media_is_caged (JzMedia *self, char **why_not);
/* The same for the main thread. */
void jz_media_try_cage_async (JzMedia *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean jz_media_try_cage_finish (JzMedia *self, GAsyncResult *result, char **why_not);
/* A helper of one's own, for the player; blocks: for worker threads. */
JzHelper *jz_media_take_helper (JzMedia *self, GCancellable *cancellable, GError **error);
/* For tests: a percentage of every deadline. */
void jz_media_set_patience (JzMedia *self, guint percent);
/* For tests: ends all helpers, as a system that runs out of memory does. */
void jz_media_end_helpers (JzMedia *self);

/**
 * JzPixels:
 * @bytes: @height rows of @stride bytes, each pixel B, G, R, A, where A is always 255
 *
 * A picture as GDK_MEMORY_B8G8R8A8_PREMULTIPLIED wants it.
 */
typedef struct {
  GBytes *bytes;
  guint width;
  guint height;
  guint stride;
  gint64 at; /* the frame's time in nanoseconds, or the page */
  guint n_pages;
} JzPixels;

void jz_pixels_free (JzPixels *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPixels, jz_pixels_free)

/* What a file says of itself; @name (nullable) is compared with what it really is. */
JzProbe *jz_media_probe (JzMedia *self,
                         int handle,
                         const char *name,
                         GCancellable *cancellable,
                         GError **error);
void jz_media_probe_async (JzMedia *self,
                           int handle,
                           const char *name,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
JzProbe *jz_media_probe_finish (JzMedia *self, GAsyncResult *result, GError **error);

/* A picture of at most that size: of a video at that time (ns; the frame shown then), of a page
 * (from 0), of a picture (@at is ignored). */
JzPixels *jz_media_thumbnail (JzMedia *self,
                              int handle,
                              gint64 at,
                              guint width,
                              guint height,
                              GCancellable *cancellable,
                              GError **error);
void jz_media_thumbnail_async (JzMedia *self,
                               int handle,
                               gint64 at,
                               guint width,
                               guint height,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
JzPixels *jz_media_thumbnail_finish (JzMedia *self, GAsyncResult *result, GError **error);

/* A picture upright, as large as it is but never larger than that. */
#define JZ_PICTURE_MAX_SIDE 16384
JzPixels *jz_media_picture (JzMedia *self,
                            int handle,
                            guint width,
                            guint height,
                            GCancellable *cancellable,
                            GError **error);
void jz_media_picture_async (JzMedia *self,
                             int handle,
                             guint width,
                             guint height,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
JzPixels *jz_media_picture_finish (JzMedia *self, GAsyncResult *result, GError **error);

/* @n loudness peaks (guint8, 0 to 255) over the whole duration of the sound */
#define JZ_PEAKS_MAX 65536
GArray *
jz_media_peaks (JzMedia *self, int handle, guint n, GCancellable *cancellable, GError **error);
void jz_media_peaks_async (JzMedia *self,
                           int handle,
                           guint n,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GArray *jz_media_peaks_finish (JzMedia *self, GAsyncResult *result, GError **error);

/* A page (from 0) of a PDF, that many pixels wide. */
JzPixels *jz_media_page (JzMedia *self,
                         int handle,
                         guint page,
                         guint width,
                         GCancellable *cancellable,
                         GError **error);
void jz_media_page_async (JzMedia *self,
                          int handle,
                          guint page,
                          guint width,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
JzPixels *jz_media_page_finish (JzMedia *self, GAsyncResult *result, GError **error);

/* The text of a page (from 0) of a PDF and where its characters stand. */
JzPageText *jz_media_page_text (JzMedia *self,
                                int handle,
                                guint page,
                                GCancellable *cancellable,
                                GError **error);
void jz_media_page_text_async (JzMedia *self,
                               int handle,
                               guint page,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
JzPageText *jz_media_page_text_finish (JzMedia *self, GAsyncResult *result, GError **error);

G_END_DECLS
