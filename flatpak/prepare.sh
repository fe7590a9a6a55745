# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# To be sourced where Flatpak's tools are: brings the GNOME runtime, the program as a Flatpak and, for the
# demo, the practice tenants. All that it has to say goes to standard error.

flatpak_checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
flatpak_id=io.github.psaconnections.PsaConnections
flatpak_manifest=$flatpak_checkout/flatpak/$flatpak_id.json
flatpak_runtime_version=50
# To be raised when what is done below makes another stand-in of the same root.
flatpak_stand_in_recipe=3
flatpak_stand_in_space=1500 # MB
flatpak_remote=https://dl.flathub.org/repo/flathub.flatpakrepo

flatpak_say() {
  printf '%s\n' "$*" >&2
}

flatpak_die() {
  printf 'flatpak/run: %s\n' "$*" >&2
  exit 1
}

# Runs a command, its output into LOG; shows the end of LOG if it fails.
flatpak_logged() {
  local log=$1
  shift
  if ! "$@" >>"$log" 2>&1; then
    tail -n 25 "$log" >&2
    return 1
  fi
}

# Removes the folder of a session. What the session started is on its way out and may write once more.
flatpak_remove_session() {
  local try
  for try in {1..40}; do
    if rm -rf "$1" 2>/dev/null && [[ ! -e $1 ]]; then
      # Gone; unless it comes back at once it stays so.
      ((try > 1)) && [[ ! -e $1 ]] && return 0
    fi
    sleep 0.1
  done
  rm -rf "$1"
}

# Whether a sandbox can be made here at all.
flatpak_can_sandbox() {
  command -v bwrap >/dev/null &&
    bwrap --ro-bind / / --unshare-pid --proc /proc --dev /dev true 2>/dev/null
}

# Whether the real runtime is installed; a stand-in says of itself what it is.
flatpak_has_runtime() {
  local name metadata
  for name in org.gnome.Platform org.gnome.Sdk; do
    metadata=$(flatpak info --show-metadata "$name//$flatpak_runtime_version" 2>/dev/null) || return 1
    [[ $metadata != *"[X-Stand-In]"* ]] || return 1
  done
}

# Whether the runtime is here, or its remote answers within a few seconds.
flatpak_finds_runtime() {
  flatpak_has_runtime && return 0
  if ! flatpak remotes --columns=name | grep -qx flathub; then
    timeout 10 flatpak --user remote-add --if-not-exists flathub "$flatpak_remote" 2>/dev/null ||
      return 1
  fi
  timeout 20 flatpak remote-info flathub "org.gnome.Platform//$flatpak_runtime_version" \
    >/dev/null 2>&1
}

# The runtime from its remote, which was found.
flatpak_real_runtime() {
  if flatpak_has_runtime; then
    flatpak_say "GNOME runtime $flatpak_runtime_version: the real one, which is installed."
    return 0
  fi
  flatpak_say "GNOME runtime $flatpak_runtime_version: the real one, from Flathub; a download of about 1 GB …"
  flatpak --user install -y --noninteractive flathub \
    "org.gnome.Platform//$flatpak_runtime_version" "org.gnome.Sdk//$flatpak_runtime_version" >&2
}

# Waits for whoever else works in FOLDER. The turn ends with the descriptor flatpak_turn.
flatpak_take_turn() {
  mkdir -p "$1"
  exec {flatpak_turn}>"$1/lock"
  if ! flock --nonblock "$flatpak_turn"; then
    flatpak_say "Another run is preparing the Flatpak; waiting for it …"
    flock "$flatpak_turn"
  fi
}

flatpak_end_turn() {
  exec {flatpak_turn}>&-
}

# A runtime of the same name and branch, made of the Debian root that this runs in. FOLDER lies in the root
# itself, since files are shared with it by hard links, and holds an installation of its own.
flatpak_stand_in() {
  local folder=$1 log=$2 free
  if [[ $(cat "$folder/whole" 2>/dev/null) == "$flatpak_stand_in_recipe" ]]; then
    flatpak_say "GNOME runtime $flatpak_runtime_version: the stand-in made of Debian's packages, since the real one is out of reach."
    return 0
  fi
  free=$(df -Pm "$folder" | awk 'NR == 2 { print $4 }')
  if ((free < flatpak_stand_in_space)); then
    flatpak_say "Not enough room for the stand-in runtime: $free MB are free in $folder, $flatpak_stand_in_space MB are needed."
    return 1
  fi
  flatpak_say "GNOME runtime $flatpak_runtime_version: the real one is out of reach; making a stand-in of Debian's packages, half a minute …"
  # In a shell of its own, so that the first thing that fails ends it, whoever calls this and how.
  if ! FLATPAK_USER_DIR=$folder/installation bash -c 'set -euo pipefail; source "$1"; flatpak_make_stand_in "$2"' \
    bash "${BASH_SOURCE[0]}" "$folder" >>"$log" 2>&1; then
    tail -n 5 "$log" >&2
    flatpak_say "The stand-in runtime could not be made ($log says why); nothing of it was kept, the next try begins anew."
    return 1
  fi
}

# Takes out of a copy of /usr what nobody needs to build and run the program: a third of it.
flatpak_trim() {
  (
    cd "$1" || exit
    find share/locale -mindepth 1 -maxdepth 1 \
      ! -name de ! -name fr ! -name es ! -name nl ! -name ar ! -name locale.alias -exec rm -rf {} +
    find lib -name '*.a' -size +1M ! -path 'lib/gcc/*' -delete
    rm -rf lib/debug lib/*/libclang-cpp.so* share/gir-1.0 share/mmdebstrap
    rm -f bin/shellcheck bin/*lto-dump* bin/gdb libexec/gcc/*/*/cc1plus libexec/gcc/*/*/lto1
  )
}

flatpak_make_stand_in() {
  local folder=$1 arch name tree=$1/tree
  local -a all=("$tree" "$folder/repo" "$FLATPAK_USER_DIR" "$folder/whole")
  arch=$(flatpak --default-arch)
  rm -rf "${all[@]}" "$folder"/checkout-*
  # shellcheck disable=SC2064 # the names are meant to be put in now
  trap "rm -rf $(printf '%q ' "${all[@]}")" EXIT
  mkdir -p "$tree/files" "$tree/var"
  cp -al /usr "$tree/usr"
  flatpak_trim "$tree/usr"
  cp -a /etc "$tree/usr/etc"
  # The sandbox brings its own names; the address of a mirror stays where it is.
  rm -rf "$tree/usr/etc/apt" "$tree/usr/etc/resolv.conf" "$tree/usr/etc/hosts"
  # The real runtime's own font, and its first choice for any other, is Inter by another name.
  cat >"$tree/usr/etc/fonts/conf.d/40-adwaita-sans.conf" <<'EOF'
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <alias binding="same"><family>Adwaita Sans</family><prefer><family>Inter</family></prefer></alias>
  <alias binding="same"><family>Sans</family><prefer><family>Inter</family></prefer></alias>
  <alias binding="same"><family>sans-serif</family><prefer><family>Inter</family></prefer></alias>
</fontconfig>
EOF
  ostree --repo="$folder/repo" init --mode=bare-user-only
  for name in org.gnome.Platform org.gnome.Sdk; do
    cat >"$tree/metadata" <<EOF
[Runtime]
name=$name
runtime=org.gnome.Platform/$arch/$flatpak_runtime_version
sdk=org.gnome.Sdk/$arch/$flatpak_runtime_version

[X-Stand-In]
what=Debian's packages under the name of the GNOME runtime, for trying PSA Connections
EOF
    flatpak build-export --runtime --disable-sandbox \
      --subject="Stand-in made of Debian's packages" \
      "$folder/repo" "$tree" "$flatpak_runtime_version"
  done
  rm -rf "$tree"
  flatpak --user remote-add --no-gpg-verify \
    --title="Stand-in for the GNOME runtime, made of Debian's packages" stand-in "file://$folder/repo"
  flatpak --user install -y --noninteractive stand-in \
    "org.gnome.Platform//$flatpak_runtime_version" "org.gnome.Sdk//$flatpak_runtime_version"
  printf '%s\n' "$flatpak_stand_in_recipe" >"$folder/whole"
  trap - EXIT
}

# From now on the runtime is the one installed below FOLDER, and the program goes into an installation of
# this checkout alone, so that two checkouts do not replace each other's. Sets flatpak_mine, its folder.
flatpak_use_own() {
  local other
  flatpak_mine=$1/checkout-$(printf %s "$flatpak_checkout" | sha256sum | cut -c 1-12)
  export FLATPAK_SYSTEM_DIR=$1/installation FLATPAK_USER_DIR=$flatpak_mine/installation
  mkdir -p "$flatpak_mine"
  printf '%s' "$flatpak_checkout" >"$flatpak_mine/checkout"
  for other in "$1"/checkout-*/; do
    [[ -f $other/checkout && -d $(<"$other/checkout") ]] || rm -rf "$other"
  done
}

# A hash over everything that goes into the Flatpak.
flatpak_contents() {
  (
    cd "$flatpak_checkout" || exit
    find COPYING meson.build meson.options src data po flatpak/*.json -type f -print0 |
      sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
  )
}

# Builds the program in FOLDER and installs it, unless what is installed is this checkout already.
flatpak_program() {
  local folder=$1 log=$2 stamp
  stamp=$(flatpak_contents)
  if [[ $(cat "$folder/program" 2>/dev/null) == "$stamp" ]] &&
    flatpak --user info "$flatpak_id" >/dev/null 2>&1; then
    flatpak_say "PSA Connections: installed, and nothing has changed since."
    return 0
  fi
  flatpak_say "PSA Connections: building the Flatpak …"
  rm -f "$folder/program"
  # Without its cache: that of a module holds until its sources change, and there is but one module.
  flatpak_logged "$log" flatpak-builder --user --install --force-clean --disable-rofiles-fuse --disable-cache \
    --state-dir="$folder/state" "$folder/build" "$flatpak_manifest" || return 1
  rm -rf "$folder/build"
  printf '%s\n' "$stamp" >"$folder/program"
  flatpak_say "PSA Connections: built and installed."
}

# Builds psa-practice below FOLDER with the SDK, so that a system too old to build it can have it. The
# command line that starts it is left in the array flatpak_practice_command.
flatpak_practice() {
  local folder=$1/practice log=$2 sdk=org.gnome.Sdk//$flatpak_runtime_version
  local -a run=(flatpak run --share=network "--filesystem=$folder")
  # shellcheck disable=SC2034 # read by flatpak/open
  flatpak_practice_command=("${run[@]}" "--command=$folder/tests/practice/psa-practice" "$sdk")
  # A build folder belongs to the checkout that it was made for.
  [[ $(cat "$folder/checkout" 2>/dev/null) == "$flatpak_checkout" ]] || rm -rf "$folder"
  mkdir -p "$folder/run"
  printf '%s' "$flatpak_checkout" >"$folder/checkout"
  [[ -e $folder/tests/practice/psa-practice ]] || flatpak_say "Practice tenants: building …"
  # Without a bus, or one would be started and stay behind where there is none.
  # shellcheck disable=SC2016 # the inner shell puts its own arguments in
  flatpak_logged "$log" env DBUS_SESSION_BUS_ADDRESS=disabled: XDG_RUNTIME_DIR="$folder/run" "${run[@]}" "--filesystem=$flatpak_checkout:ro" --devel --command=sh "$sdk" -c '
    cd "$1" && { test -e "$2/build.ninja" || meson setup --wrap-mode=nodownload "$2"; } &&
    ninja -C "$2" tests/practice/psa-practice' sh "$flatpak_checkout" "$folder"
}
