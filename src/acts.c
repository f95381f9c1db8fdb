/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts.h"

#include "media/prober.h"
#include "office/attachments.h"
#include "office/bundles.h"
#include "office/dossier_use.h"
#include "office/publication_prepare.h"
#include "pages/dossier.h"
#include "pages/draw.h"
#include "publish/bundle_make.h"
#include "publish/party_copy.h"
#include "publish/publication.h"

/**
 * jz_acts_connect:
 *
 * Tells office/ what layers above it do for acts while they are prepared (design §1): drawing the
 * document that becomes final, binding a dossier and writing what is given out of it, reading what
 * a file says of itself, making a public copy, and making a bundle. Every program calls this first.
 */
void
jz_acts_connect (void)
{
  jz_office_set_drawer (jz_pages_draw);
  jz_office_set_binder (jz_pages_bind_dossier);
  jz_office_set_dossier_giver (jz_pages_give_dossier);
  jz_office_set_party_coverer (jz_prepare_party_copy);
  jz_office_set_party_writer (jz_write_party_copy);
  jz_office_set_prober (jz_media_read_file);
  jz_office_set_publisher (jz_prepare_public_copy);
  jz_office_set_bundler (jz_prepare_bundle);
}
