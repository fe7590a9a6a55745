# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# To be sourced: decides where a command runs, and prepares that place.
#
#   . tests/place/place.sh
#   psa_place_find build session || exit     the groups of "packages" that are needed
#   psa_enter COMMAND…
#
# psa_kind    system (its own packages), root (a Debian 13 root in namespaces of its own), chroot (the same root
#             where nothing may be mounted)
# psa_root    the folder of that root
# psa_key     stands for what was found: whatever is built there belongs to it
# psa_cache   the cache folder, psa_checkout the checkout, psa_place the folder of this file

psa_place=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
psa_checkout=${psa_place%/tests/place}
# shellcheck source=tests/place/say.sh
. "$psa_place/say.sh"
# shellcheck source=tests/place/probe.sh
. "$psa_place/probe.sh"
# shellcheck source=tests/place/supervise.sh
. "$psa_place/supervise.sh"
# shellcheck source=tests/place/enter.sh
. "$psa_place/enter.sh"

# The tools of set-up itself, which a bare PATH may not lead to.
for psa_folder in /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin; do
  [[ :$PATH: == *:$psa_folder:* ]] || PATH=$PATH:$psa_folder
done

psa_cache_folder() {
  local psa_home=${HOME-}
  [[ -n $psa_home ]] || psa_home=~
  psa_cache=${PSA_PLACE_CACHE:-${XDG_CACHE_HOME:-$psa_home/.cache}/psa-connections}
  if ! mkdir -p "$psa_cache" 2>/dev/null || [[ ! -w $psa_cache ]]; then
    psa_fail "cannot write to the cache folder $psa_cache; make it writable or name another by XDG_CACHE_HOME."
    return 1
  fi
  psa_cache=$(cd "$psa_cache" && pwd -P)
}

# Whether namespaces can be made in which something may be mounted.
psa_can_mount() {
  # shellcheck disable=SC2016 # $1 is for the inner shell
  unshare --mount --pid --ipc --fork --kill-child --propagation private sh -c \
    'mount -t tmpfs tmpfs "$1" && mkdir "$1/proc" && mount -t proc proc "$1/proc"' \
    sh "$psa_cache" >/dev/null 2>&1
}

psa_use_system() {
  psa_kind=system
  psa_root=
  psa_key=${PSA_PLACE_KEY:-system-$({
    cat /etc/os-release
    uname -m
  } 2>/dev/null | sha256sum | cut -c 1-12)}
}

psa_use_root() {
  psa_key=root-$1
  psa_root=$psa_cache/$psa_key
  if psa_can_mount; then
    psa_kind=root
    return
  fi
  psa_kind=chroot
  psa_say "Nothing may be mounted here: a plain chroot is used, without any sandbox and without /proc."
}

# What Debian's own packages could bring: whether the newest GTK that apt knows is new enough.
psa_apt_is_new_enough() {
  local psa_candidate
  psa_candidate=$(LC_ALL=C apt-cache policy libgtk-4-dev 2>/dev/null |
    sed -n 's/^ *Candidate: *\([0-9.]*\).*/\1/p')
  [[ -n $psa_candidate ]] && psa_version_reaches "$psa_candidate" 4.18
}

psa_apt_install() {
  local psa_log=$psa_cache/packages.log
  psa_say "Installing what this system lacks: $* …"
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "$@"; } </dev/null >"$psa_log" 2>&1; then
    psa_fail "apt-get could not install them ($psa_log says why); mend that and try again: apt-get install $*"
  fi
}

# psa_place_find GROUP…
# Sets the variables above. One line says what cannot be done.
psa_place_find() {
  local psa_hash
  local -a psa_lacks
  psa_cache_folder || return

  read -ra psa_lacks <<<"$(psa_missing 1 "$@" | paste -sd ' ')"
  if ((${#psa_lacks[@]} == 0)); then
    psa_use_system
    return
  fi

  psa_hash=$("$psa_place/root.sh" --hash)
  if ((EUID == 0)) && [[ -d $psa_cache/root-$psa_hash ]]; then
    psa_use_root "$psa_hash"
  elif ! command -v apt-get >/dev/null; then
    read -ra psa_lacks <<<"$(psa_missing 2 "$@" | paste -sd ' ')"
    if command -v dnf >/dev/null; then
      psa_fail "this system lacks, or has too old: ${psa_lacks[*]}. Mend it by: sudo dnf install ${psa_lacks[*]}"
    else
      psa_fail "this system lacks, or has too old: ${psa_lacks[*]}. Install them; apt, which could make a Debian 13 root instead, is not here."
    fi
  elif psa_apt_is_new_enough; then
    if ((EUID != 0)); then
      psa_fail "this system lacks: ${psa_lacks[*]}. Mend it by: sudo apt-get install ${psa_lacks[*]}"
    else
      psa_apt_install "${psa_lacks[@]}" && psa_use_system
    fi
  elif ((EUID != 0)); then
    psa_fail "this system's packages are too old (GTK 4.18 is needed) and a Debian 13 root can be made by root alone; run this as root, or on Debian 13, Fedora 42, Ubuntu 25.04 or newer."
  else
    psa_supervise "$psa_place/root.sh" "$psa_cache" </dev/null && psa_use_root "$psa_hash"
  fi
}
