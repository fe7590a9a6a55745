/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-about-dialog.h"

#include "psa-history-file.h"
#include "psa-vault-state.h"

#include <glib/gi18n.h>

#define HOMEPAGE "https://github.com/psaconnections/psa-connections"

static const char *
get_keyring_words (PsaVault *vault)
{
  gboolean is_file = psa_vault_get_backend (vault) == PSA_VAULT_BACKEND_FILE;

  switch (psa_vault_get_state (vault))
    {
    case PSA_VAULT_STATE_OPEN:
      return is_file ? "encrypted file, open" : "Secret Service, open";
    case PSA_VAULT_STATE_LOCKED:
      return is_file ? "encrypted file, locked" : "Secret Service, locked";
    case PSA_VAULT_STATE_UNAVAILABLE:
      return "none that answers";
    case PSA_VAULT_STATE_UNKNOWN:
    default:
      return is_file ? "encrypted file, not asked yet" : "Secret Service, not asked yet";
    }
}

static const char *
get_variable (const char *name)
{
  const char *value = g_getenv (name);

  return value != NULL && *value != '\0' ? value : "unknown";
}

/* For a bug report, and so in English. Versions, kinds and counts: no name, host, path or key. */
static char *
dup_debug_info (PsaMonitor *monitor)
{
  PsaKeeper *keeper = psa_monitor_get_keeper (monitor);
  PsaStore *store = psa_keeper_get_store (keeper);
  GString *text = g_string_new (NULL);
  g_autofree char *secret = psa_vault_dup_library ();
  g_autofree char *soup = psa_client_dup_library ();
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  g_string_append_printf (text, "%s %s\n", APPLICATION_ID, VERSION);
  g_string_append_printf (text, "Profiles: %u\n", g_list_model_get_n_items (G_LIST_MODEL (store)));
  g_string_append_printf (text, "Profiles file: %s\n",
                          !psa_store_get_loaded (store)           ? "not read"
                          : psa_store_get_read_only (store)       ? "read-only"
                          : psa_store_get_problem (store) != NULL ? "has a problem"
                                                                  : "good");
  g_string_append_printf (text, "History: %s\n",
                          psa_history_get_problem (psa_monitor_get_history (monitor)) != NULL
                              ? "has a problem"
                              : "good");
  g_string_append_printf (text, "Keyring: %s\n", get_keyring_words (psa_keeper_get_vault (keeper)));
  g_string_append_printf (text, "\nSandbox: %s\n",
                          g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "Flatpak" : "none");
  g_string_append_printf (text, "System: %s\n", system != NULL ? system : "unknown");
  g_string_append_printf (text, "Desktop: %s\n", get_variable ("XDG_CURRENT_DESKTOP"));
  g_string_append_printf (text, "Display: %s\n", G_OBJECT_TYPE_NAME (gdk_display_get_default ()));
  g_string_append_printf (text, "Language: %s\n",
                          pango_language_to_string (pango_language_get_default ()));
  g_string_append_printf (text, "\nGTK: %u.%u.%u\n", gtk_get_major_version (),
                          gtk_get_minor_version (), gtk_get_micro_version ());
  g_string_append_printf (text, "libadwaita: %u.%u.%u\n", adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version ());
  g_string_append_printf (text, "GLib: %u.%u.%u\n", glib_major_version, glib_minor_version,
                          glib_micro_version);
  g_string_append_printf (text, "libsoup: %s\n", soup);
  g_string_append_printf (text, "libsecret: %s\n", secret);
  g_string_append_printf (text, "SQLite: %s\n", psa_history_file_get_library ());
  return g_string_free_and_steal (text);
}

/**
 * psa_about_dialog_new:
 * @monitor: of what its debug information counts
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
AdwDialog *
psa_about_dialog_new (PsaMonitor *monitor)
{
  AdwDialog *dialog;
  AdwAboutDialog *about;
  g_autofree char *debug_info = NULL;

  g_return_val_if_fail (PSA_IS_MONITOR (monitor), NULL);

  debug_info = dup_debug_info (monitor);
  dialog = adw_about_dialog_new ();
  about = ADW_ABOUT_DIALOG (dialog);
  adw_about_dialog_set_application_name (about, _("PSA Connections"));
  adw_about_dialog_set_application_icon (about, APPLICATION_ID);
  adw_about_dialog_set_developer_name (about, _("The PSA Connections developers"));
  adw_about_dialog_set_version (about, VERSION);
  adw_about_dialog_set_website (about, HOMEPAGE);
  adw_about_dialog_set_issue_url (about, HOMEPAGE "/issues");
  adw_about_dialog_set_copyright (about, _("© 2026 The PSA Connections developers"));
  adw_about_dialog_set_license_type (about, GTK_LICENSE_GPL_3_0);
  adw_about_dialog_set_comments (about,
                                 _("An independent program, not affiliated with ConnectWise."));
  adw_about_dialog_set_debug_info (about, debug_info);
  adw_about_dialog_set_debug_info_filename (about, "psa-connections-debug-info.txt");
  /* Translators: put your names here, one a line */
  adw_about_dialog_set_translator_credits (about, _("translator-credits"));
  return dialog;
}
