/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-connect"

#include "own-network.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/ipv6.h>
#include <net/if.h>
#include <net/route.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

/* A network that a test may break: a namespace of the kernel's, with a loopback device and nothing else, and
 * with it one of mounts, so that names are looked up where the test says. Nobody else sees any of it. */

static gboolean
fail (char **why, const char *what)
{
  *why =
      g_strdup_printf ("no network of its own can be had here: %s: %s", what, g_strerror (errno));
  return FALSE;
}

static gboolean
write_proc (const char *path, const char *text)
{
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  gboolean is_written = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);

  return is_written;
}

/* Who is not root is so in a namespace of users, over nothing but his own. */
static gboolean
become_root (char **why)
{
  g_autofree char *uid_map = g_strdup_printf ("0 %u 1", (guint) getuid ());
  g_autofree char *gid_map = g_strdup_printf ("0 %u 1", (guint) getgid ());

  if (unshare (CLONE_NEWUSER) != 0)
    return fail (why, "unshare");
  if (!write_proc ("/proc/self/setgroups", "deny") || !write_proc ("/proc/self/uid_map", uid_map) ||
      !write_proc ("/proc/self/gid_map", gid_map))
    return fail (why, "uid_map");

  return TRUE;
}

/* With loopback addresses alone the C library looks no name up that a program asks for as GLib does, with
 * AI_ADDRCONFIG. These two are of the ranges for examples. */
static void
add_addresses (void)
{
  struct ifreq four = { .ifr_name = "lo:1" };
  struct sockaddr_in *address = (struct sockaddr_in *) (gpointer) &four.ifr_addr;
  struct in6_ifreq six = { .ifr6_prefixlen = 128, .ifr6_ifindex = (int) if_nametoindex ("lo") };
  int fd4 = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  int fd6 = socket (AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd4, >=, 0);
  g_assert_cmpint (fd6, >=, 0);
  address->sin_family = AF_INET;
  g_assert_cmpint (inet_pton (AF_INET, "192.0.2.1", &address->sin_addr), ==, 1);
  g_assert_cmpint (inet_pton (AF_INET6, "2001:db8:ffff::1", &six.ifr6_addr), ==, 1);
  g_assert_cmpint (ioctl (fd4, SIOCSIFADDR, &four), ==, 0);
  g_assert_cmpint (ioctl (fd6, SIOCSIFADDR, &six), ==, 0);
  close (fd4);
  close (fd6);
}

/**
 * own_network_enter:
 * @why: (out): the reason, where there is none to be had
 *
 * Moves this process, and what it starts from now on, into a network of its own. To be called before there
 * is any thread.
 *
 * Returns: whether it is there
 */
gboolean
own_network_enter (char **why)
{
  if (geteuid () != 0 && !become_root (why))
    return FALSE;
  if (unshare (CLONE_NEWNET | CLONE_NEWNS) != 0)
    return fail (why, "unshare");
  if (mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    return fail (why, "mount");
  own_network_set_up (TRUE);
  add_addresses ();

  return TRUE;
}

/**
 * own_network_set_up:
 * @is_up: whether there is a network, loopback as it is
 *
 * Pulls the cable, or puts it back in.
 */
void
own_network_set_up (gboolean is_up)
{
  struct ifreq request = { .ifr_name = "lo" };
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ioctl (fd, SIOCGIFFLAGS, &request), ==, 0);
  if (is_up)
    request.ifr_flags = (short) (request.ifr_flags | IFF_UP);
  else
    request.ifr_flags = (short) (request.ifr_flags & ~IFF_UP);
  g_assert_cmpint (ioctl (fd, SIOCSIFFLAGS, &request), ==, 0);
  close (fd);
}

/**
 * own_network_swallow:
 * @prefix: an IPv6 network of 32 bits, such as "2001:db8::"
 *
 * Has every packet to there vanish, as a firewall does that says nothing.
 */
void
own_network_swallow (const char *prefix)
{
  struct in6_rtmsg route = {
    .rtmsg_dst_len = 32,
    .rtmsg_metric = 1,
    .rtmsg_flags = RTF_UP,
    .rtmsg_ifindex = (int) if_nametoindex ("lo"),
  };
  int fd = socket (AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (inet_pton (AF_INET6, prefix, &route.rtmsg_dst), ==, 1);
  g_assert_cmpint (ioctl (fd, SIOCADDRT, &route), ==, 0);
  close (fd);
}

/**
 * own_network_put_file:
 * @path: a file that there is
 * @text: what is read there from now on, by this process and what it starts
 */
void
own_network_put_file (const char *path, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *file = NULL;
  int fd = g_file_open_tmp ("own-network-XXXXXX", &file, &error);

  g_assert_no_error (error);
  close (fd);
  g_file_set_contents (file, text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (file, 0644), ==, 0);
  g_assert_cmpint (mount (file, path, NULL, MS_BIND, NULL), ==, 0);
  g_assert_cmpint (g_unlink (file), ==, 0);
}
