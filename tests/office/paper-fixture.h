/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Lets the office draw documents and bind dossiers without pages/: nothing here looks at the paper.
 * A document's PDF is its values, a dossier's the id of its case. */
void paper_connect (void);
