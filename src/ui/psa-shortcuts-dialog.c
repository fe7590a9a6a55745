/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-shortcuts-dialog.h"

#include "psa-shortcut-row.h"

/**
 * PsaShortcutsDialog:
 *
 * The keys that do something, in groups.
 */
struct _PsaShortcutsDialog
{
  AdwDialog parent_instance;
};

G_DEFINE_FINAL_TYPE (PsaShortcutsDialog, psa_shortcuts_dialog, ADW_TYPE_DIALOG)

static void
psa_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSA_TYPE_SHORTCUTS_DIALOG);
  G_OBJECT_CLASS (psa_shortcuts_dialog_parent_class)->dispose (object);
}

static void
psa_shortcuts_dialog_class_init (PsaShortcutsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psa_shortcuts_dialog_dispose;

  g_type_ensure (PSA_TYPE_SHORTCUT_ROW);
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               RESOURCE_PATH "/psa-shortcuts-dialog.ui");
}

static void
psa_shortcuts_dialog_init (PsaShortcutsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psa_shortcuts_dialog_new:
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
AdwDialog *
psa_shortcuts_dialog_new (void)
{
  return g_object_new (PSA_TYPE_SHORTCUTS_DIALOG, NULL);
}
