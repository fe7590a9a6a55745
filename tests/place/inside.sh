# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# inside.sh ROOT CWD CHECKOUT CACHE KEEP-DISPLAY COMMAND…
# The first process of the namespaces that enter.sh makes: mounts what belongs there and changes into ROOT.
# The folders of the machine that are not the system's own (/home, /root, /tmp …) are the same inside, so that whatever
# path the caller names is what the caller means. /usr, /etc, /var, /run and /proc are the root's.
set -u
psa_root=$1 psa_cwd=$2 psa_checkout=$3 psa_cache=$4 psa_keep_display=$5
shift 5

psa_place=$(cd "$(dirname "$0")" && pwd -P)
# shellcheck source=tests/place/say.sh
. "$psa_place/say.sh"
# shellcheck source=tests/place/supervise.sh
. "$psa_place/supervise.sh"

psa_bind() {
  [[ -d $psa_root$1 ]] || mkdir -p "$psa_root$1" || return
  mount --rbind "$1" "$psa_root$1"
}

# Binds a folder unless it is there already, with one of those above it.
psa_bind_unless_there() {
  [[ $1 -ef $psa_root$1 ]] || psa_bind "$1"
}

psa_bind_file() {
  [[ -e $1 ]] || return 0
  mount --bind "$(readlink -f "$1")" "$psa_root$1"
}

psa_mount_all() {
  local psa_folder
  mount --bind "$psa_root" "$psa_root" || return
  mkdir -p "$psa_root/.old" || return
  mount -t proc proc "$psa_root/proc" || return
  mount --rbind /sys "$psa_root/sys" || return
  mount --rbind /dev "$psa_root/dev" || return
  mount -t tmpfs -o mode=755 tmpfs "$psa_root/run" || return
  mkdir -p "$psa_root/run/lock" "$psa_root/run/user" || return
  mkdir -m 700 "$psa_root/run/psa" || return
  for psa_folder in /*; do
    [[ -d $psa_folder && ! -L $psa_folder ]] || continue
    case $psa_folder in
      /bin | /boot | /dev | /etc | /lib* | /lost+found | /proc | /run | /sbin | /sys | /usr | /var) ;;
      *) psa_bind "$psa_folder" || return ;;
    esac
  done
  for psa_folder in /var/tmp "$psa_cache" "$psa_checkout"; do
    psa_bind_unless_there "$psa_folder" || return
  done
  if [[ -n $psa_keep_display ]]; then
    if [[ -d ${XDG_RUNTIME_DIR-} ]]; then
      psa_bind_unless_there "$XDG_RUNTIME_DIR" || return
    fi
  else
    # The sockets of virtual displays stay in here, and those of the machine stay out.
    [[ -d $psa_root/tmp/.X11-unix ]] || mkdir -m 1777 "$psa_root/tmp/.X11-unix" || return
    mount -t tmpfs -o mode=1777 tmpfs "$psa_root/tmp/.X11-unix" || return
  fi
  psa_bind_file /etc/resolv.conf && psa_bind_file /etc/hosts
}

if ! psa_words=$(psa_mount_all 2>&1) || ! cd "$psa_root" || ! pivot_root . .old || ! umount -l /.old; then
  psa_fail "cannot enter $psa_root (${psa_words##*$'\n'}); remove that folder and try again."
  exit 1
fi
cd "$psa_cwd" 2>/dev/null || cd "$psa_checkout" || exit

# The root's own programs before those that the caller's PATH names in folders of the machine.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH
# Where a session keeps its sockets and its home: gone with these namespaces.
export PSA_PLACE_RUN=/run/psa
psa_supervise "$@"
