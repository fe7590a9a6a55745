# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# To be sourced: runs a command as if it had been called directly, and stays behind it to clean up.
# Every variable begins with psa_ here and in what sources this, since a variable of the caller's environment that had
# the same name would reach the command changed.

# What a signal has to reach: the command itself, or the first process of its namespace, for which
# unshare only waits.
psa_supervise_target() {
  local psa_children=
  if [[ -n $psa_supervise_through ]]; then
    read -r psa_children _ 2>/dev/null <"/proc/$psa_supervised/task/$psa_supervised/children" || true
  fi
  printf '%s' "${psa_children:-$psa_supervised}"
}

# Whether a terminal sends its Ctrl-C to us, and so to the command as well: twice would be once too often.
psa_supervise_at_terminal() {
  local psa_stat=
  read -r psa_stat 2>/dev/null </proc/self/stat || return 1
  # state, parent, group, session, terminal, group in front of the terminal
  read -r _ _ psa_group _ _ psa_front _ <<<"${psa_stat##*) }"
  [[ $psa_group == "$psa_front" ]]
}

psa_supervise_hand_on() {
  [[ $1 == INT ]] && psa_supervise_at_terminal && return 0
  kill -s "$1" "$(psa_supervise_target)" 2>/dev/null
  # Whoever does not end on being asked is ended.
  if [[ $1 != INT && -z $psa_supervise_asked ]]; then
    psa_supervise_asked=yes
    # shellcheck disable=SC2016 # $1 is for the inner shell
    setsid --fork env --default-signal sh -c \
      'timeout 5 tail --pid="$1" -f /dev/null || kill -KILL "$1"' sh "$psa_supervised" \
      </dev/null >/dev/null 2>&1
  fi
}

# psa_supervise [--through] COMMAND…
# Runs COMMAND with our standard input, output and arguments. It ends when this process does, killed or
# not. With --through, COMMAND is an unshare that waits for the real one. The result is COMMAND's own status.
psa_supervise() {
  psa_supervise_through=
  psa_supervise_asked=
  if [[ $1 == --through ]]; then
    psa_supervise_through=yes
    shift
  fi
  local psa_signal psa_status=0 psa_last=0
  for psa_signal in INT TERM HUP; do
    # shellcheck disable=SC2064 # the signal's name is meant to be put in now
    trap "psa_supervise_hand_on $psa_signal" "$psa_signal"
  done
  # A caller that closed its standard input means that there is none.
  (: 3<&0) 2>/dev/null || exec </dev/null
  # A shell starts what runs beside it deaf to Ctrl-C and without standard input; both are given back.
  env --default-signal=INT,QUIT setpriv --pdeathsig KILL -- "$@" <&0 &
  psa_supervised=$!
  while :; do
    psa_status=0
    wait "$psa_supervised" || psa_status=$?
    kill -0 "$psa_supervised" 2>/dev/null || break
  done
  # A signal may have cut the wait short in the very moment in which the command ended.
  wait "$psa_supervised" 2>/dev/null || psa_last=$?
  ((psa_last == 127)) || psa_status=$psa_last
  trap - INT TERM HUP
  return "$psa_status"
}
