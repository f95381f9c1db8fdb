/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Makes the element "jzfilesource" and the address "pfd://N" known: a file by its handle, read with
 * pread, so that several pipelines can read one handle and none moves it. */
void jz_file_source_register (void);
/* (transfer full): the address of a handle, which has to stay open while it is used */
char *jz_file_source_uri (int handle);
gboolean jz_file_source_is_reading (void);

G_END_DECLS
