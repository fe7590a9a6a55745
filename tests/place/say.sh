# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# To be sourced: what set-up has to say. All of it goes to standard error, so that a command's own output can be piped.

psa_say() {
  printf '%s\n' "$*" >&2
}

# One line that says what cannot be done and what would mend it.
psa_fail() {
  printf 'Set-up failed: %s\n' "$*" >&2
  return 1
}

# Reads lines "PART OF WHOLE" and says how far WHAT is: on a terminal on one line, else now and then.
psa_say_progress() {
  local psa_what=$1 psa_part psa_whole psa_percent psa_last=0 psa_shown=
  # By the shell, since an awk may wait for a block of lines before it reads one.
  while read -r psa_part psa_whole; do
    ((psa_whole > 0)) || continue
    psa_percent=$((100 * psa_part / psa_whole))
    ((psa_percent == psa_last)) && continue
    if [[ -t 2 ]]; then
      printf '\r%s … %d %%' "$psa_what" "$psa_percent" >&2
      psa_shown=yes
    elif ((psa_percent / 20 > psa_last / 20)); then
      psa_say "$psa_what … $psa_percent %"
    fi
    psa_last=$psa_percent
  done
  [[ -z $psa_shown ]] || psa_say
}
