# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# To be sourced where Flatpak's tools are: brings the GNOME runtime and the program as a Flatpak.
# Sets FLATPAK_USER_DIR where the installation is one of our own. Speaks on standard error alone.

flatpak_checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
flatpak_id=io.github.psaconnections.PsaConnections
flatpak_manifest=$flatpak_checkout/flatpak/$flatpak_id.json
flatpak_runtime_version=50
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

# Whether a sandbox can be made here at all.
flatpak_can_sandbox() {
  command -v bwrap >/dev/null &&
    bwrap --ro-bind / / --unshare-pid --proc /proc --dev /dev true 2>/dev/null
}

flatpak_has_runtime() {
  flatpak info "$@" "org.gnome.Platform//$flatpak_runtime_version" >/dev/null 2>&1 &&
    flatpak info "$@" "org.gnome.Sdk//$flatpak_runtime_version" >/dev/null 2>&1
}

# The runtime from its remote, into the installation that FLATPAK_USER_DIR names or the user's own.
# Fails where the remote does not answer within a few seconds.
flatpak_real_runtime() {
  local log=$1
  if flatpak_has_runtime; then
    flatpak_say "GNOME runtime $flatpak_runtime_version: the installed one."
    return 0
  fi
  if [[ -z $(flatpak remotes --columns=name | grep -x flathub) ]]; then
    timeout 10 flatpak --user remote-add --if-not-exists flathub "$flatpak_remote" >>"$log" 2>&1 ||
      return 1
  fi
  timeout 20 flatpak remote-info flathub "org.gnome.Platform//$flatpak_runtime_version" \
    >>"$log" 2>&1 || return 1
  flatpak_say "GNOME runtime $flatpak_runtime_version: from Flathub; the first time this is a download of about 1 GB …"
  flatpak --user install -y --noninteractive flathub \
    "org.gnome.Platform//$flatpak_runtime_version" "org.gnome.Sdk//$flatpak_runtime_version" >&2
}

# A runtime of the same name and branch, made of the system that this runs in: the Debian root.
# It is kept beside that system's own files, in FOLDER, for files are shared by hard links.
flatpak_stand_in() {
  local folder=$1 log=$2 arch name tree
  export FLATPAK_USER_DIR=$folder/installation
  if [[ -e $folder/whole ]]; then
    flatpak_say "GNOME runtime $flatpak_runtime_version: the stand-in made of Debian's packages, since the real one's remote is out of reach."
    return 0
  fi

  flatpak_say "GNOME runtime $flatpak_runtime_version: its remote is out of reach. Making a stand-in of Debian's packages, about half a minute …"
  arch=$(flatpak --default-arch)
  tree=$folder/tree
  rm -rf "$folder"
  mkdir -p "$tree/files" "$tree/var"
  cp -al /usr "$tree/usr"
  cp -a /etc "$tree/usr/etc"
  # A build needs no network, and the sandbox brings its own; the address of a mirror stays here.
  rm -rf "$tree/usr/etc/apt" "$tree/usr/etc/resolv.conf"
  # The real runtime's own font is Inter by another name.
  cat >"$tree/usr/etc/fonts/conf.d/40-adwaita-sans.conf" <<'EOF'
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <alias binding="same"><family>Adwaita Sans</family><prefer><family>Inter</family></prefer></alias>
</fontconfig>
EOF
  ostree --repo="$folder/repo" init --mode=bare-user-only
  for name in org.gnome.Platform org.gnome.Sdk; do
    flatpak_say "  $name …"
    cat >"$tree/metadata" <<EOF
[Runtime]
name=$name
runtime=org.gnome.Platform/$arch/$flatpak_runtime_version
sdk=org.gnome.Sdk/$arch/$flatpak_runtime_version

[X-Stand-In]
what=Debian's packages under the name of the GNOME runtime, for trying PSA Connections
EOF
    flatpak_logged "$log" flatpak build-export --runtime --disable-sandbox \
      --subject="Stand-in made of Debian's packages" \
      "$folder/repo" "$tree" "$flatpak_runtime_version" || return 1
  done
  rm -rf "$tree"
  flatpak --user remote-add --no-gpg-verify \
    --title="Stand-in for the GNOME runtime, made of Debian's packages" stand-in "file://$folder/repo"
  flatpak_say "  installing …"
  flatpak_logged "$log" flatpak --user install -y --noninteractive stand-in \
    "org.gnome.Platform//$flatpak_runtime_version" "org.gnome.Sdk//$flatpak_runtime_version" ||
    return 1
  touch "$folder/whole"
}

# A hash over everything that goes into the Flatpak.
flatpak_contents() {
  (
    cd "$flatpak_checkout"
    find COPYING meson.build meson.options src data po flatpak/*.json -type f -print0 |
      sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
  )
}

# Builds the program in FOLDER and installs it, unless what is installed is this checkout already.
flatpak_program() {
  local folder=$1 log=$2 stamp
  stamp=$(flatpak_contents)
  if [[ $(cat "$folder/stamp" 2>/dev/null) == "$stamp" ]] &&
    flatpak --user info "$flatpak_id" >/dev/null 2>&1; then
    flatpak_say "PSA Connections: installed, nothing has changed."
    return 0
  fi
  flatpak_say "PSA Connections: building the Flatpak …"
  mkdir -p "$folder"
  rm -f "$folder/stamp"
  flatpak_logged "$log" flatpak-builder --user --install --force-clean --disable-rofiles-fuse \
    --state-dir="$folder/state" "$folder/build" "$flatpak_manifest" ||
    return 1
  rm -rf "$folder/build"
  printf '%s\n' "$stamp" >"$folder/stamp"
  flatpak_say "PSA Connections: built and installed."
}
