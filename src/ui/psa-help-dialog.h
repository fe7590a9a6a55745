/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The pages, by their tags. */
#define PSA_HELP_START "start"
#define PSA_HELP_FORM "form"

#define PSA_TYPE_HELP_DIALOG (psa_help_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PsaHelpDialog, psa_help_dialog, PSA, HELP_DIALOG, AdwDialog)

AdwDialog *psa_help_dialog_new  (void);
void       psa_help_dialog_open (PsaHelpDialog *self,
                                 const char    *place);

G_END_DECLS
