/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "psa-result.h"
#include "psa-verdict.h"

G_BEGIN_DECLS

#define OWN "cw.example.com"
#define CLOUD "api-na.myconnectwise.net"
#define WEB "na.myconnectwise.net"

#define TYPE_JSON "application/json; charset=utf-8"
#define TYPE_HTML "text/html"
#define TYPE_TEXT "text/plain"

#define PAGE "<!DOCTYPE html>\r\n<html><head><title>Welcome</title></head><body>Sign in</body></html>"
#define PERMISSION                                                                                 \
  "{\"code\":\"Security\",\"message\":\"You do not have security permission to perform this "      \
  "action.\"}"
#define NO_ENDPOINT "{\"code\":\"ConnectWiseApi\",\"message\":\"The endpoint does not exist.\"}"
#define UNAUTHORIZED "{\"code\":\"Unauthorized\",\"message\":\"Authentication failed.\"}"
#define VERSION_REFUSED                                                                            \
  "{\"code\":\"ConnectWiseApi\",\"message\":\"The HTTP resource that matches the request URI "     \
  "'https://cw.example.com/' does not support the API version '2021.1'.\"}"

/* One answer of a made-up server. */
typedef struct
{
  PsaAsk ask;
  guint status;
  const char *type;
  const char *body;
  const char *location;
  PsaFault fault;
  PsaStage fault_stage;
  GTlsCertificateFlags errors;
  gboolean changed;
  gboolean portal;
  gboolean plain;
} Answer;

#define ANSWER(ask_, status_, type_, body_)                                                        \
  { .ask = PSA_ASK_##ask_, .status = (status_), .type = (type_), .body = (body_) }
#define REDIRECT(ask_, status_, location_)                                                         \
  { .ask = PSA_ASK_##ask_, .status = (status_), .body = "", .location = (location_) }
#define FAULT(ask_, fault_, stage_)                                                                \
  { .ask = PSA_ASK_##ask_, .fault = PSA_FAULT_##fault_, .fault_stage = PSA_STAGE_##stage_ }

/* A server, what it answers where it does not answer well, and what that must come to. An ask that is
 * not listed gets @proofs, where that is a proof and @proofs says anything, else a good answer. */
typedef struct
{
  const char *title;
  const char *host;
  Answer answers[4];
  Answer proofs;
  const char *asks; /* what is asked, in order */
  PsaCause cause;
  const char *needs; /* (nullable): the modules that the profile needs, with commas between them */
} Situation;

/* One table of section 6, in the order of its rows. */
typedef struct
{
  const char *title;
  const Situation *situations;
  gsize n_situations;
} Chapter;

extern const Chapter situations_company;
extern const Chapter situations_sign_in;
extern const Chapter situations_proof;
extern const Chapter situations_needs;

const char *situation_ask_name   (PsaAsk            ask);
PsaReply   *situation_reply      (const Situation  *self,
                                  PsaAsk            ask);
gboolean    situation_is_good    (const Situation  *self,
                                  PsaAsk            ask);
PsaResult  *situation_new_result (const char       *host);
PsaResult  *situation_run        (const Situation  *self,
                                  GString          *asks);

G_END_DECLS
