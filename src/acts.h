/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Connects the acts with the layers above office/. */
void jz_acts_connect (void);
