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
  local psa_what=$1 psa_terminal=0
  [[ -t 2 ]] && psa_terminal=1
  awk -v what="$psa_what" -v terminal="$psa_terminal" '
    $2 > 0 {
      percent = int(100 * $1 / $2)
      if (percent == last) next
      if (terminal) { printf "\r%s … %d %%", what, percent; shown = 1 }
      else if (int(percent / 20) > int(last / 20)) printf "%s … %d %%\n", what, percent
      last = percent
      fflush()
    }
    END { if (shown) printf "\n" }' >&2
}
