# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# shellcheck disable=SC2154 # the variables are place.sh's
#
# To be sourced by place.sh: runs a command in the place that was found. Environment, arguments, standard input, working
# folder and exit status are the caller's; all that the command leaves running ends with it.

# psa_enter [--keep-display] COMMAND…
# With --keep-display the caller's own display and runtime folder are reachable inside.
psa_enter() {
  psa_keep_display=
  if [[ $1 == --keep-display ]]; then
    psa_keep_display=yes
    shift
  fi
  export PSA_PLACE_CACHE=$psa_cache PSA_PLACE_KEY=$psa_key
  case $psa_kind in
    system) psa_enter_system "$@" ;;
    root) psa_enter_root "$@" ;;
    chroot) psa_enter_chroot "$@" ;;
  esac
}

# Ends whatever bears the mark of this run. Where there is no namespace nothing else can find it.
psa_end_marked() {
  local psa_environ
  # shellcheck disable=SC2013 # there is no blank in these names
  for psa_environ in $(grep -lzsxF "PSA_PLACE_MARK=$PSA_PLACE_MARK" /proc/[0-9]*/environ); do
    psa_environ=${psa_environ#/proc/}
    kill -KILL "${psa_environ%/environ}" 2>/dev/null
  done
  return 0
}

# Our own environ is what it was when we were started, so that the mark put in now is not on us.
psa_mark() {
  PSA_PLACE_MARK=$$-$(od -An -N8 -tx8 /dev/urandom | tr -d ' ')
  export PSA_PLACE_MARK
}

psa_enter_system() {
  local psa_status=0
  psa_mark
  psa_supervise "$@" || psa_status=$?
  psa_end_marked
  return "$psa_status"
}

psa_enter_root() {
  local psa_status=0
  # Nobody removes a root while somebody is inside.
  exec {psa_use}>"$psa_root.use"
  flock --shared "$psa_use"
  psa_supervise --through unshare --mount --pid --ipc --fork --kill-child --propagation private \
    bash "$psa_place/inside.sh" "$psa_root" "$PWD" "$psa_checkout" "$psa_cache" "$psa_keep_display" "$@" ||
    psa_status=$?
  exec {psa_use}>&-
  return "$psa_status"
}

# Makes the copy of the checkout inside the root equal to the checkout.
psa_copy_in() {
  local psa_list=$psa_cache/work/list.$$
  mkdir -p "$psa_root$psa_checkout" "$psa_root$psa_cache/work" "$psa_cache/work" || return
  (cd "$psa_checkout" && find . -print0 | LC_ALL=C sort -z) >"$psa_list" || return
  (cd "$psa_root$psa_checkout" && find . -print0 | LC_ALL=C sort -z |
    LC_ALL=C comm -z -13 "$psa_list" - | xargs -0 --no-run-if-empty rm -rf --)
  rm -f "$psa_list"
  cp -a "$psa_checkout/." "$psa_root$psa_checkout/" &&
    cp -L /etc/resolv.conf /etc/hosts "$psa_root/etc/"
}

psa_enter_chroot() {
  local psa_status=0
  if ! psa_copy_in >&2; then
    psa_fail "the checkout could not be copied into $psa_root; see to the room on the disk."
    return 1
  fi
  psa_mark
  # shellcheck disable=SC2016 # the variables are the inner shell's
  psa_supervise chroot "$psa_root" bash -c '
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH
    cd "$1" 2>/dev/null || cd "$2" || exit
    shift 2
    exec "$@"' bash "$PWD" "$psa_checkout" "$@" || psa_status=$?
  psa_end_marked
  # What the command wrote comes back.
  cp -au "$psa_root$psa_checkout/." "$psa_checkout/"
  return "$psa_status"
}
