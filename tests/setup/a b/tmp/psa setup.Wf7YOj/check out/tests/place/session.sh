#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# session.sh [--folders-only] [--own-tmp] COMMAND…
# Runs COMMAND in a desktop session of its own: home and XDG folders, D-Bus, an unlocked keyring with the password in
# PSA_KEYRING_PASSWORD (a throw-away, no secret), a virtual display. All of it ends with COMMAND, whose
# status is the result. The accessibility bus is started by whoever asks for it, as on any desktop.
#
# --folders-only   no bus, keyring and display: what runs in here starts sessions of its own
# --own-tmp        a TMPDIR of its own as well
set -u

psa_place=$(cd "$(dirname "$0")" && pwd -P)
# shellcheck source=tests/place/say.sh
. "$psa_place/say.sh"
# shellcheck source=tests/place/supervise.sh
. "$psa_place/supervise.sh"

psa_folders_only=
psa_own_tmp=
while [[ ${1-} == --* ]]; do
  case $1 in
    --folders-only) psa_folders_only=yes ;;
    --own-tmp) psa_own_tmp=yes ;;
    --)
      shift
      break
      ;;
    *)
      psa_fail "session.sh knows no $1."
      exit 2
      ;;
  esac
  shift
done

psa_services=()
psa_session=

psa_end_session() {
  # In the order in which they lean on each other.
  local psa_service
  for psa_service in "${psa_services[@]}"; do
    kill "$psa_service" 2>/dev/null
    wait "$psa_service" 2>/dev/null
  done
  rm -rf "$psa_session"
}

psa_session_fails() {
  psa_fail "$1 did not start: $(tail -n 1 "$psa_session/$1.log" 2>/dev/null)"
  exit 1
}

# psa_start NAME COMMAND…
# Starts a service that tells on its descriptor 3 that it is ready, and how it is reached: psa_answer.
psa_start() {
  local psa_name=$1
  shift
  rm -f "$psa_session/ready"
  mkfifo "$psa_session/ready"
  setpriv --pdeathsig KILL -- "$@" 3>"$psa_session/ready" \
    </dev/null >"$psa_session/$psa_name.log" 2>&1 &
  psa_services=("$!" "${psa_services[@]}")
  psa_answer=
  read -r -t 60 psa_answer <"$psa_session/ready" || psa_session_fails "$psa_name"
}

psa_make_folders() {
  psa_session=$(mktemp -d "${PSA_PLACE_RUN:-${TMPDIR:-/tmp}}/psa.XXXXXX") || exit 1
  trap psa_end_session EXIT
  export HOME=$psa_session/home XDG_RUNTIME_DIR=$psa_session/run
  export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share
  export XDG_STATE_HOME=$HOME/.local/state XDG_CACHE_HOME=$HOME/.cache
  mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"
  mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$XDG_CACHE_HOME"
  if [[ -n $psa_own_tmp ]]; then
    export TMPDIR=$psa_session/tmp
    mkdir -m 700 "$TMPDIR"
  elif [[ ! -d ${TMPDIR-/tmp} ]]; then
    unset TMPDIR
  fi
  # Nothing of the session that this was called from.
  unset DISPLAY WAYLAND_DISPLAY WAYLAND_SOCKET XAUTHORITY AT_SPI_BUS_ADDRESS GNOME_KEYRING_CONTROL \
    DBUS_STARTER_ADDRESS DBUS_STARTER_BUS_TYPE DESKTOP_STARTUP_ID XDG_ACTIVATION_TOKEN
  export DBUS_SESSION_BUS_ADDRESS=disabled:
}

psa_start_display() {
  export XAUTHORITY=$psa_session/xauthority
  # One entry for any display: family "wild", no address, no number, the kind of the cookie, the cookie.
  {
    printf '\377\377\0\0\0\0\0\022MIT-MAGIC-COOKIE-1\0\020'
    head -c 16 /dev/urandom
  } >"$XAUTHORITY"
  psa_start Xvfb Xvfb -displayfd 3 -screen 0 "${PSA_SCREEN:-1280x800x24}" -noreset -nolisten tcp \
    -auth "$XAUTHORITY"
  export DISPLAY=:$psa_answer
  export GDK_BACKEND=${GDK_BACKEND-x11} GSK_RENDERER=${GSK_RENDERER-cairo}
  export XDG_SESSION_TYPE=x11 XDG_CURRENT_DESKTOP=${XDG_CURRENT_DESKTOP-GNOME}
}

psa_start_bus() {
  psa_start dbus-daemon dbus-daemon --session --nofork --nopidfile --print-address=3 \
    --address="unix:path=$XDG_RUNTIME_DIR/bus"
  export DBUS_SESSION_BUS_ADDRESS=$psa_answer
}

psa_start_keyring() {
  export PSA_KEYRING_PASSWORD=throw-away
  # Its warnings about memory that cannot be locked are for people who keep real secrets in it.
  printf %s "$PSA_KEYRING_PASSWORD" |
    setpriv --pdeathsig KILL -- gnome-keyring-daemon --foreground --unlock --components=secrets \
      >"$psa_session/gnome-keyring.log" 2>&1 &
  psa_services=("$!" "${psa_services[@]}")
  gdbus wait --session --timeout 60 org.freedesktop.secrets >/dev/null 2>&1 ||
    psa_session_fails gnome-keyring
}

psa_make_folders
if [[ -z $psa_folders_only ]]; then
  psa_start_display
  psa_start_bus
  psa_start_keyring
fi
psa_supervise "$@"
