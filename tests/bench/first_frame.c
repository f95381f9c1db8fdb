/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <X11/Xlib.h>
#include <X11/Xutil.h>

/* first_frame RUNS COMMAND…: milliseconds from starting a program until the first window of some
 * size shows more than one colour, a line for each run. For `./dev bench`. */

#define LEAST_SIZE 200
#define PATIENCE_MS 60000

static double
get_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* A window that goes away while it is looked at is no failure. */
static int
ignore_error (Display *display, XErrorEvent *event)
{
  return 0;
}

static int
has_picture (Display *display, Window window)
{
  XWindowAttributes look;
  XImage *image;
  unsigned long first;
  int is_painted = 0;

  if (!XGetWindowAttributes (display, window, &look) || look.map_state != IsViewable ||
      look.width < LEAST_SIZE || look.height < LEAST_SIZE)
    return 0;
  image = XGetImage (display, window, 0, 0, (unsigned)look.width, LEAST_SIZE, AllPlanes, ZPixmap);
  if (image == NULL)
    return 0;
  first = XGetPixel (image, look.width / 2, LEAST_SIZE / 2);
  for (int y = 0; y < LEAST_SIZE && !is_painted; y += 4)
    for (int x = 0; x < look.width; x += 4)
      is_painted |= XGetPixel (image, x, y) != first;
  XDestroyImage (image);
  return is_painted;
}

static int
is_shown (Display *display)
{
  Window root, parent, *windows = NULL;
  unsigned n_windows = 0;
  int is_painted = 0;

  if (!XQueryTree (display, DefaultRootWindow (display), &root, &parent, &windows, &n_windows))
    return 0;
  for (unsigned i = 0; i < n_windows; i++)
    is_painted |= has_picture (display, windows[i]);
  if (windows != NULL)
    XFree (windows);
  return is_painted;
}

static pid_t
start (char **command)
{
  pid_t child = fork ();

  if (child != 0)
    return child;
  setpgid (0, 0);
  if (freopen ("/dev/null", "w", stderr) != NULL && freopen ("/dev/null", "w", stdout) != NULL)
    execvp (command[0], command);
  _exit (127);
}

int
main (int argc, char **argv)
{
  Display *display = XOpenDisplay (NULL);

  if (argc < 3 || display == NULL)
    return 1;
  XSetErrorHandler (ignore_error);
  for (int run = atoi (argv[1]); run > 0; run--) {
    double begin = get_ms ();
    pid_t child = start (argv + 2);
    while (!is_shown (display) && get_ms () - begin < PATIENCE_MS)
      usleep (2000);
    printf ("%.0f\n", get_ms () - begin);
    kill (-child, SIGTERM);
    usleep (300000);
    kill (-child, SIGKILL);
    waitpid (child, NULL, 0);
    while (is_shown (display))
      usleep (20000);
  }
  XCloseDisplay (display);
  return 0;
}
