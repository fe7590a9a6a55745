# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# shellcheck disable=SC2154 # psa_place is set by the file that sources this
#
# To be sourced: what of the list in "packages" a system lacks. Needs psa_place, the folder of this file.

# Prints the lines of the groups that are named, or of all: Debian's name, Fedora's name, how it is found.
psa_packages() {
  awk -v groups=" $* " '
    /^\[/ { group = substr($1, 2, length($1) - 2); next }
    /^#/ || NF == 0 { next }
    groups == "  " || index(groups, " " group " ") { print $1, $2, $3 }' "$psa_place/packages"
}

# Whether version $1 is at least $2.
psa_version_reaches() {
  printf '%s\n%s\n' "$2" "$1" | sort -CV
}

psa_probe_file() {
  local psa_choice psa_folder
  local -a psa_choices
  IFS='|' read -r -a psa_choices <<<"$1"
  for psa_choice in "${psa_choices[@]}"; do
    for psa_folder in /usr/share /usr/lib /usr/lib64 /usr/libexec "/usr/lib/$HOSTTYPE-linux-gnu" \
      /usr/lib/at-spi2-core; do
      [[ -e $psa_folder/$psa_choice ]] && return 0
    done
  done
  return 1
}

# Whether what a line's third column says is here: how, name, least version.
psa_probe() {
  local psa_how psa_name psa_least psa_version
  IFS=: read -r psa_how psa_name psa_least <<<"$1"
  case $psa_how in
    any) return 0 ;;
    file) psa_probe_file "$psa_name" ;;
    # The one that belongs to the packages, whatever else PATH leads to.
    python) /usr/bin/python3 -c "import $psa_name" 2>/dev/null ;;
    library) pkg-config --exists "$psa_name${psa_least:+ >= $psa_least}" 2>/dev/null ;;
    command)
      command -v "$psa_name" >/dev/null || return 1
      [[ -z $psa_least ]] && return 0
      psa_version=$("$psa_name" --version 2>/dev/null | grep -Eom1 '[0-9]+(\.[0-9]+)+') || return 1
      psa_version_reaches "$psa_version" "$psa_least"
      ;;
  esac
}

# psa_missing COLUMN GROUP…
# Prints the names, in that column (1 is Debian, 2 is Fedora), of what this system lacks.
psa_missing() {
  local psa_column=$1 psa_debian psa_fedora psa_how
  shift
  psa_packages "$@" | while read -r psa_debian psa_fedora psa_how; do
    if ! psa_probe "$psa_how"; then
      ((psa_column == 1)) && printf '%s\n' "$psa_debian" || printf '%s\n' "$psa_fedora"
    fi
  done | sort -u
}
