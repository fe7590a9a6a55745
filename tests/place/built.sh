#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# built.sh COMMAND…
# Builds the checkout, puts it up below the cache folder as an installed one, and runs COMMAND there: programs first on
# PATH; schemas, icons, translations and D-Bus services found. Says nothing where nothing is to be done.
# PSA_BUILD is the build folder, PSA_PREFIX what was put up.
set -uo pipefail

psa_place=$(cd "$(dirname "$0")" && pwd -P)
psa_checkout=${psa_place%/tests/place}
# shellcheck source=tests/place/say.sh
. "$psa_place/say.sh"

psa_work=$PSA_PLACE_CACHE/work/$(printf %s "$psa_checkout" | sha256sum | cut -c 1-12)
psa_mine=$psa_work/$PSA_PLACE_KEY
psa_log=$psa_mine/build.log
export PSA_BUILD=$psa_mine/build PSA_PREFIX=$psa_mine/installed

# Build folders of checkouts that are gone, and of this one in places that are gone.
psa_remove_old() {
  local psa_other
  for psa_other in "$PSA_PLACE_CACHE"/work/*/; do
    [[ -f $psa_other/checkout && -d $(<"$psa_other/checkout") ]] || rm -rf "$psa_other"
  done
  for psa_other in "$psa_work"/*/; do
    [[ $psa_other -ef $psa_mine ]] || rm -rf "$psa_other"
  done
}

psa_configure() {
  [[ -f $PSA_BUILD/build.ninja ]] && return 0
  mkdir -p "$psa_work" && printf %s "$psa_checkout" >"$psa_work/checkout" || return
  psa_remove_old
  rm -rf "$psa_mine"
  mkdir -p "$psa_mine" || return
  psa_say "Configuring the build …"
  meson setup --prefix="$PSA_PREFIX" --libdir=lib -Dwerror=true --wrap-mode=nodownload \
    "$PSA_BUILD" "$psa_checkout" >"$psa_log" 2>&1 || {
    rm -f "$PSA_BUILD/build.ninja"
    return 1
  }
}

# Whether anything in the checkout changed since it was last put up. The time of the change itself is looked at, since
# moved and copied files bring an old one along.
psa_has_changed() {
  [[ ! -f $psa_mine/stamp ]] ||
    [[ -n $(find "$psa_checkout" \( -path "$psa_checkout/.git" -o -path "$psa_checkout/_build" \) -prune -o \
      -cnewer "$psa_mine/stamp" -print -quit) ]]
}

# Reads what ninja says, prints "PART OF WHOLE".
psa_count_steps() {
  sed -un 's|^\[\([0-9]*\)/\([0-9]*\)\].*|\1 \2|p'
}

psa_build() {
  touch "$psa_mine/begun"
  # Ninja takes as many processors as there are, and a little room is left for what else runs.
  NINJA_STATUS='[%f/%t] ' ninja -C "$PSA_BUILD" </dev/null 2>&1 | tee "$psa_log" | psa_count_steps |
    psa_say_progress "Building" || return
  grep -q '^ninja: no work to do' "$psa_log" && ! psa_has_changed && return 0
  # All of it: what counts as changed for meson is newer than before, and a file moved into place may be older.
  meson install -C "$PSA_BUILD" --no-rebuild --quiet >>"$psa_log" 2>&1 </dev/null &&
    mv "$psa_mine/begun" "$psa_mine/stamp"
}

psa_build_locked() {
  mkdir -p "$psa_work" || return
  exec {psa_lock}>"$psa_work.lock"
  if ! flock --nonblock "$psa_lock"; then
    psa_say "Another run is building this checkout; waiting for it …"
    flock "$psa_lock"
  fi
  psa_configure && psa_build
}

# What the compiler had to say; what was built well, and the long commands, need not be read again.
psa_show_failure() {
  psa_fail "the programs could not be built ($psa_log has all of it):"
  awk '
    /^\[[0-9]+\/[0-9]+\]/ { next }
    # Meson speaks before ninja tells that it failed, the compiler after.
    /^FAILED: build.ninja/ { printf "%s", text }
    /^FAILED: / { failed = 1; command = 1; print; next }
    command { command = 0; next }
    failed { print; next }
    { text = text $0 "\n" }
    END { if (!failed) printf "%s", text }' "$psa_log" 2>/dev/null | tail -n 60 >&2
}

(psa_build_locked) || {
  psa_show_failure
  exit 1
}

export PATH=$PSA_PREFIX/bin:$PSA_BUILD/tests/practice:$PATH
export XDG_DATA_DIRS=$PSA_PREFIX/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
export GSETTINGS_SCHEMA_DIR=$PSA_PREFIX/share/glib-2.0/schemas${GSETTINGS_SCHEMA_DIR:+:$GSETTINGS_SCHEMA_DIR}
export PSA_PICTURES=${PSA_PICTURES:-$psa_checkout/_build/pictures}
mkdir -p "$PSA_PICTURES"
exec "$@"
