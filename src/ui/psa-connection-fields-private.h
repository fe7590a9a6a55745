/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-connection-fields.h"
#include "psa-field-note.h"

G_BEGIN_DECLS

#define N_FIELDS (PSA_FIELD_PASSWORD + 1)

/**
 * PsaConnectionFields:
 *
 * The rows of the connection form that are the connection, in the order of the vendor's guide, and what is said under each.
 *
 * While a value is typed the note under its row tells what was understood of it; what is wrong is
 * told once the row was left, or all of it when psa_connection_fields_fill() is called. Nothing
 * that was typed is changed unless the user presses the note's button.
 */
struct _PsaConnectionFields
{
  AdwBin parent_instance;

  gboolean has_client_id; /* of a saved profile: an empty row leaves the kept one alone */
  gboolean has_password;  /* likewise */
  gboolean loading;       /* what changes now was not typed */
  gboolean touched;
  gboolean strict[N_FIELDS]; /* errors are told from now on */
  gboolean blanks_asked;     /* the blanks around the password were pointed out */
  char *suggested_version;
  GListModel *integrations; /* those that are kept */
  char *integration;        /* (nullable): the UUID of the one that an empty row stands for */
  char *integration_name;   /* (nullable): likewise */
  PsaField shown; /* the row that was gone to last */

  GtkWidget *tenant_group;
  GtkWidget *version_group;
  GtkWidget *integration_group;
  GtkEditable *hostname_row;
  GtkMenuButton *sites_button;
  GtkEditable *version_row;
  GtkEditable *client_id_row;
  GtkMenuButton *integrations_button;
  GtkEditable *username_row;
  GtkEditable *password_row;
  PsaFieldNote *hostname_note;
  PsaFieldNote *version_note;
  PsaFieldNote *client_id_note;
  PsaFieldNote *username_note;
  PsaFieldNote *password_note;
};

gboolean psa_connection_fields_judge        (PsaConnectionFields *self,
                                             PsaField             field);
void     psa_connection_fields_mark_touched (PsaConnectionFields *self);

/* psa-connection-fields-integration.c: which Client ID an empty row stands for */
void psa_connection_fields_install_integration_actions (GtkWidgetClass *widget_class);

G_END_DECLS
