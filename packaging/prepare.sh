# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034 # the lists are read by those that source this
# What run, test and lint share: the packages that are needed, and quiet building. Sourced by them.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
umask 022

# One entry a package; PACKAGE=COMMAND is satisfied by the command as well, wherever it comes from.
packages_to_build=(
    cmake=cmake ninja-build=ninja g++ git=git python3=python3 qt6-base-dev libqt6sql6-sqlite qt6-svg-dev libxcb1-dev
    libfontconfig-dev qtkeychain-qt6-dev qcoro-qt6-dev libexpected-dev libsqlite3-dev nlohmann-json3-dev
    ca-certificates
)
packages_to_build_faster=(ccache=ccache mold=mold)
packages_to_run=(fonts-dejavu-core libsecret-1-0 dbus-daemon=dbus-daemon)
packages_to_test=(
    xvfb=Xvfb openbox=openbox xdotool=xdotool wmctrl=wmctrl imagemagick=import dbus-daemon=dbus-run-session
    dbus-bin=dbus-send gnome-keyring=gnome-keyring-daemon at-spi2-core python3-gi python3-pyatspi gir1.2-atspi-2.0
    fonts-inter fonts-dejavu-core qt6-gtk-platformtheme procps=ps curl=curl make=make gcc=gcc nodejs=node npm=npm gh=gh
)
packages_to_lint=(clang-format=clang-format clang-tidy=clang-tidy clazy=clazy-standalone shellcheck=shellcheck)

# Files compiled ten at a time, for those who build the whole of it.
whole_build=(-DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=10)

say() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
}

fail() {
    say "$@"
    exit 1
}

# The packages of the arguments that are not there.
missing_packages() {
    local entry package
    for entry in "$@"; do
        package=${entry%%=*}
        [[ $entry == *=* ]] && command -v "${entry#*=}" >/dev/null && continue
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
    done
}

as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif [[ -t 0 ]]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

# install_packages ENTRY…: makes sure of them on Debian 12; elsewhere says what is needed, in words that fit any system.
install_packages() {
    local missing system
    [[ ${SLIPWAY_SKIP_PACKAGES-} != 1 ]] || return 0
    # shellcheck disable=SC1091 # it is there or it is not
    # shellcheck source=/dev/null
    system=$(. "${SLIPWAY_OS_RELEASE:-/etc/os-release}" 2>/dev/null && printf '%s %s' "${ID-}" "${VERSION_ID-}")
    if [[ $system != "debian 12" ]]; then
        cat >&2 <<END
${0##*/}: this script installs packages on Debian 12; this system is "${system:-unknown}". What Slipway needs:
  to build  CMake 3.25, Ninja, a C++20 compiler (g++ 12), git, Python 3.9,
            Qt 6.4 (base, SVG, SQLite driver), libxcb, QtKeychain and QCoro 0.8 for Qt 6, tl-expected, SQLite 3, nlohmann-json
  to test   Xvfb, openbox, xdotool, wmctrl, ImageMagick, D-Bus, gnome-keyring, AT-SPI with pyatspi,
            the fonts Inter and DejaVu, Node.js with npm, GitHub's gh, make, a C compiler
Install them, then start this again with SLIPWAY_SKIP_PACKAGES=1.
END
        exit 1
    fi
    mapfile -t missing < <(missing_packages "$@")
    [[ ${#missing[@]} -gt 0 ]] || return 0
    if [[ $EUID -ne 0 ]] && ! command -v sudo >/dev/null; then
        fail "as root, please: apt-get install ${missing[*]}"
    fi
    say "installing ${#missing[@]} packages: ${missing[*]}"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
    quietly as_root "${apt[@]}" update
    quietly as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

# Runs a command; shows what it said only when it fails.
quietly() {
    local log status
    log=$(mktemp)
    "$@" >"$log" 2>&1
    status=$?
    [[ $status -eq 0 ]] || cat "$log" >&2
    rm -f "$log"
    [[ $status -eq 0 ]] || fail "failed: $*"
}

# As many compilers as there are processors, and memory for: about 1 GB each.
jobs() {
    local processors memory
    processors=$(nproc 2>/dev/null || echo 1)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 1000000) }' /proc/meminfo 2>/dev/null)
    [[ -n $memory && $memory -lt $processors ]] && processors=$memory
    printf '%s\n' "$((processors > 0 ? processors : 1))"
}

# configure PRESET DIRECTORY [-DNAME=VALUE…]: once, and again when the checkout has moved or a value is another.
configure() {
    local preset=$1 directory=$2 cache=$2/CMakeCache.txt fresh=() option same=1
    shift 2
    if [[ -f $cache ]]; then
        grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache" || fresh=(--fresh)
        for option in "$@"; do
            option=${option#-D}
            grep -q "^${option%%=*}:[A-Z]*=${option#*=}\$" "$cache" || same=
        done
        [[ -n $same && -f $directory/build.ninja && ${#fresh[@]} -eq 0 ]] && return 0
    fi
    (cd "$root" && quietly cmake --preset "$preset" -B "$directory" "${fresh[@]}" "$@") || exit 1
}

# build DIRECTORY [TARGET…]: says something only when there is something to do, or to complain about.
build() {
    local directory=$1 terminal=0
    shift
    [[ -t 2 ]] && terminal=1
    # Looking for new files is always to be done and not worth a word. What is no progress is a complaint.
    ninja -C "$directory" -j "$(jobs)" "$@" 2>&1 | awk -v terminal="$terminal" -v title="$(say "building in ${directory#"$root"/}" 2>&1)" '
        /^ninja: (no work to do|Entering directory)/ || /^-- / || /^\[.*\] Re-(checking globbed|running CMake)/ { next }
        /^\[[0-9]+\/[0-9]+\]/ {
            if (!begun++)
                print title
            if (terminal)
                printf "\r\033[K%s", substr($0, 1, 79)
            next
        }
        NF || begun { print }
        { fflush() }
        END { if (terminal && begun) printf "\r\033[K" }' >&2
    [[ ${PIPESTATUS[0]} -eq 0 ]] || fail "the build failed"
}
