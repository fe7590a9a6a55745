/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PsaFieldNoteKind:
 * @PSA_FIELD_NOTE_HELP: nothing to say but where the value is found
 * @PSA_FIELD_NOTE_INFO: what was understood of the value
 * @PSA_FIELD_NOTE_WARNING: unusual, but it does not stop anything
 * @PSA_FIELD_NOTE_ERROR: must be corrected
 */
typedef enum
{
  PSA_FIELD_NOTE_HELP,
  PSA_FIELD_NOTE_INFO,
  PSA_FIELD_NOTE_WARNING,
  PSA_FIELD_NOTE_ERROR,
} PsaFieldNoteKind;

#define PSA_TYPE_FIELD_NOTE (psa_field_note_get_type ())
G_DECLARE_FINAL_TYPE (PsaFieldNote, psa_field_note, PSA, FIELD_NOTE, GtkBox)

void             psa_field_note_say          (PsaFieldNote     *self,
                                              PsaFieldNoteKind  kind,
                                              const char       *text);
void             psa_field_note_offer        (PsaFieldNote     *self,
                                              const char       *label);
PsaFieldNoteKind psa_field_note_get_kind     (PsaFieldNote     *self);
const char      *psa_field_note_get_text     (PsaFieldNote     *self);

G_END_DECLS
