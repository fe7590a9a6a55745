/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-driver.h"

G_BEGIN_DECLS

#define UI_CLIENT_ID "3f2b8c1e-5a6d-4e7f-9b0c-1d2e3f4a5b6c"
#define UI_PASSWORD "canary-7Qx2mV9t" /* must be in no file and on no screen */

PsaProfile *ui_sample_draft  (const char *name,
                              const char *host,
                              guint       port,
                              const char *username);
PsaResult  *ui_sample_result (PsaProfile *profile,
                              PsaCause    cause,
                              guint       minutes_ago);
PsaProfile *ui_sample_keep   (UiDriver   *driver,
                              const char *name,
                              const char *host,
                              const char *username,
                              PsaCause    cause,
                              guint       minutes_ago);
void        ui_sample_store  (UiDriver   *driver,
                              const char *id,
                              const char *label);
void        ui_sample_clear  (UiDriver   *driver,
                              const char *id);
AdwDialog  *ui_sample_import_dialog (UiDriver *driver,
                                     GBytes   *table);

G_END_DECLS
