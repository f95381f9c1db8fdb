/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Lets the office draw documents, bind dossiers and make public copies without pages/: nothing here
 * looks at the paper. A document's PDF is its values, a dossier's the id of its case, a public
 * copy's the values, in which an address is found as long as nobody decided on anything. */
void paper_connect (void);
