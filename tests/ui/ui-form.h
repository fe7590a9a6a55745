/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice-fixture.h"
#include "psa-connection-form.h"
#include "psa-field-note.h"
#include "ui-samples.h"

G_BEGIN_DECLS

/* The connection form, driven as a user would. Rows are named by their titles, a form is whatever
 * dialog is open. */

AdwDialog    *ui_get_dialog        (UiDriver        *self);
AdwDialog    *ui_form_await        (UiDriver        *self);
AdwDialog    *ui_form_add          (UiDriver        *self);
AdwDialog    *ui_form_edit         (UiDriver        *self,
                                    PsaProfile      *profile);
GtkEditable  *ui_form_row          (AdwDialog       *form,
                                    const char      *title);
PsaFieldNote *ui_form_note         (AdwDialog       *form,
                                    const char      *title);
const char   *ui_form_read         (AdwDialog       *form,
                                    const char      *title);
void          ui_form_type         (AdwDialog       *form,
                                    const char      *title,
                                    const char      *text);
void          ui_form_fill         (AdwDialog       *form,
                                    PracticeFixture *tenant,
                                    const char      *company);
void          ui_form_assert_typed (AdwDialog       *form,
                                    PracticeFixture *tenant,
                                    const char      *company);
gboolean      ui_form_has_focus    (UiDriver        *self,
                                    const char      *title);
GtkWidget    *ui_form_find_text    (gpointer         below,
                                    const char      *part);
void          ui_form_press        (gpointer         below,
                                    const char      *label);
void          ui_form_await_failed (AdwDialog       *form,
                                    const char      *state);
void          ui_answer            (UiDriver        *self,
                                    const char      *label);
PsaProfile   *ui_keep_tenant       (UiDriver        *self,
                                    PracticeFixture *tenant,
                                    const char      *company);
gboolean      ui_keyring_holds     (UiDriver        *self,
                                    const char      *id,
                                    const char      *text);

G_END_DECLS
