/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/**
 * JzPublicationPage:
 *
 * The page of one publication (ux.md §8): left the original, right what the public will see,
 * between them what was found; and the carriers.
 */
#define JZ_TYPE_PUBLICATION_PAGE (jz_publication_page_get_type ())
G_DECLARE_FINAL_TYPE (JzPublicationPage, jz_publication_page, JZ, PUBLICATION_PAGE, AdwBin)

void jz_publication_page_set_document (JzPublicationPage *self,
                                       JzOfficeClient *client,
                                       const char *document);
void jz_publication_page_refresh (JzPublicationPage *self);

G_END_DECLS
