/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "psa-integrations-dialog.h"
#include "psa-paste-dialog.h"
#include "psa-preferences-dialog.h"
#include "psa-shortcuts-dialog.h"
#include "psa-stage-bar.h"
#include "ui-form.h"
#include "ui-tests.h"

/* Each text and each symbol stands out from what it stands on by 4.5:1 at least, whatever colours and opacities lie
 * on each other there: measured in what is drawn. */

#define LEAST 4.5
#define ENLARGED 2 /* else no pixel of a thin letter has its full colour */

typedef struct
{
  GdkTexture *texture;
  guchar *pixels; /* red, green, blue, alpha */
  gsize stride;
  guint n_measured;
  double least;
} Picture;

static void
picture_clear (Picture *self)
{
  g_clear_pointer (&self->pixels, g_free);
  g_clear_object (&self->texture);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static Picture
take (GtkWidget *window)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr(GdkTextureDownloader) downloader = NULL;
  g_autoptr(GskRenderNode) node = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  Picture self = { .least = 21 };

  gtk_snapshot_scale (snapshot, ENLARGED, ENLARGED);
  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (snapshot);
  self.texture = gsk_renderer_render_texture (
      gtk_native_get_renderer (GTK_NATIVE (window)), node,
      &GRAPHENE_RECT_INIT (0, 0, (float) ENLARGED * gtk_widget_get_width (window),
                           (float) ENLARGED * gtk_widget_get_height (window)));
  downloader = gdk_texture_downloader_new (self.texture);
  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
  self.stride = (gsize) gdk_texture_get_width (self.texture) * 4;
  self.pixels = g_malloc (self.stride * (gsize) gdk_texture_get_height (self.texture));
  gdk_texture_downloader_download_into (downloader, self.pixels, self.stride);
  return self;
}

/* Source: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
static double
get_luminance (const guchar *pixel)
{
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    {
      double part = pixel[i] / 255.;

      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4));
    }
  return sum;
}

static double
get_contrast (double one, double other)
{
  return (MAX (one, other) + 0.05) / (MIN (one, other) + 0.05);
}

/* What a widget stands on is the colour of most of its edge's pixels, what it draws the one furthest from that. */
static double
measure (Picture *self, const graphene_rect_t *bounds)
{
  int left = (int) floorf (bounds->origin.x * ENLARGED);
  int top = (int) floorf (bounds->origin.y * ENLARGED);
  int right = (int) ceilf ((bounds->origin.x + bounds->size.width) * ENLARGED);
  int bottom = (int) ceilf ((bounds->origin.y + bounds->size.height) * ENLARGED);
  g_autoptr(GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key, value;
  guint32 ground = 0;
  guint most = 0;
  double contrast = 1;

  for (int y = top; y < bottom; y++)
    {
      const guint32 *row = (const guint32 *) (self->pixels + (gsize) y * self->stride);

      for (int x = left, from = left; x < right; from = x)
        {
          while (x < right && row[x] == row[from])
            x++;
          key = GUINT_TO_POINTER (row[from]);
          value = g_hash_table_lookup (counts, key);
          g_hash_table_insert (counts, key,
                               GUINT_TO_POINTER (GPOINTER_TO_UINT (value) + (guint) (x - from)));
        }
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_UINT (value) > most)
      {
        most = GPOINTER_TO_UINT (value);
        ground = GPOINTER_TO_UINT (key);
      }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint32 colours[] = { GPOINTER_TO_UINT (key), ground };

      contrast = MAX (contrast, get_contrast (get_luminance ((const guchar *) &colours[0]),
                                              get_luminance ((const guchar *) &colours[1])));
    }
  return contrast;
}

/* Whether all of it can be seen. */
static gboolean
find_bounds (GtkWidget *widget, graphene_rect_t *bounds)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  graphene_rect_t own;

  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at))
    {
      graphene_rect_t around = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (at),
                                                   (float) gtk_widget_get_height (at));

      if (at != window && gtk_widget_get_overflow (at) != GTK_OVERFLOW_HIDDEN)
        continue;
      if (!gtk_widget_compute_bounds (widget, at, &own) ||
          !graphene_rect_contains_rect (&around, &own))
        return FALSE;
    }
  return gtk_widget_compute_bounds (widget, window, bounds) && bounds->size.width >= 1 &&
         bounds->size.height >= 1;
}

static gboolean
has_something (GtkWidget *widget)
{
  float x, length;

  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
  if (PSA_IS_STAGE_BAR (widget))
    return psa_stage_bar_get_span (PSA_STAGE_BAR (widget), 100, &x, &length);
  return GTK_IS_IMAGE (widget) &&
         gtk_image_get_storage_type (GTK_IMAGE (widget)) != GTK_IMAGE_EMPTY;
}

static const char *
get_words (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  return GTK_IS_IMAGE (widget) ? gtk_image_get_icon_name (GTK_IMAGE (widget)) : "";
}

static gboolean
is_explanation (GtkWidget *widget)
{
  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at))
    if (gtk_widget_has_css_class (at, "explained"))
      return TRUE;
  return FALSE;
}

static void
walk (GtkWidget *widget, Picture *picture, const char *where)
{
  graphene_rect_t bounds;

  /* What cannot be used now may be pale, but not why that is; the one blue button of a view is the toolkit's. */
  if (!gtk_widget_get_mapped (widget) ||
      (!gtk_widget_is_sensitive (widget) && !is_explanation (widget)) ||
      gtk_widget_has_css_class (widget, "suggested-action"))
    return;
  if (has_something (widget) && find_bounds (widget, &bounds))
    {
      double contrast = measure (picture, &bounds);

      picture->n_measured++;
      picture->least = MIN (picture->least, contrast);
      if (contrast < LEAST)
        {
          g_test_message ("%s: %s “%s” in a %s: %.2f:1", where, G_OBJECT_TYPE_NAME (widget),
                          get_words (widget), G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)),
                          contrast);
          g_test_fail ();
        }
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (child, picture, where);
}

static void
assert_contrast (UiDriver *driver, const char *where, guint n_least)
{
  AdwDialog *dialog = ui_get_dialog (driver);
  g_auto(Picture) picture = { 0 };

  ui_settle ();
  picture = take (GTK_WIDGET (driver->window));
  walk (dialog != NULL ? GTK_WIDGET (dialog) : GTK_WIDGET (driver->window), &picture, where);
  g_test_message ("%s: %u measured, the least %.2f:1", where, picture.n_measured, picture.least);
  g_assert_cmpuint (picture.n_measured, >=, n_least);
}

static void
assert_dialog (UiDriver *driver, AdwDialog *dialog, const char *where, guint n_least)
{
  adw_dialog_present (dialog, GTK_WIDGET (driver->window));
  ui_wait (ui_get_dialog (driver) == dialog);
  assert_contrast (driver, where, n_least);
  adw_dialog_force_close (dialog);
  ui_wait (ui_get_dialog (driver) == NULL);
}

/* A row of each colour, and two whose results are old. */
static void
fill (UiDriver *driver)
{
  ui_sample_keep (driver, "Fabrikam", "api-na.myconnectwise.net", "fab+k1", PSA_CAUSE_KEYS_REJECTED,
                  3);
  ui_sample_keep (driver, "Adatum", "cw.adatum.com", "adt+k1", PSA_CAUSE_CERTIFICATE_UNTRUSTED, 64);
  ui_sample_keep (driver, "Tailspin", "api-eu.myconnectwise.net", "tsp+k1", PSA_CAUSE_OK,
                  5 * 24 * 60);
  ui_sample_keep (driver, "Wingtip", "api-au.myconnectwise.net", "wt+k1", PSA_CAUSE_TIMED_OUT,
                  5 * 24 * 60);
  ui_sample_keep (driver, "Litware", "api-na.myconnectwise.net", "lit+k1", PSA_CAUSE_NEVER_CHECKED,
                  0);
  ui_sample_keep (driver, "Contoso", "api-na.myconnectwise.net", "con+k1", PSA_CAUSE_OK, 2);
}

static PsaProfile *
find (UiDriver *driver, const char *name)
{
  GListModel *store = G_LIST_MODEL (ui_get_store (driver));

  for (guint i = 0; i < g_list_model_get_n_items (store); i++)
    {
      g_autoptr(PsaProfile) profile = g_list_model_get_item (store, i);

      if (g_str_equal (psa_profile_get_name (profile), name))
        return profile; /* the store holds it */
    }
  g_error ("There is no “%s”", name);
}

static void
assert_pages (UiDriver *driver)
{
  const char *const names[] = { "Contoso", "Adatum", "Tailspin" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      ui_select (driver, find (driver, names[i]));
      assert_contrast (driver, names[i], 30);
    }
}

static void
assert_form (UiDriver *driver)
{
  AdwDialog *form = ui_form_add (driver);

  ui_form_type (form, "Hostname", "na.myconnectwise.net");
  ui_form_type (form, "API Version", "2099.1");
  ui_form_type (form, "Username", "contoso");
  ui_form_press (form, "Connect");
  assert_contrast (driver, "form", 20);
  adw_dialog_force_close (form);
  ui_wait (ui_get_dialog (driver) == NULL);
}

static void
assert_all (UiDriver *driver, gboolean is_full)
{
  static const char rows[] =
      "name,hostname,username\nFabrikam,cw.fabrikam.com,fab+key\nx,http:///,\n";
  g_autoptr(GBytes) table = g_bytes_new_static (rows, strlen (rows));
  g_autoptr(PsaConnectionFields) fields =
      g_object_ref_sink (g_object_new (PSA_TYPE_CONNECTION_FIELDS, NULL));
  PsaKeeper *keeper = psa_monitor_get_keeper (ui_get_monitor (driver));

  assert_pages (driver);
  assert_form (driver);
  assert_dialog (driver, ui_sample_import_dialog (driver, table), "import", 6);
  if (!is_full)
    return;
  assert_dialog (driver, psa_preferences_dialog_new (), "preferences", 6);
  assert_dialog (driver, psa_integrations_dialog_new (keeper), "integrations", 4);
  assert_dialog (driver,
                 psa_paste_dialog_new (psa_paste_new ("contoso+k1234567:" UI_PASSWORD), fields),
                 "paste", 5);
  assert_dialog (driver, psa_shortcuts_dialog_new (), "shortcuts", 20);
}

/* High contrast is a setting of the desktop; here it is kept in memory. */
static void
test_every_look (void)
{
  g_autoptr(GSettings) desktop = g_settings_new ("org.gnome.desktop.a11y.interface");
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autoptr(UiDriver) driver = ui_open ();

  gtk_window_set_default_size (GTK_WINDOW (driver->window), 900, 800);
  fill (driver);
  for (guint look = 0; look < 4; look++)
    {
      g_settings_set_boolean (desktop, "high-contrast", look >= 2);
      adw_style_manager_set_color_scheme (style, look % 2 ? ADW_COLOR_SCHEME_FORCE_DARK
                                                          : ADW_COLOR_SCHEME_FORCE_LIGHT);
      ui_wait (adw_style_manager_get_high_contrast (style) == (look >= 2));
      g_test_message ("%s%s", look % 2 ? "dark" : "light", look >= 2 ? ", high contrast" : "");
      assert_all (driver, look < 2);
    }
  g_settings_reset (desktop, "high-contrast");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
}

void
add_contrast_tests (void)
{
  g_test_add_func ("/contrast/every-look", test_every_look);
}
