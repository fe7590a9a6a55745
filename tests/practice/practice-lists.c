/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "psa-practice"

#include "practice-bodies.h"

#define DEFAULT_PAGE_SIZE 25
#define MOST_PAGE_SIZE 1000

typedef void (*AppendRecordFunc) (GString *text, const PracticeRequest *request, guint64 id);

typedef struct
{
  guint64 first; /* the ID of the first record on it, from 1 */
  guint64 last;  /* of the last one; below first if the page is empty */
} Page;

/* One target of the Link header: this request's query with other page members. */
static void
append_link (GString *text,
             const PracticeRequest *request,
             const char *relation,
             const char *member,
             guint64 value,
             guint64 page_size)
{
  g_autoptr(GHashTable) query = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autofree char *encoded = NULL;
  GHashTableIter iter;
  gpointer name;
  gpointer old;

  g_hash_table_iter_init (&iter, request->parameters);
  while (g_hash_table_iter_next (&iter, &name, &old))
    g_hash_table_insert (query, name, g_strdup (old));
  g_hash_table_remove (query, "page");
  g_hash_table_remove (query, "pageId");
  g_hash_table_insert (query, (gpointer) "pageSize",
                       g_strdup_printf ("%" G_GUINT64_FORMAT, page_size));
  g_hash_table_insert (query, (gpointer) member, g_strdup_printf ("%" G_GUINT64_FORMAT, value));
  encoded = soup_form_encode_hash (query);

  g_string_append_printf (text, "%s<https://%s:%u%s?%s>; rel=\"%s\"", text->len > 0 ? ", " : "",
                          request->host, request->port, request->path, encoded, relation);
}

/* Finds the records of the page asked for, and tells the client where the others are.
 *
 * Source: Developer Guide, "Pagination": 25 by default, 1,000 at most, pages from 1, `next` and
 * `prev` left out at the ends, forward-only with `pageId` [documented]; more than 1,000 is silently
 * capped, a page past the end is `[]` [reported]; that a list of one page has no Link, and that a
 * forward-only one goes on from the last ID even at the end, is a stand-in. */
static Page
find_page (const PracticeRequest *request, guint64 total, PracticeBody *body)
{
  guint64 size =
      practice_request_get_number (request, "pageSize", DEFAULT_PAGE_SIZE, MOST_PAGE_SIZE);
  guint64 number = practice_request_get_number (request, "page", 1, G_MAXUINT32);
  g_autoptr(GString) links = g_string_new (NULL);
  guint64 pages;
  Page page;

  size = size > 0 ? size : DEFAULT_PAGE_SIZE;
  number = MAX (number, 1);
  pages = (total + size - 1) / size;

  if (request->forward_only)
    {
      page = (Page) { request->page_id + 1, MIN (request->page_id + size, total) };
      append_link (links, request, "next", "pageId", MAX (page.last, request->page_id), size);
    }
  else
    {
      page = (Page) { (number - 1) * size + 1, MIN (number * size, total) };
      if (pages > 1)
        {
          append_link (links, request, "first", "page", 1, size);
          if (number > 1)
            append_link (links, request, "prev", "page", MIN (number - 1, pages), size);
          if (number < pages)
            append_link (links, request, "next", "page", number + 1, size);
          append_link (links, request, "last", "page", pages, size);
        }
    }

  if (links->len > 0)
    body->link = g_strdup (links->str);
  return page;
}

static void
make_list (const PracticeRequest *request,
           PracticeBody *body,
           guint64 total,
           AppendRecordFunc append_record)
{
  Page page = find_page (request, total, body);
  GString *text = g_string_new ("[");

  for (guint64 id = page.first; id <= page.last; id++)
    {
      if (id > page.first)
        g_string_append_c (text, ',');
      append_record (text, request, id);
    }
  g_string_append_c (text, ']');
  body->bytes = g_string_free_to_bytes (text);
}

static void
append_record (GString *text, const PracticeRequest *request, guint64 id)
{
  g_string_append_printf (text,
                          "{\"id\":%" G_GUINT64_FORMAT
                          ",\"identifier\":\"practice%" G_GUINT64_FORMAT
                          "\",\"name\":\"Practice record %" G_GUINT64_FORMAT "\","
                          "\"status\":{\"id\":1,\"name\":\"Active\"},"
                          "\"site\":{\"id\":%" G_GUINT64_FORMAT ",\"name\":\"Main\"}}",
                          id, id, id, id);
}

/* A role that is too narrow for what a record refers to: the call answers, the references do not.
 * Source: https://github.com/christaylorcodes/ConnectWiseManageAPI/issues/40 [reported]; the exact
 * form of a blank reference is a stand-in. */
static void
append_blank_record (GString *text, const PracticeRequest *request, guint64 id)
{
  g_string_append_printf (text,
                          "{\"id\":%" G_GUINT64_FORMAT
                          ",\"identifier\":\"practice%" G_GUINT64_FORMAT
                          "\",\"name\":\"Practice record %" G_GUINT64_FORMAT "\","
                          "\"status\":{\"id\":null,\"name\":\"\"},\"site\":null}",
                          id, id, id);
}

/**
 * practice_body_make_list:
 * @request: a request for a list
 * @body: filled
 *
 * One page of %PRACTICE_LIST_TOTAL records. Conditions are not looked at.
 */
void
practice_body_make_list (const PracticeRequest *request, PracticeBody *body)
{
  make_list (request, body, PRACTICE_LIST_TOTAL, append_record);
}

/**
 * practice_body_make_long_list:
 * @request: a request for a list
 * @body: filled
 *
 * One page of %PRACTICE_LONG_LIST_TOTAL records.
 */
void
practice_body_make_long_list (const PracticeRequest *request, PracticeBody *body)
{
  make_list (request, body, PRACTICE_LONG_LIST_TOTAL, append_record);
}

/**
 * practice_body_make_blank_list:
 * @request: a request for a list
 * @body: filled
 *
 * One page of records whose references are blank.
 */
void
practice_body_make_blank_list (const PracticeRequest *request, PracticeBody *body)
{
  make_list (request, body, PRACTICE_LIST_TOTAL, append_blank_record);
}

typedef struct
{
  const char *name;
  const char *functions[4]; /* the first ones by their real names, the rest is numbered */
} Module;

/* Source of the names: the role screen, as the guides for integrations name it [reported] */
static const Module modules[] = {
  { "Companies", { "Company Maintenance", "Contacts", "Configurations", "Notes" } },
  { "Finance", { "Agreements", "Invoicing", "Billing View", "Accounting Interface" } },
  { "Marketing", { "Campaigns", "Groups", "Marketing Management", "Reports" } },
  { "Procurement", { "Product Catalog", "Products", "Purchase Orders", "Inventory" } },
  { "Project", { "Project Headers", "Project Tickets", "Project Phase", "Project Team" } },
  { "Service Desk", { "Service Tickets", "Resource Scheduling", "Close Service Tickets", "SLA" } },
  { "Sales", { "Opportunity", "Activities", "Sales Orders", "Sales Funnel" } },
  { "System", { "Member Maintenance", "Security Roles", "Table Setup", "API Reports" } },
  { "Time & Expense",
    { "Time Entry", "Expense Report Entry", "Time Approvals", "Expense Approvals" } },
};

#define MATRIX_TOTAL (G_N_ELEMENTS (modules) * PRACTICE_MODULE_FUNCTIONS)

static void
append_right (GString *text, guint64 id, const char *inquire)
{
  const Module *module = &modules[(id - 1) / PRACTICE_MODULE_FUNCTIONS];
  guint index = (id - 1) % PRACTICE_MODULE_FUNCTIONS;
  g_autofree char *function = index < G_N_ELEMENTS (module->functions)
                                  ? g_strdup (module->functions[index])
                                  : g_strdup_printf ("%s Function %u", module->name, index + 1);

  g_string_append_printf (
      text,
      "{\"id\":%" G_GUINT64_FORMAT ",\"moduleName\":\"%s\","
      "\"moduleFunctionName\":\"%s\",\"moduleFunctionIdentifier\":\"f%" G_GUINT64_FORMAT
      "\",\"addLevel\":\"None\",\"editLevel\":\"None\","
      "\"deleteLevel\":\"None\",\"inquireLevel\":\"%s\",\"customFlag\":false,"
      "\"restrictFlag\":false,\"myAllFlag\":true,\"reportFlag\":false,"
      "\"sortOrder\":%" G_GUINT64_FORMAT "}",
      id, module->name, function, id, inquire, id);
}

static void
append_wide_right (GString *text, const PracticeRequest *request, guint64 id)
{
  append_right (text, id, "All");
}

/* Finance may read nothing. Of Sales, which lies across the end of a page of 100, the part on the
 * first page may read nothing and the rest may: who stops after one page tells it wrong. */
static void
append_narrow_right (GString *text, const PracticeRequest *request, guint64 id)
{
  guint module = (id - 1) / PRACTICE_MODULE_FUNCTIONS;

  if (module == 1 || (module == 6 && id <= 100))
    append_right (text, id, "None");
  else
    append_right (text, id, id % 2 == 0 ? "My" : "All");
}

/**
 * practice_body_make_matrix:
 * @request: a request for `mySecurity`
 * @body: filled
 *
 * One page of a role that may read everything.
 *
 * Source: PY MySecurity, CWM Get-CWMMySecurity.ps1 [documented]; the functions with a number in
 * their name are made up.
 */
void
practice_body_make_matrix (const PracticeRequest *request, PracticeBody *body)
{
  make_list (request, body, MATRIX_TOTAL, append_wide_right);
}

/**
 * practice_body_make_narrow_matrix:
 * @request: a request for `mySecurity`
 * @body: filled
 *
 * One page of a role with all three levels, that may read nothing of Finance.
 */
void
practice_body_make_narrow_matrix (const PracticeRequest *request, PracticeBody *body)
{
  make_list (request, body, MATRIX_TOTAL, append_narrow_right);
}
