/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice-answer.h"

G_BEGIN_DECLS

/* Each answer says beside its text how sure it is: where the table of scenarios says "stand-in",
 * the text is made up because none is recorded. */

/* practice-answers-company.c: companyinfo, and pages that are no API */
extern const PracticeAnswer practice_company_cloud;
extern const PracticeAnswer practice_company_own;
extern const PracticeAnswer practice_company_old;
extern const PracticeAnswer practice_company_null;
extern const PracticeAnswer practice_company_404;
extern const PracticeAnswer practice_company_404_not_found;
extern const PracticeAnswer practice_company_404_bare;
extern const PracticeAnswer practice_company_404_text;
extern const PracticeAnswer practice_company_empty_object;
extern const PracticeAnswer practice_company_array;
extern const PracticeAnswer practice_company_codebase_host;
extern const PracticeAnswer practice_company_codebase_user;
extern const PracticeAnswer practice_company_codebase_parent;
extern const PracticeAnswer practice_company_codebase_query;
extern const PracticeAnswer practice_company_codebase_empty;
extern const PracticeAnswer practice_company_codebase_number;
extern const PracticeAnswer practice_company_site_host;
extern const PracticeAnswer practice_company_site_user;
extern const PracticeAnswer practice_web_page;
extern const PracticeAnswer practice_web_404;
extern const PracticeAnswer practice_login_page;
extern const PracticeAnswer practice_forbidden_page;
extern const PracticeAnswer practice_proxy_407;
extern const PracticeAnswer practice_portal_511;
extern const PracticeAnswer practice_status_page;

/* practice-answers-api.c: answers to a request that is in order, and those of the judge */
extern const PracticeAnswer practice_info_ok;
extern const PracticeAnswer practice_info_sparse;
extern const PracticeAnswer practice_info_cookie;
extern const PracticeAnswer practice_info_late;
extern const PracticeAnswer practice_matrix_ok;
extern const PracticeAnswer practice_matrix_empty;
extern const PracticeAnswer practice_matrix_narrow;
extern const PracticeAnswer practice_count_ok;
extern const PracticeAnswer practice_count_zero;
extern const PracticeAnswer practice_count_long;
extern const PracticeAnswer practice_list_ok;
extern const PracticeAnswer practice_list_long;
extern const PracticeAnswer practice_list_blank;
extern const PracticeAnswer practice_member_ok;
extern const PracticeAnswer practice_endpoint_missing;
extern const PracticeAnswer practice_wrong_verb;
extern const PracticeAnswer practice_cannot_route;
extern const PracticeAnswer practice_client_id_400;
extern const PracticeAnswer practice_client_id_401;
extern const PracticeAnswer practice_client_id_403;
extern const PracticeAnswer practice_client_id_lost_400;
extern const PracticeAnswer practice_client_id_lost_401;
extern const PracticeAnswer practice_client_id_lost_403;
extern const PracticeAnswer practice_client_id_unregistered;
extern const PracticeAnswer practice_bare_403;
extern const PracticeAnswer practice_bare_403_empty;
extern const PracticeAnswer practice_keys_401;
extern const PracticeAnswer practice_unknown_company;
extern const PracticeAnswer practice_keys_own_server;
extern const PracticeAnswer practice_keys_pair;
extern const PracticeAnswer practice_keys_404;
extern const PracticeAnswer practice_keys_challenge;
extern const PracticeAnswer practice_hash_expired;
extern const PracticeAnswer practice_version_400;
extern const PracticeAnswer practice_version_bare_400;
extern const PracticeAnswer practice_version_406;
extern const PracticeAnswer practice_no_right;
extern const PracticeAnswer practice_no_right_no_code;
extern const PracticeAnswer practice_no_right_401;

/* practice-answers-trouble.c: limits, faults of the server, redirects, bodies that break rules */
extern const PracticeAnswer practice_ssl_403;
extern const PracticeAnswer practice_ssl_401;
extern const PracticeAnswer practice_rate_seconds;
extern const PracticeAnswer practice_rate_date;
extern const PracticeAnswer practice_rate_nonsense;
extern const PracticeAnswer practice_rate_none;
extern const PracticeAnswer practice_busy;
extern const PracticeAnswer practice_busy_info;
extern const PracticeAnswer practice_busy_matrix;
extern const PracticeAnswer practice_busy_count;
extern const PracticeAnswer practice_pool_info;
extern const PracticeAnswer practice_pool_matrix;
extern const PracticeAnswer practice_pool_count;
extern const PracticeAnswer practice_bad_input;
extern const PracticeAnswer practice_validation;
extern const PracticeAnswer practice_down_502;
extern const PracticeAnswer practice_down_503;
extern const PracticeAnswer practice_down_text;
extern const PracticeAnswer practice_redirect_301_http;
extern const PracticeAnswer practice_redirect_302_http;
extern const PracticeAnswer practice_redirect_302_host;
extern const PracticeAnswer practice_redirect_307_port;
extern const PracticeAnswer practice_redirect_308_host;
extern const PracticeAnswer practice_redirect_302_same;
extern const PracticeAnswer practice_body_full;
extern const PracticeAnswer practice_body_too_long;
extern const PracticeAnswer practice_body_deep;
extern const PracticeAnswer practice_body_nul;
extern const PracticeAnswer practice_body_bom;
extern const PracticeAnswer practice_body_empty;
extern const PracticeAnswer practice_body_null;
extern const PracticeAnswer practice_body_array;
extern const PracticeAnswer practice_body_object;
extern const PracticeAnswer practice_body_two_values;
extern const PracticeAnswer practice_body_cut_json;
extern const PracticeAnswer practice_body_not_utf8;
extern const PracticeAnswer practice_body_version_null;
extern const PracticeAnswer practice_body_version_number;
extern const PracticeAnswer practice_body_count_text;
extern const PracticeAnswer practice_body_gzip;
extern const PracticeAnswer practice_body_bomb;
extern const PracticeAnswer practice_echo;
extern const PracticeAnswer practice_status_201;
extern const PracticeAnswer practice_status_418;
extern const PracticeAnswer practice_status_600;

/* practice-faults.c: what is no HTTP answer at all */
extern const PracticeAnswer practice_silent;
extern const PracticeAnswer practice_closed;
extern const PracticeAnswer practice_keys_closed;
extern const PracticeAnswer practice_reset;
extern const PracticeAnswer practice_reset_once_company;
extern const PracticeAnswer practice_reset_once_info;
extern const PracticeAnswer practice_slow;
extern const PracticeAnswer practice_slow_headers;
extern const PracticeAnswer practice_endless;
extern const PracticeAnswer practice_huge;
extern const PracticeAnswer practice_cut_short;
extern const PracticeAnswer practice_cut_short_chunked;
extern const PracticeAnswer practice_cut_short_headers;
extern const PracticeAnswer practice_cut_short_tls;
extern const PracticeAnswer practice_cut_short_reset;
extern const PracticeAnswer practice_length_too_small;
extern const PracticeAnswer practice_big_headers;
extern const PracticeAnswer practice_interim_few;
extern const PracticeAnswer practice_interim_flood;
extern const PracticeAnswer practice_garbage;

G_END_DECLS
