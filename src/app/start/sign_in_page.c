/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/sign_in_page.h"

struct _JzSignInPage {
  AdwBin parent_instance;

  GtkLabel *bureau;
  GtkEditable *user;
  GtkEditable *password;
  GtkLabel *problem;

  JzOfficeClient *client;
};

G_DEFINE_FINAL_TYPE (JzSignInPage, jz_sign_in_page, ADW_TYPE_BIN)

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzSignInPage) self = data;
  g_autoptr (GError) error = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.do", TRUE);
  gtk_editable_set_text (self->password, "");
  if (jz_office_client_sign_in_finish (JZ_OFFICE_CLIENT (source), result, &error))
    return;
  gtk_label_set_label (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
sign_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzSignInPage *self = JZ_SIGN_IN_PAGE (widget);

  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_action_set_enabled (widget, "sign-in.do", FALSE);
  jz_office_client_sign_in_async (self->client, gtk_editable_get_text (self->user),
                                  gtk_editable_get_text (self->password), NULL, on_signed_in,
                                  g_object_ref (self));
}

static void
on_entered (JzSignInPage *self)
{
  if (gtk_editable_get_text (self->password)[0] == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "sign-in.do", NULL);
}

static void
jz_sign_in_page_dispose (GObject *object)
{
  JzSignInPage *self = JZ_SIGN_IN_PAGE (object);

  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_SIGN_IN_PAGE);
  G_OBJECT_CLASS (jz_sign_in_page_parent_class)->dispose (object);
}

static gboolean
jz_sign_in_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (JZ_SIGN_IN_PAGE (widget)->user));
}

static void
jz_sign_in_page_class_init (JzSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_sign_in_page_dispose;
  widget_class->grab_focus = jz_sign_in_page_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/sign_in_page.ui");
  gtk_widget_class_bind_template_child (widget_class, JzSignInPage, bureau);
  gtk_widget_class_bind_template_child (widget_class, JzSignInPage, user);
  gtk_widget_class_bind_template_child (widget_class, JzSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, JzSignInPage, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
  gtk_widget_class_install_action (widget_class, "sign-in.do", NULL, sign_in);
}

static void
jz_sign_in_page_init (JzSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jz_sign_in_page_new:
 * @client: the office
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
jz_sign_in_page_new (JzOfficeClient *client)
{
  JzSignInPage *self = g_object_new (JZ_TYPE_SIGN_IN_PAGE, NULL);

  self->client = g_object_ref (client);
  gtk_label_set_label (self->bureau, jz_office_client_get_bureau (client));
  return GTK_WIDGET (self);
}
