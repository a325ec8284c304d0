#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Tries packaging/prepare.sh against a system made of stand-ins: dpkg-query that knows the packages in $INSTALLED, and
# apt-get, cmake and ninja that write down how they were called.
# shellcheck disable=SC2016,SC2317 # stand-ins expand theirs themselves; expect calls functions by name
set -uo pipefail
root=$1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/build"
calls=$scratch/calls

stand_in() {
    printf '#!/bin/bash\n%s\n' "$2" >"$scratch/bin/$1"
    chmod +x "$scratch/bin/$1"
}
# The last argument is the package, as prepare.sh asks.
stand_in dpkg-query 'case " $INSTALLED " in *" ${!#} "*) printf installed ;; *) exit 1 ;; esac'
stand_in apt-get 'printf "apt-get %s\n" "$*" >>"$CALLS"; [[ "$*" != *"${BROKEN:-no such word}"* ]] || { echo "E: $BROKEN"; exit 100; }'
stand_in sudo 'printf "sudo " >>"$CALLS"; [[ $1 != -n ]] || shift; exec "$@"'
stand_in cmake 'printf "cmake %s\n" "$*" >>"$CALLS"; [[ -z ${BROKEN-} ]] || { echo "CMake Error: $BROKEN"; exit 1; }'
stand_in ninja 'printf "ninja %s\n" "$*" >>"$CALLS"; printf "%s\n" "${PENDING:-ninja: no work to do.}"; exit "${NINJA-0}"'
printf 'ID=debian\nVERSION_ID="12"\n' >"$scratch/debian"
printf 'ID=fedora\nVERSION_ID=41\n' >"$scratch/fedora"

# A script of our own that does what run and test do.
attempt() {
    : >"$calls"
    said=$(env -u SLIPWAY_SKIP_PACKAGES PATH="$scratch/bin:$PATH" CALLS="$calls" SLIPWAY_OS_RELEASE="$scratch/debian" "$@" \
        "$BASH" -c ". '$root/packaging/prepare.sh'; $script" 2>&1 </dev/null)
    status=$?
    called=$(sed "s|$scratch|SCRATCH|g; s|$root|ROOT|g" "$calls")
}

failures=0
expect() {
    local what=$1
    shift
    "$@" && return
    printf 'wrong: %s (status %s)\nsaid: %s\ncalled: %s\n' "$what" "$status" "$said" "$called"
    failures=$((failures + 1))
}
has() { [[ $1 == *"$2"* ]]; }
lacks() { ! grep -q "$2" <<<"$1"; }
nothing() { [[ -z $said && -z $called && $status -eq 0 ]]; }

script='install_packages alpha beta=no-such-command gamma=sed'
attempt INSTALLED="alpha beta"
expect "all is there: silence" nothing
attempt INSTALLED="alpha"
expect "one is missing: asked for by name" has "$called" "install -y --no-install-recommends beta"
expect "what is there, or has its command, is not asked for" lacks "$called" "alpha\|gamma"
expect "lists first" has "${called%%install*}" "update"
expect "says which" has "$said" "installing 1 packages: beta"
attempt INSTALLED="" BROKEN="Unable to locate"
expect "apt works" [ "$status" -eq 0 ]
attempt INSTALLED="" BROKEN="update"
expect "apt fails: its words and a failure" has "$said$status" "E: update"
expect "apt fails: not installed on top" [ "$status" -eq 1 ]
attempt INSTALLED="" SLIPWAY_OS_RELEASE="$scratch/fedora"
expect "another system: words, no apt" has "$said" 'this system is "fedora 41"'
expect "another system: a list" has "$said" "QtKeychain and QCoro 0.8"
expect "another system: no apt, a failure" [ "$status$called" = 1 ]
attempt INSTALLED="" SLIPWAY_OS_RELEASE="$scratch/fedora" SLIPWAY_SKIP_PACKAGES=1
expect "another system, told to go on" nothing

script="configure dev '$scratch/build' -DSLIPWAY_WERROR=ON"
attempt
expect "first: configures" has "$called" "cmake --preset dev -B SCRATCH/build -DSLIPWAY_WERROR=ON"
printf 'CMAKE_HOME_DIRECTORY:INTERNAL=%s\nSLIPWAY_WERROR:BOOL=ON\n' "$root" >"$scratch/build/CMakeCache.txt"
touch "$scratch/build/build.ninja"
attempt
expect "configured: silence" nothing
sed -i 's/=ON/=OFF/' "$scratch/build/CMakeCache.txt"
attempt
expect "another value: configures again" has "$called" "-DSLIPWAY_WERROR=ON"
printf 'CMAKE_HOME_DIRECTORY:INTERNAL=/elsewhere\nSLIPWAY_WERROR:BOOL=ON\n' >"$scratch/build/CMakeCache.txt"
attempt
expect "the checkout has moved: from scratch" has "$called" "--fresh"
script="configure dev '$scratch/build'; echo went on"
attempt BROKEN="no Qt"
expect "cmake fails: its words, and the end" [ "$status$(grep -c 'went on' <<<"$said")" = 10 ]
expect "cmake fails: its words" has "$said" "CMake Error: no Qt"

script="build '$scratch/build' slipway"
attempt
expect "built: no word" [ "$said$status" = 0 ]
attempt PENDING="[0/2] Re-checking globbed directories..."
expect "only looking for new files: no word" [ "$said$status" = 0 ]
attempt PENDING="[1/2] Building CXX object a.o"
expect "builds what is asked for" has "$called" " slipway"
expect "says so, without the progress" [ "$(grep -c . <<<"$said")" = 1 ]
script="build '$scratch/build' slipway; echo went on"
attempt PENDING="a.cpp:1: error: no" NINJA=1
expect "the build fails: its words" has "$said" "a.cpp:1: error: no"
expect "the build fails: the end" [ "$status$(grep -c 'went on' <<<"$said")" = 10 ]

[[ $failures -eq 0 ]] && echo "packaging/prepare.sh: as it should be"
exit "$((failures > 0))"
