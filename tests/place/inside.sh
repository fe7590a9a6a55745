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

# Adds a line to a table in fstab's form, so that one process mounts many: what, where in the root, type, options.
psa_add() {
  printf '%s %s %s %s\n' "${1// /\\040}" "${psa_root// /\\040}${2// /\\040}" "$3" "$4" >>"$psa_root/run/psa/mounts"
}

psa_bind() {
  [[ -d $psa_root$1 ]] || mkdir -p "$psa_root$1" || return
  psa_add "$1" "$1" none rbind
}

# Binds a folder unless it is there already, with one of those above it.
psa_bind_unless_there() {
  [[ $1 -ef $psa_root$1 ]] || psa_bind "$1"
}

psa_bind_file() {
  [[ -e $1 ]] || return 0
  psa_add "$(readlink -f "$1")" "$1" none bind
}

psa_mount_table() {
  mount --all --fstab "$psa_root/run/psa/mounts" && : >"$psa_root/run/psa/mounts"
}

psa_mount_all() {
  local psa_folder
  mkdir -p "$psa_root/.old" && mount --bind "$psa_root" "$psa_root" || return
  mount -t tmpfs -o mode=755 tmpfs "$psa_root/run" || return
  mkdir -p "$psa_root"/run/{lock,user} && mkdir -m 700 "$psa_root/run/psa" || return
  psa_add proc /proc proc defaults
  psa_bind /sys
  psa_bind /dev
  for psa_folder in /* /var/tmp; do
    [[ -d $psa_folder && ! -L $psa_folder ]] || continue
    case $psa_folder in
      /bin | /boot | /dev | /etc | /lib* | /lost+found | /proc | /run | /sbin | /sys | /usr | /var) ;;
      *) psa_bind "$psa_folder" || return ;;
    esac
  done
  psa_mount_table || return

  for psa_folder in "$psa_cache" "$psa_checkout"; do
    psa_bind_unless_there "$psa_folder" || return
  done
  if [[ -n $psa_keep_display ]]; then
    if [[ -d ${XDG_RUNTIME_DIR-} ]]; then
      psa_bind_unless_there "$XDG_RUNTIME_DIR" || return
    fi
  else
    # The sockets of virtual displays stay in here, and those of the machine stay out.
    [[ -d $psa_root/tmp/.X11-unix ]] || mkdir -m 1777 "$psa_root/tmp/.X11-unix" || return
    psa_add tmpfs /tmp/.X11-unix tmpfs mode=1777
  fi
  psa_bind_file /etc/resolv.conf
  psa_bind_file /etc/hosts
  psa_mount_table && rm "$psa_root/run/psa/mounts"
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
