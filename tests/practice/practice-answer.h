/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice-request.h"

G_BEGIN_DECLS

/**
 * PracticeStep:
 * @PRACTICE_STEP_ROUTE: before anything else is looked at
 * @PRACTICE_STEP_COMPANY: the company in the Basic user was looked up
 * @PRACTICE_STEP_CLIENT_ID: the Client ID has the form of one
 * @PRACTICE_STEP_KEYS: the key pair and the Client ID were compared
 * @PRACTICE_STEP_VERSION: the version was read off the Accept header
 * @PRACTICE_STEP_RIGHT: all of this was in order; what the role may do decides
 *
 * The steps in which a request is judged, in their order. Nobody outside has seen the vendor's
 * order: it is [inferred].
 */
typedef enum
{
  PRACTICE_STEP_ROUTE = 1,
  PRACTICE_STEP_COMPANY,
  PRACTICE_STEP_CLIENT_ID,
  PRACTICE_STEP_KEYS,
  PRACTICE_STEP_VERSION,
  PRACTICE_STEP_RIGHT,
} PracticeStep;

/**
 * PracticeEnd:
 * @PRACTICE_END_CLOSE: closed in an orderly way, the end of TLS included
 * @PRACTICE_END_HOLD: left open until the client goes
 * @PRACTICE_END_DROP: TCP ends, TLS is not told
 * @PRACTICE_END_RESET: TCP is reset
 *
 * How a connection ends after a fault.
 */
typedef enum
{
  PRACTICE_END_CLOSE,
  PRACTICE_END_HOLD,
  PRACTICE_END_DROP,
  PRACTICE_END_RESET,
} PracticeEnd;

/**
 * PracticeFault:
 * @head: the first bytes on the wire, in place of a whole HTTP answer
 * @repeat: (nullable): bytes that follow, again and again
 * @interval_ms: milliseconds between two of them; 0: as fast as the client reads
 * @repeats: how many of them; 0: without end
 * @tail: (nullable): bytes after the last of them
 * @http2_length: over HTTP/2: the length of a whole answer instead; 0 where there is none
 * @end: what becomes of the connection
 *
 * A fault on the network's level: what is written when HTTP is not kept to.
 */
typedef struct
{
  const char *head;
  const char *repeat;
  guint interval_ms;
  guint repeats;
  const char *tail;
  gsize http2_length;
  PracticeEnd end;
} PracticeFault;

/**
 * PracticeBody:
 * @bytes: (nullable): the body
 * @link: (nullable): the value of a Link header
 *
 * A body made for one request.
 */
typedef struct
{
  GBytes *bytes;
  char *link;
} PracticeBody;

/**
 * PracticeMakeFunc:
 * @request: what was asked for
 * @body: (out caller-allocates): filled with a body; all its members were cleared
 *
 * Makes a body that depends on the request.
 */
typedef void (*PracticeMakeFunc) (const PracticeRequest *request, PracticeBody *body);

typedef struct _PracticeAnswer PracticeAnswer;

/**
 * PracticeAnswer:
 * @what: a few words for the list of scenarios, the status left out
 * @step: when it is given
 * @status: the HTTP status; 0 for a fault
 * @reason: (nullable): a reason phrase of its own
 * @type: (nullable): the Content-Type
 * @headers: further headers as `Name: value`, at most two
 * @body: (nullable): the body
 * @make: (nullable): makes the body instead
 * @fault: (nullable): what is done in place of an answer
 * @delay_ms: milliseconds before the whole answer is sent
 * @once: (nullable): the answer of the second, fourth … request: this one only meets every other
 *
 * One answer. Header values and @body may have the placeholders of practice_answer_expand().
 */
struct _PracticeAnswer
{
  const char *what;
  PracticeStep step;
  guint status;
  const char *reason;
  const char *type;
  const char *headers[3];
  const char *body;
  PracticeMakeFunc make;
  const PracticeFault *fault;
  guint delay_ms;
  const PracticeAnswer *once;
};

/**
 * PracticePlaces:
 * @elsewhere: the origin that redirects "to another host" name
 *
 * What placeholders stand for that the request does not say.
 */
typedef struct
{
  const char *elsewhere;
} PracticePlaces;

char *practice_answer_expand (const char            *text,
                              const PracticeRequest *request,
                              const PracticePlaces  *places);

#define PRACTICE_JSON "application/json; charset=utf-8"
#define PRACTICE_HTML "text/html; charset=utf-8"
#define PRACTICE_TEXT "text/plain; charset=utf-8"

G_END_DECLS
