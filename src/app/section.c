/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/section.h"

#include "app/focus.h"

typedef struct {
  JzOfficeClient *client;
  gboolean is_stale;
} JzSectionPrivate;

enum {
  PROP_CLIENT = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (JzSection, jz_section, ADW_TYPE_BIN)

static void
refresh_if_seen (JzSection *self)
{
  JzSectionPrivate *priv = jz_section_get_instance_private (self);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  priv->is_stale = FALSE;
  if (JZ_SECTION_GET_CLASS (self)->refresh != NULL)
    JZ_SECTION_GET_CLASS (self)->refresh (self);
}

static void
on_client_changed (JzSection *self)
{
  JzSectionPrivate *priv = jz_section_get_instance_private (self);

  priv->is_stale = TRUE;
  refresh_if_seen (self);
}

static void
jz_section_map (GtkWidget *widget)
{
  JzSectionPrivate *priv = jz_section_get_instance_private (JZ_SECTION (widget));

  GTK_WIDGET_CLASS (jz_section_parent_class)->map (widget);
  if (priv->is_stale)
    refresh_if_seen (JZ_SECTION (widget));
}

static void
jz_section_dispose (GObject *object)
{
  JzSectionPrivate *priv = jz_section_get_instance_private (JZ_SECTION (object));

  g_clear_object (&priv->client);
  G_OBJECT_CLASS (jz_section_parent_class)->dispose (object);
}

static void
jz_section_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CLIENT)
    g_value_set_object (value, jz_section_get_client (JZ_SECTION (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
jz_section_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CLIENT)
    jz_section_set_client (JZ_SECTION (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
jz_section_class_init (JzSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jz_section_dispose;
  object_class->get_property = jz_section_get_property;
  object_class->set_property = jz_section_set_property;
  GTK_WIDGET_CLASS (klass)->focus = jz_focus_through;
  GTK_WIDGET_CLASS (klass)->map = jz_section_map;
  properties[PROP_CLIENT] =
    g_param_spec_object ("client", NULL, NULL, JZ_TYPE_OFFICE_CLIENT,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
jz_section_init (JzSection *self)
{
  JzSectionPrivate *priv = jz_section_get_instance_private (self);
  priv->is_stale = TRUE;
}

/**
 * jz_section_get_client:
 * @self: a section
 *
 * Returns: (transfer none) (nullable): the office it shows
 */
JzOfficeClient *
jz_section_get_client (JzSection *self)
{
  JzSectionPrivate *priv = jz_section_get_instance_private (self);
  return priv->client;
}

/**
 * jz_section_set_client:
 * @self: a section
 * @client: (nullable): the office it shows
 *
 * Subclasses listen to `notify::client`.
 */
void
jz_section_set_client (JzSection *self, JzOfficeClient *client)
{
  JzSectionPrivate *priv = jz_section_get_instance_private (self);

  if (priv->client == client)
    return;
  if (priv->client != NULL)
    g_signal_handlers_disconnect_by_func (priv->client, on_client_changed, self);
  g_set_object (&priv->client, client);
  if (client != NULL)
    g_signal_connect_object (client, "changed", G_CALLBACK (on_client_changed), self,
                             G_CONNECT_SWAPPED);
  priv->is_stale = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLIENT]);
}

/**
 * jz_section_go:
 * @self: a section
 * @path: (array zero-terminated=1): the rest of a place
 */
void
jz_section_go (JzSection *self, const char *const *path)
{
  if (JZ_SECTION_GET_CLASS (self)->go != NULL)
    JZ_SECTION_GET_CLASS (self)->go (self, path);
}

/**
 * jz_section_leave:
 * @self: a section
 *
 * The window goes elsewhere, or closes.
 */
void
jz_section_leave (JzSection *self)
{
  if (JZ_SECTION_GET_CLASS (self)->leave != NULL)
    JZ_SECTION_GET_CLASS (self)->leave (self);
}
