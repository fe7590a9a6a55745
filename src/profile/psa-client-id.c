/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-client-id.h"

#include "psa-error.h"
#include "psa-input.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define GUID_LENGTH 36
#define HINT_LENGTH 4

/**
 * psa_client_id_parse:
 * @text: what was typed: a GUID, with or without braces; blanks around it do not count
 * @error: return location for a `PSA_ERROR_INVALID`; its message does not repeat @text
 *
 * Reads a Client ID. It is confidential, so there is no other copy of it than the result.
 *
 * Returns: (transfer full) (nullable): the GUID without braces, in lower case
 */
PsaSecret *
psa_client_id_parse (const char *text, GError **error)
{
  g_autoptr(PsaSecret) client_id = NULL;
  char guid[GUID_LENGTH + 1] = "";
  gsize length = 0;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  text = psa_input_trim (text, &length);
  if (length == 0)
    {
      g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID, _("Enter the Client ID."));
      return NULL;
    }

  if (length == GUID_LENGTH + 2 && text[0] == '{' && text[length - 1] == '}')
    {
      text++;
      length -= 2;
    }

  if (length == GUID_LENGTH)
    {
      for (gsize i = 0; i < GUID_LENGTH; i++)
        guid[i] = g_ascii_tolower (text[i]);
      if (g_uuid_string_is_valid (guid))
        client_id = psa_secret_new (guid);
      explicit_bzero (guid, sizeof guid);
    }

  if (client_id == NULL)
    g_set_error_literal (error, PSA_ERROR, PSA_ERROR_INVALID,
                         _("The Client ID must be a GUID: 32 digits and letters from a to f, in "
                           "groups of 8-4-4-4-12."));
  return g_steal_pointer (&client_id);
}

/**
 * psa_client_id_dup_hint:
 * @client_id: a Client ID
 *
 * Makes the one form of a Client ID that is ever shown: "…ab12".
 *
 * Returns: (transfer full): its last four characters; an ellipsis alone for what is too short to be
 *   one
 */
char *
psa_client_id_dup_hint (const PsaSecret *client_id)
{
  gsize length;

  g_return_val_if_fail (client_id != NULL, NULL);

  length = strlen (client_id);
  return g_strconcat ("…", length == GUID_LENGTH ? client_id + length - HINT_LENGTH : "", NULL);
}
