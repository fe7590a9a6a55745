/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-module-row.h"

#include <glib/gi18n.h>

#define MAX_MISSING 3 /* names in one row; the export has them all */

/**
 * PsaModuleRow:
 *
 * What a key may do in one module: how far it reads as shape and word, what is missing and whom to ask for it, and
 * a switch whether the connection needs it.
 *
 * Signal: needed-changed: the user turned the switch.
 */
struct _PsaModuleRow
{
  AdwActionRow parent_instance;
  PsaModule module;
  gboolean is_updating;

  GtkImage *icon;
  GtkSwitch *needed_switch;
};

typedef enum
{
  SIGNAL_NEEDED_CHANGED,
} PsaModuleRowSignal;

static guint signals[SIGNAL_NEEDED_CHANGED + 1];

G_DEFINE_FINAL_TYPE (PsaModuleRow, psa_module_row, ADW_TYPE_ACTION_ROW)

static const char *
get_sentence (PsaLevel level)
{
  switch (level)
    {
    case PSA_LEVEL_NONE:
      return _("Not readable");
    case PSA_LEVEL_READABLE:
      return _("Readable");
    case PSA_LEVEL_MY:
      return _("Own records only");
    case PSA_LEVEL_ALL:
      return _("All records");
    case PSA_LEVEL_UNKNOWN:
    default:
      return _("Not known");
    }
}

static const char *
get_icon (const PsaRights *sum)
{
  if (sum->inquire == PSA_LEVEL_UNKNOWN)
    return "psa-state-not-checked-symbolic";
  if (sum->inquire == PSA_LEVEL_NONE)
    return "psa-state-not-permitted-symbolic";
  return sum->inquire == PSA_LEVEL_MY || sum->n_refused > 0 ? "psa-level-some-symbolic"
                                                            : "psa-state-connected-symbolic";
}

static const char *
get_level (PsaLevel level)
{
  switch (level)
    {
    case PSA_LEVEL_NONE:
      /* Translators: the level of a right in a security role: nothing */
      return C_ ("level", "none");
    case PSA_LEVEL_MY:
      /* Translators: the level of a right in a security role: own records */
      return C_ ("level", "own");
    case PSA_LEVEL_ALL:
    case PSA_LEVEL_READABLE:
      /* Translators: the level of a right in a security role: all records */
      return C_ ("level", "all");
    case PSA_LEVEL_UNKNOWN:
    default:
      /* Translators: the level of a right in a security role, where it was not told */
      return C_ ("level", "not known");
    }
}

/* The first few names, as the role screen has them. */
static char *
dup_missing (PsaModule module, const PsaPermissions *permissions, guint n_refused)
{
  g_autoptr(GStrvBuilder) found = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;
  g_autofree char *list = NULL;
  guint n = 0;

  for (guint i = 0; i < permissions->rights->len && n < MAX_MISSING; i++)
    {
      const PsaRight *right = g_ptr_array_index (permissions->rights, i);

      if (right->module != module || right->inquire != PSA_LEVEL_NONE)
        continue;
      g_strv_builder_add (found, right->name);
      n++;
    }
  names = g_strv_builder_end (found);
  /* Translators: stands between the items of a list in a sentence */
  list = g_strjoinv (_(", "), names);
  if (n_refused <= n)
    return g_steal_pointer (&list);
  /* Translators: %s is a list of names, %u how many more there are */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n_refused - n), list,
                          n_refused - n);
}

static void
add_line (GString *text, const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static char *
dup_subtitle (PsaModule module, const PsaPermissions *permissions, const PsaRights *sum)
{
  GString *text = g_string_new (NULL);
  g_autofree char *reads = NULL;

  if (sum->n_rights == 0)
    add_line (text, _("Not known: the tenant told nothing of it"));
  else
    {
      reads =
          /* Translators: “Own records only · 3 of 15 rights”: how far a key reads, and by how many of the rights */
          g_strdup_printf (ngettext ("%s · %u of %u right", "%s · %u of %u rights", sum->n_rights),
                           get_sentence (sum->inquire), sum->n_readable, sum->n_rights);
      add_line (text, reads);
    }
  if (sum->add == PSA_LEVEL_NONE && sum->edit == PSA_LEVEL_NONE && sum->remove == PSA_LEVEL_NONE)
    add_line (text, _("May not add, edit or delete"));
  else if (permissions->from_matrix && sum->n_rights > 0)
    {
      g_autofree char *writes =
          /* Translators: each %s is how far a key may do so, as in “All” or “Own records only” */
          g_strdup_printf (_("Add: %s · Edit: %s · Delete: %s"), get_level (sum->add),
                           get_level (sum->edit), get_level (sum->remove));

      add_line (text, writes);
    }
  if (sum->n_refused > 0)
    {
      g_autofree char *missing = dup_missing (module, permissions, sum->n_refused);
      g_autofree char *advice = NULL;

      advice =
          /* Translators: the first %s is a list of rights, the second a module, both as ConnectWise PSA calls them;
           * “System › Security Roles” and “Inquire” stand on its screen */
          g_strdup_printf (_("Missing: %s. Ask an administrator of the tenant to allow Inquire "
                              "under System › Security Roles › %s."),
                           missing, psa_module_get_role_name (module));
      add_line (text, advice);
    }
  return g_string_free_and_steal (text);
}

static void
on_needed_switch_active_notify_cb (PsaModuleRow *self)
{
  if (!self->is_updating)
    g_signal_emit (self, signals[SIGNAL_NEEDED_CHANGED], 0);
}

static void
psa_module_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSA_TYPE_MODULE_ROW);
  G_OBJECT_CLASS (psa_module_row_parent_class)->dispose (object);
}

static void
psa_module_row_class_init (PsaModuleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psa_module_row_dispose;

  /**
   * PsaModuleRow::needed-changed:
   * @self: the row
   */
  signals[SIGNAL_NEEDED_CHANGED] =
      g_signal_new ("needed-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/psa-module-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PsaModuleRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PsaModuleRow, needed_switch);
  gtk_widget_class_bind_template_callback (widget_class, on_needed_switch_active_notify_cb);
}

static void
psa_module_row_init (PsaModuleRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psa_module_row_new:
 * @module: what it is about
 *
 * Returns: (transfer floating): a row
 */
PsaModuleRow *
psa_module_row_new (PsaModule module)
{
  PsaModuleRow *self = g_object_new (PSA_TYPE_MODULE_ROW, NULL);
  g_autofree char *name = NULL;

  self->module = module;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), psa_module_get_title (module));
  /* Translators: the name of a switch for a screen reader; %s is a module, as “Finance” */
  name = g_strdup_printf (_("This connection needs %s"), psa_module_get_title (module));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->needed_switch),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->needed_switch), name);
  return self;
}

/**
 * psa_module_row_get_module:
 *
 * Returns: what the row is about
 */
PsaModule
psa_module_row_get_module (PsaModuleRow *self)
{
  g_return_val_if_fail (PSA_IS_MODULE_ROW (self), PSA_MODULE_COMPANY);

  return self->module;
}

/**
 * psa_module_row_get_needed:
 *
 * Returns: whether the switch is on
 */
gboolean
psa_module_row_get_needed (PsaModuleRow *self)
{
  g_return_val_if_fail (PSA_IS_MODULE_ROW (self), FALSE);

  return gtk_switch_get_active (self->needed_switch);
}

/**
 * psa_module_row_show:
 * @permissions: what the key may do
 * @needed: whether the profile needs the module
 *
 * A module that is needed and may not be read stands out, by more than its colour: its words say so.
 */
void
psa_module_row_show (PsaModuleRow *self, const PsaPermissions *permissions, gboolean needed)
{
  g_autofree char *subtitle = NULL;
  PsaRights sum;

  g_return_if_fail (PSA_IS_MODULE_ROW (self) && permissions != NULL);

  sum = psa_permissions_sum (permissions, self->module);
  subtitle = dup_subtitle (self->module, permissions, &sum);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_image_set_from_icon_name (self->icon, get_icon (&sum));
  if (needed && sum.inquire == PSA_LEVEL_NONE)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "warning");

  self->is_updating = TRUE;
  gtk_switch_set_active (self->needed_switch, needed);
  self->is_updating = FALSE;
}
