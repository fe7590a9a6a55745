#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# root.sh --hash     prints what stands for the list of packages and the way the root is made
# root.sh CACHE      makes CACHE/root-HASH, a Debian 13 root with every package of the list, unless it is there
#
# It is made under another name and renamed when whole. Whatever way this ends, nothing half-made stays.
# The address of the mirror is the machine's own affair: it is neither said nor kept.
set -uo pipefail

psa_place=$(cd "$(dirname "$0")" && pwd -P)
# shellcheck source=tests/place/say.sh
. "$psa_place/say.sh"
# shellcheck source=tests/place/probe.sh
. "$psa_place/probe.sh"

# To be raised when what is done below gives another root from the same list.
recipe=4
least_space=2500 # MB, the packages while they are unpacked included

hash=$({
  echo "$recipe"
  psa_packages | cut -d ' ' -f 1 | sort -u
} | sha256sum | cut -c 1-12)

if [[ ${1-} == --hash ]]; then
  echo "$hash"
  exit
fi
cache=$1
root=$cache/root-$hash
new=$cache/new-$hash
log=$cache/root.log

# Prints where this machine's apt gets Debian from.
find_mirror() {
  local sources mirror
  # shellcheck disable=SC2016 # it is apt-get that puts the address in
  sources=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null)
  mirror=$(grep -m1 '^[^+]*/debian/$' <<<"$sources")
  # A list of mirrors in a file: its first.
  if [[ -z $mirror ]]; then
    mirror=$(sed -n 's/^mirror+file://p' <<<"$sources" | head -n 1)
    [[ -n $mirror ]] && mirror=$(grep -Eom1 'https?://[^[:blank:]]*/debian/?' "$mirror" 2>/dev/null)
  fi
  echo "${mirror:-http://deb.debian.org/debian/}"
}

# Reads what mmdebstrap says, prints "PART OF WHOLE": fetched, unpacked and set up are a third each. The
# packages come in three goes; until the last has said how many it is, 700 is near enough.
count_packages() {
  local first second third fourth part=0 whole=$((3 * 700)) seen=0 goes=0 set_up=1
  while read -r first second third fourth _; do
    if [[ $fourth == newly ]]; then
      goes=$((goes + 1))
      if ((goes < 3)); then
        seen=$((seen + 3 * third))
      else
        # One in seven is set up, and that takes as long as to fetch and unpack five.
        set_up=10
        whole=$((seen + 2 * third + set_up * third / 7))
      fi
      continue
    fi
    case "$first $second" in
      Get:* | "Unpacking "*) part=$((part + 1)) ;;
      "Setting up") part=$((part + set_up)) ;;
      *) continue ;;
    esac
    ((part <= whole)) || part=$whole
    echo "$part $whole"
  done
}

# Why the log says it failed, in words that say what would mend it.
explain() {
  local free
  free=$(df -Pm "$cache" | awk 'NR == 2 { print $4 }')
  if grep -q 'No space left on device' "$log" || ((free < 100)); then
    psa_fail "the disk is full: $free MB are free in $cache, $least_space MB are needed; make room or name another folder by XDG_CACHE_HOME."
  elif grep -Eq 'Could not (resolve|connect)|Temporary failure|Failed to fetch|Unable to connect|Connection (failed|refused|timed out)|Cannot initiate the connection|Release file' "$log"; then
    psa_fail "Debian's packages cannot be fetched from the mirror that this machine's apt names; see to the network or to apt's sources and try again."
  else
    psa_fail "the Debian 13 root could not be made ($log says why); try again."
  fi
}

# Removes what a run left half-made, with whatever still works on it. Only with the lock held.
clean_up() {
  local group
  if group=$(cat "$new.group" 2>/dev/null) && [[ -n $group ]]; then
    # The shell would say of its own that somebody was killed.
    { kill -KILL -- "-$group" && wait; } 2>/dev/null
    # The last of them must be gone before its folder can be removed.
    timeout 10 tail --pid="$group" -f /dev/null 2>/dev/null
  fi
  rm -rf --one-file-system "$cache"/new-* 2>/dev/null
}

# Waits in the background until this run is over, however it ends, and then cleans up after it.
leave_janitor() {
  # shellcheck disable=SC2016 # the variables are the inner shell's
  setsid --fork bash -c '
    exec 9>"$1/lock" && flock 9 || exit
    if group=$(cat "$2.group"); then
      kill -KILL -- "-$group"
      timeout 10 tail --pid="$group" -f /dev/null
    fi
    rm -rf --one-file-system "$1"/new-*
  ' bash "$cache" "$new" </dev/null >/dev/null 2>&1 9>&-
}

install_mmdebstrap() {
  command -v mmdebstrap >/dev/null && return 0
  psa_say "Installing mmdebstrap …"
  local -a apt=(apt-get install -y -o DPkg::Lock::Timeout=300
    mmdebstrap debian-archive-keyring)
  export DEBIAN_FRONTEND=noninteractive
  "${apt[@]}" </dev/null >"$log" 2>&1 9>&- ||
    { apt-get update && "${apt[@]}"; } </dev/null >>"$log" 2>&1 9>&- || {
    if grep -q 'No space left on device' "$log"; then
      psa_fail "the disk is full: mmdebstrap could not be installed; make room and try again."
    else
      psa_fail "mmdebstrap could not be installed (apt-get's words are in $log); see to the network or to apt's sources and try again."
    fi
  }
}

make_root() {
  local mirror packages setting status
  local -a apart=() options
  mirror=$(find_mirror)
  packages=$(psa_packages | cut -d ' ' -f 1 | sort -u | paste -sd ' ')
  options=(--variant=apt --mode=root --verbose --include=python3 --aptopt='Acquire::Retries "3"'
    --dpkgopt=force-unsafe-io
    --extract-hook="$(printf %q "$psa_place/root-fetch.sh") \"\$1\" $packages"
    --customize-hook="chroot \"\$1\" python3 - $packages <$(printf %q "$psa_place/root-packages.py")")
  while read -r setting; do
    [[ -n $setting ]] && options+=(--aptopt="${setting%;}")
  done <<<"$(apt-config dump 2>/dev/null | grep -Ei '^Acquire::https?::.*Proxy')"
  # What it mounts must not outlive it.
  if unshare --mount --pid --fork --kill-child true 2>/dev/null; then
    apart=(unshare --mount --pid --fork --kill-child)
  fi

  # Sent through a file and not a pipe, so that its own end and status are seen, whatever outlives it.
  : >"$log"
  chmod 600 "$log"
  mkfifo -m 600 "$new.words"
  {
    sed -u "s|${mirror%/}|MIRROR|g" <"$new.words" | tee -a "$log" | count_packages |
      psa_say_progress "Making the Debian 13 root"
  } 9>&- &
  # shellcheck disable=SC2016 # $$ and $1 are for the inner shell
  LC_ALL=C setsid --wait sh -c 'echo $$ >"$1.group"; shift; exec "$@"' sh "$new" \
    ${apart[@]+"${apart[@]}"} mmdebstrap "${options[@]}" trixie "$new" "$mirror" \
    </dev/null >"$new.words" 2>&1 9>&- &
  wait "$!"
  status=$?
  wait
  rm -f "$new.group"
  return "$status"
}

# The few things that every use of the root takes for granted.
finish_root() {
  : >"$new/etc/resolv.conf" && : >"$new/etc/hosts" &&
    rm -f "$new/etc/apt/sources.list" &&
    chroot "$new" dbus-uuidgen --ensure=/etc/machine-id &&
    mkdir -p "$new/.old" "$new/var/lib/dbus" && ln -sf /etc/machine-id "$new/var/lib/dbus/machine-id" &&
    chmod 755 "$new"
}

# Roots of another list, unless somebody is inside.
remove_others() {
  local other
  for other in "$cache"/root-*/; do
    other=${other%/}
    [[ $other == "$root" || ! -d $other ]] && continue
    flock --nonblock "$other.use" rm -rf --one-file-system "$other" && rm -f "$other.use"
  done
}

exec 9>"$cache/lock" || {
  psa_fail "cannot write to $cache; see to the disk's room and to who may write there."
  exit 1
}
if ! flock --nonblock 9; then
  psa_say "Another run is making the Debian 13 root; waiting for it …"
  flock 9
fi
[[ -d $root ]] && exit 0

trap 'clean_up' EXIT
trap 'psa_say; psa_fail "interrupted while the Debian 13 root was being made; nothing of it was kept, the next try begins anew."; exit 130' INT TERM HUP
clean_up
free=$(df -Pm "$cache" | awk 'NR == 2 { print $4 }')
if ((free < ${PSA_PLACE_SPACE:-$least_space})); then
  psa_fail "not enough room: $free MB are free in $cache, $least_space MB are needed; make room or name another folder by XDG_CACHE_HOME."
  exit 1
fi
install_mmdebstrap || exit 1
leave_janitor
psa_say "Making a Debian 13 root with the packages that this system is too old for: 1.6 GB, a few minutes, once …"
make_root || {
  explain
  exit 1
}
if ! { finish_root && mv "$new" "$root"; } >>"$log" 2>&1; then
  explain
  exit 1
fi
remove_others
psa_say "The Debian 13 root is ready: $root"
