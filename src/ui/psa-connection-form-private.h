/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-connection-fields.h"
#include "psa-connection-form.h"
#include "psa-list-fields.h"
#include "psa-outcome.h"
#include "psa-stage-list.h"

G_BEGIN_DECLS

/**
 * FormState:
 * @READY: the user types; the outcome of the last try stands above the rows, if there was one
 * @CHECKING: a check of what was typed runs; its stages fill in, Esc or Cancel goes back to @READY
 * @SAVING: the secrets go to the keyring and the profile to the store; may wait for a prompt, can be cancelled
 *
 * READY → Connect → CHECKING → good → SAVING → saved, closed. CHECKING → anything else → READY with the outcome;
 * READY → Save Without Checking → SAVING. A fault while saving → READY with a banner. What was typed is never lost.
 */
typedef enum
{
  READY,
  CHECKING,
  SAVING,
} FormState;

/**
 * PsaConnectionForm:
 *
 * The dialog in which a profile is typed, tried and saved, on a draft of its own until the keeper has saved it.
 */
struct _PsaConnectionForm
{
  AdwDialog parent_instance;

  PsaMonitor *monitor;
  PsaProfile *draft;
  PsaResult *result; /* of what stands in the rows now; NULL once they change */
  PsaCheck *check;
  GCancellable *cancellable;
  FormState state;
  gboolean key_only; /* of psa-connection-form-key.c: no more is asked for than a new key */
  GtkWidget *came_from; /* (nullable): where the focus was when the user pressed a button */

  AdwWindowTitle *window_title;
  GtkWidget *paste_button;
  AdwBanner *problem_banner;
  GtkStack *stack;
  GtkScrolledWindow *fields_scroller;
  PsaOutcome *outcome;
  PsaStageList *failed_stage_list;
  GtkLabel *raw_label;
  GtkLabel *intro_label;
  PsaConnectionFields *fields;
  PsaListFields *list_fields;
  GtkWidget *saving_spinner;
  GtkLabel *progress_label;
  GtkLabel *waiting_label;
  PsaStageList *stage_list;
  GtkWidget *save_button;
  GtkWidget *connect_button;
  GtkWidget *cancel_button;
};

void psa_connection_form_update_actions (PsaConnectionForm *self);
void psa_connection_form_start_check (PsaConnectionForm *self);

/* psa-connection-form-key.c: no more than a new key */
void psa_connection_form_set_key_only (PsaConnectionForm *self, gboolean key_only);
AdwDialog *psa_connection_form_ask_to_discard_key (void);

/* psa-connection-form-fix.c: what fills the rows but the user */
void psa_connection_form_install_fix_actions (GtkWidgetClass *widget_class);

/* psa-connection-form-paste.c: what was copied elsewhere */
void psa_connection_form_install_paste_actions (GtkWidgetClass *widget_class);

G_END_DECLS
