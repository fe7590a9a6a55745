#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# root-fetch.sh ROOT PACKAGE…: begins to fetch these and what they need into a new root, and leaves at once. mmdebstrap
# calls it while the root is being made, so that the network is not idle until root-packages.py can be run in it.
set -euo pipefail

ahead=$1/var/cache/apt/ahead
shift
mkdir -p "$ahead/partial"
# Of its own in each regard: mmdebstrap's apt-get is at work beside it. What it failed to fetch is fetched later.
{
  APT_CONFIG=$MMDEBSTRAP_APT_CONFIG apt-get install --yes --no-install-recommends --download-only \
    --option Debug::NoLocking=true --option Dir::Cache::archives="$ahead/" \
    --option Dir::Cache::pkgcache= --option Dir::Cache::srcpkgcache= "$@"
  echo "the end"
} </dev/null 2>&1 | grep --line-buffered '^Get:\|^the end' >"$ahead/log" &
