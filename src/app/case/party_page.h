/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

/* What the party reads of a dossier (当事人阅卷): "cases/CASE/party". */
#define JZ_TYPE_PARTY_PAGE (jz_party_page_get_type ())
G_DECLARE_FINAL_TYPE (JzPartyPage, jz_party_page, JZ, PARTY_PAGE, JzSection)

G_END_DECLS
