/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts.h"

#include "pages/dossier.h"
#include "pages/draw.h"

/**
 * jz_acts_connect:
 *
 * Tells office/ what layers above it do for acts while they are prepared (design §1): drawing the
 * document that becomes final, and binding a dossier. Every program calls this first.
 */
void
jz_acts_connect (void)
{
  jz_office_set_drawer (jz_pages_draw);
  jz_office_set_binder (jz_pages_bind_dossier);
}
