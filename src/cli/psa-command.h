/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-session.h"

G_BEGIN_DECLS

/**
 * PsaCommand:
 * @run: gets the words after the program's name, the command's own first; writes its answer to standard output and
 *   returns the exit code, or sets the error and lets it decide
 */
typedef struct
{
  const char *name;
  const char *summary;
  PsaExit   (*run) (int     argc,
                    char  **argv,
                    GError **error);
} PsaCommand;

PsaExit  psa_command_add    (int      argc,
                             char   **argv,
                             GError **error);
PsaExit  psa_command_list   (int      argc,
                             char   **argv,
                             GError **error);
PsaExit  psa_command_show   (int      argc,
                             char   **argv,
                             GError **error);
PsaExit  psa_command_check  (int      argc,
                             char   **argv,
                             GError **error);
PsaExit  psa_command_copy_as (int      argc,
                             char   **argv,
                             GError **error);
PsaExit  psa_command_diagnose (int      argc,
                               char   **argv,
                               GError **error);
PsaExit  psa_command_export (int      argc,
                             char   **argv,
                             GError **error);
PsaExit  psa_command_find_region (int      argc,
                                  char   **argv,
                                  GError **error);
PsaExit  psa_command_edit (int      argc,
                             char   **argv,
                             GError **error);
PsaExit  psa_command_import (int      argc,
                             char   **argv,
                             GError **error);
PsaExit  psa_command_replace_key (int      argc,
                             char   **argv,
                             GError **error);
PsaExit  psa_command_permissions (int      argc,
                                  char   **argv,
                                  GError **error);
PsaExit  psa_command_trust  (int      argc,
                             char   **argv,
                             GError **error);
PsaExit  psa_command_remove (int      argc,
                             char   **argv,
                             GError **error);

gboolean psa_command_parse  (const GOptionEntry *entries,
                             const char         *parameters,
                             const char         *summary,
                             int                *argc,
                             char             ***argv,
                             GError            **error);
gboolean psa_command_may_trust (PsaProfile         *profile,
                                GError            **error);

G_END_DECLS
