/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-clock.h"
#include "psa-outcome.h"
#include "psa-permissions-dialog.h"
#include "psa-permissions-run.h"

G_BEGIN_DECLS

/*
 * Not asked → running → failed or result; from each back to running. What is shown belongs to the status and to the
 * revision it was asked for: a change of the profile goes back to “not asked”.
 */
struct _PsaPermissionsDialog
{
  AdwDialog parent_instance;
  PsaMonitor *monitor;
  PsaStatus *status;
  guint revision;            /* what is shown belongs to it */
  PsaPermissionsRun *run;    /* (nullable): while one is under way */
  GCancellable *cancellable; /* of that run */
  GCancellable *closing;     /* of what else is under way, until the dialog goes */
  PsaResult *failure;        /* (nullable): why the last run came to nothing */
  PsaClock *clock;
  guint wanted;              /* the set of modules that the switches say */
  guint n_saving;

  AdwToastOverlay *toast_overlay;
  AdwWindowTitle *window_title;
  GtkWidget *again_button;
  GtkWidget *export_button;
  GtkStack *stack;
  GtkWidget *check_button;
  GtkLabel *progress_label;
  GtkProgressBar *progress_bar;
  GtkWidget *cancel_button;
  PsaOutcome *outcome;
  GtkLabel *source_label;
  GtkWidget *blank_label;
  AdwPreferencesGroup *modules_group;
  GPtrArray *rows; /* PsaModuleRow, one a module */
};

void psa_permissions_dialog_say             (PsaPermissionsDialog *self,
                                             const char           *text);

/* psa-permissions-export.c */
void psa_permissions_dialog_install_exports (GtkWidgetClass       *widget_class);

G_END_DECLS
