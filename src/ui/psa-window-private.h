/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-notices.h"
#include "psa-profile-list.h"
#include "psa-status-page.h"
#include "psa-window.h"

G_BEGIN_DECLS

struct _PsaWindow
{
  AdwApplicationWindow parent_instance;

  PsaMonitor *monitor;
  PsaStatus *status; /* (nullable): what the page shows */
  GSignalGroup *status_signals;
  PsaRound *round; /* (nullable): the check of many that is under way */
  GCancellable *cancellable;
  GCancellable *unlocking; /* (nullable): of psa-window-keyring.c: the keyring is asked to open */
  GtkWidget *last_focus; /* (nullable): weak, what had the focus when no dialog was open */
  gboolean has_dialog;
  GSettings *settings;
  GPtrArray *removals; /* of psa-window-removal.c: what can still be undone, the newest last */
  char *failure;       /* (nullable): why the profiles could not be read */

  AdwToastOverlay *toast_overlay;
  GtkStack *stack;
  AdwStatusPage *failed_page;
  GtkWidget *first_button;
  AdwNavigationSplitView *split_view;
  PsaProfileList *list;
  PsaStatusPage *status_page; /* (nullable): once there is a profile to be shown */
  PsaNotices *empty_notices;
};

PsaStore *psa_window_get_store       (PsaWindow      *self);
void      psa_window_say             (PsaWindow      *self,
                                      const char     *text);
void      psa_window_select          (PsaWindow      *self,
                                      const char     *id);
void      psa_window_update_view     (PsaWindow      *self);
void      psa_window_update_actions  (PsaWindow      *self);

/* psa-window-backup.c: going back to a backup */
void      psa_window_install_backup_actions (GtkWidgetClass *widget_class);

/* psa-window-load.c: reading the profiles */
void      psa_window_install_load_actions (GtkWidgetClass *widget_class);
void      psa_window_load                 (PsaWindow      *self);

/* psa-window-profile.c: what is done with the profile that is shown */
void      psa_window_install_profile_actions (GtkWidgetClass *widget_class);
void      psa_window_fix                     (PsaWindow      *self,
                                              PsaResult      *result);

/* psa-window-keyring.c: the one Unlock */
void      psa_window_install_keyring_actions (GtkWidgetClass *widget_class);

/* psa-window-report.c: a diagnosis for a support ticket */
void      psa_window_install_report_actions (GtkWidgetClass *widget_class);

/* psa-window-round.c: checking many */
void      psa_window_install_round_actions (GtkWidgetClass *widget_class);
void      psa_window_check_many            (PsaWindow      *self,
                                            GPtrArray      *statuses);
/* psa-window-copy.c: the connection for other programs, and its password */
void      psa_window_install_copy_actions (GtkWidgetClass *widget_class);

/* psa-window-exchange.c: profiles to a file and from one */
void      psa_window_install_exchange_actions (GtkWidgetClass *widget_class);
void      psa_window_export                   (PsaWindow      *self,
                                               GPtrArray      *profiles,
                                               const char     *suffix);
void      psa_window_import                   (PsaWindow      *self,
                                               GBytes         *bytes);
/* psa-window-change.c: several at once, and what is no value of the connection */
void      psa_window_install_change_actions (GtkWidgetClass *widget_class);

/* psa-window-removal.c: deleting, and bringing back */
void       psa_window_remove                 (PsaWindow      *self,
                                              GPtrArray      *profiles);
void       psa_window_install_removal_actions (GtkWidgetClass *widget_class);
void       psa_window_finish_removals        (PsaWindow      *self);
gboolean   psa_window_can_undo               (PsaWindow      *self);
void       psa_window_finish_former_removals (PsaWindow      *self);
GPtrArray *psa_window_new_removals           (void);

G_END_DECLS
