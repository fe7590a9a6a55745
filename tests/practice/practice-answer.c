/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-answer.h"

/**
 * practice_answer_expand:
 * @text: a body or the value of a header
 * @request: the request that is answered
 * @places: what else placeholders stand for
 *
 * Puts what depends on the request into a text: `@host@` and `@port@` of the Host header,
 * `@otherport@` (a port next to it), `@path@` with its query, `@version@` (the version asked for),
 * `@elsewhere@` (another origin) and `@date@` (an HTTP date, 30 seconds from now).
 *
 * Returns: (transfer full): the text
 */
char *
practice_answer_expand (const char *text,
                        const PracticeRequest *request,
                        const PracticePlaces *places)
{
  g_autoptr(GString) expanded = g_string_new (text);
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(GDateTime) later = g_date_time_add_seconds (now, 30);
  g_autofree char *date = soup_date_time_to_string (later, SOUP_DATE_HTTP);
  g_autofree char *port = g_strdup_printf ("%u", request->port);
  g_autofree char *other_port = g_strdup_printf ("%u", request->port ^ 1);
  g_autofree char *path =
      g_strconcat (request->path, request->query != NULL ? "?" : NULL, request->query, NULL);

  g_string_replace (expanded, "@host@", request->host, 0);
  g_string_replace (expanded, "@port@", port, 0);
  g_string_replace (expanded, "@otherport@", other_port, 0);
  g_string_replace (expanded, "@path@", path, 0);
  g_string_replace (expanded, "@version@", request->version != NULL ? request->version : "", 0);
  g_string_replace (expanded, "@elsewhere@", places->elsewhere, 0);
  g_string_replace (expanded, "@date@", date, 0);

  return g_string_free_and_steal (g_steal_pointer (&expanded));
}
