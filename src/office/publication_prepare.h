/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/**
 * JzPublisher:
 * @preparation: the office
 * @args: has `case`, `document` and `redactions`; gets `copy`, the object that is the PDF;
 * `public`, the object that is {title, values, files, text} without what was hidden; `report`, the
 * object that says what was found, decided and tried; `findings`, an array of {kind} of what nobody
 *   decided on
 * @error: return location
 *
 * Makes the copy of a document that the public gets, and attacks it.
 *
 * Returns: whether it was done
 */
typedef gboolean (*JzPublisher) (const JzPreparation *preparation, JzJson *args, GError **error);

void jz_office_set_publisher (JzPublisher publisher);
gboolean jz_office_can_publish (void);
gboolean jz_publication_cover_all (const JzPreparation *preparation, JzJson *args, GError **error);
gboolean jz_prepare_publication (const JzPreparation *preparation, JzJson *args, GError **error);

G_END_DECLS
