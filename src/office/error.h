/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JzOfficeError:
 * @JZ_OFFICE_ERROR_UNKNOWN_ACT: there is no act of this name, or not of this version
 * @JZ_OFFICE_ERROR_ARGUMENT: an argument of an act is missing, unknown or not of its form
 * @JZ_OFFICE_ERROR_REFUSED: the act was refused; the outcome holds the #JzRefusal
 * @JZ_OFFICE_ERROR_UNKNOWN_PERSON: nobody has this user name
 * @JZ_OFFICE_ERROR_NOT_FOUND: something asked for is not in the store
 *
 * What can be wrong with a request to the office.
 */
typedef enum {
  JZ_OFFICE_ERROR_UNKNOWN_ACT,
  JZ_OFFICE_ERROR_ARGUMENT,
  JZ_OFFICE_ERROR_REFUSED,
  JZ_OFFICE_ERROR_UNKNOWN_PERSON,
  JZ_OFFICE_ERROR_NOT_FOUND,
} JzOfficeError;

#define JZ_OFFICE_ERROR (jz_office_error_quark ())
GQuark jz_office_error_quark (void);

G_END_DECLS
