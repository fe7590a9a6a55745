/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice-fixture.h"

G_BEGIN_DECLS

/* A practice tenant that answers as one of the vendor's hosts, in a test that tests/place/vendor-names
 * runs. */

PracticeFixture *vendor_site_new          (const char        *name,
                                           const char        *companies,
                                           const char        *record);
guint            vendor_site_count_signed (const char        *record);

G_END_DECLS
