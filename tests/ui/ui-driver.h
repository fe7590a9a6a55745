/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-application.h"
#include "psa-window.h"

G_BEGIN_DECLS

/**
 * UiDriver:
 * @application: the program, as main() makes it
 * @window: its window
 *
 * The program in this process, driven as a user would: by its actions, keys, entries and rows.
 */
typedef struct
{
  PsaApplication *application;
  PsaWindow *window;
} UiDriver;

int         ui_run            (int                argc,
                               char             **argv,
                               void             (*add_tests) (void));
UiDriver   *ui_start          (void);
UiDriver   *ui_open           (void);
void        ui_close          (UiDriver          *self);
PsaMonitor *ui_get_monitor    (UiDriver          *self);
PsaStore   *ui_get_store      (UiDriver          *self);

void        ui_turn           (void);
gboolean    ui_settle         (void);
gint64      ui_deadline       (void);

GtkWidget  *ui_find_type      (gpointer           below,
                               GType              type);
GtkWidget  *ui_find_row       (gpointer           below,
                               const char        *title);
GtkWidget  *ui_find_label     (gpointer           below,
                               const char        *text);
GtkWidget  *ui_find_action    (gpointer           below,
                               const char        *action);
GtkWidget  *ui_find_button    (gpointer           below,
                               const char        *label);
const char *ui_get_view       (UiDriver          *self);
gboolean    ui_can            (UiDriver          *self,
                               const char        *action);
gboolean    ui_press_key      (UiDriver          *self,
                               const char        *accelerator);

PsaProfile *ui_keep           (UiDriver          *self,
                               PsaProfile        *draft,
                               const char        *client_id,
                               const char        *password);
void        ui_record         (UiDriver          *self,
                               PsaProfile        *profile,
                               PsaResult         *result);
void        ui_select         (UiDriver          *self,
                               PsaProfile        *profile);
void        ui_picture        (UiDriver          *self,
                               const char        *name);

/* Iterates the main context until the condition holds; too long is a failure that names it. */
#define ui_wait(condition) \
  G_STMT_START \
  { \
    gint64 ui_wait_end = ui_deadline (); \
    while (!(condition)) \
      { \
        if (g_get_monotonic_time () > ui_wait_end) \
          g_error ("%s:%d: not in time: %s", __FILE__, __LINE__, #condition); \
        ui_turn (); \
      } \
  } \
  G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiDriver, ui_close)

G_END_DECLS
