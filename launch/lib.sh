# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
# What the scripts beside this file share. Source it; it changes to the project's root.
script=$(readlink -f "$0")
CDPATH='' cd -P -- "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
COGMILL_BUILD_DIR=${COGMILL_BUILD_DIR:-build}

say() { printf '==> %s\n' "$*"; }
warn() { printf '==> WARNING: %s\n' "$*" >&2; }
die() {
  printf '%s: error: %s\n' "${script##*/}" "$*" >&2
  exit 1
}

# Prints the comment at the script's head, and ends, where the first argument asks for help.
answer_help() {
  case "${1-}" in
    -h | --help)
      sed -n '4,/^[^#]/s/^# \{0,1\}//p' "$script"
      exit 0
      ;;
  esac
}

cores() { nproc 2>/dev/null || echo 1; }

# As many as there are cores, but no more than the memory has gigabytes: some files need that much.
compilers() {
  local gigabytes
  gigabytes=$(awk '/^MemTotal:/ { print int($2 / 1000000) }' /proc/meminfo 2>/dev/null || true)
  gigabytes=${gigabytes:-1}
  echo $((gigabytes < 1 ? 1 : gigabytes < $(cores) ? gigabytes : $(cores)))
}

# Open MPI refuses to start as root unless it is told twice; containers are root as a rule.
allow_mpi_as_root() {
  if [[ $(id -u) -eq 0 ]]; then
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  fi
}
