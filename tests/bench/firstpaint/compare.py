# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""First paint and memory of the board from a cache of 1,000 environments, beside an empty QMainWindow and one that shows a
single word (Qt then reads the font database, which an empty window never does), run in turn; then the CPU that the open, quiet board uses. Prints medians and ratios; judges nothing (STYLE: tests never assert a time).
A ratio is the median of those of each pair of neighbours, so that it holds while the machine's speed drifts.

What users run is the release build:
    cmake --preset release && ninja -C build/release firstpaint
    ctest --test-dir build/release -R bench_firstpaint -V"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

BIN, BUILD = sys.argv[1:3]
RUNS = int(os.environ.get("SLIPWAY_BENCH_RUNS", "11"))
IDLE_SECONDS = float(os.environ.get("SLIPWAY_BENCH_IDLE", "10"))


PROGRAMS = {"empty": ("bench_empty",), "word": ("bench_empty", "--word"), "board": ("bench_board",)}


def first_paint(program, env):
    """Wall seconds from start to first paint; CPU seconds and peak KiB of the whole run, its end included."""
    time.sleep(0.2)  # the display and the window manager are done with the window before
    start = time.perf_counter()
    child = subprocess.Popen(command(program), env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    child.stdout.readline()
    wall = time.perf_counter() - start
    _, status, usage = os.wait4(child.pid, 0)
    child.stdout.close()
    child.returncode = status
    if status:
        sys.exit(f"{program} ended with status {status}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def command(program):
    name, *words = PROGRAMS[program]
    return [f"{BIN}/{name}", *words]


def stat(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    with open(f"/proc/{pid}/smaps_rollup") as file:
        sizes = dict(line.split(":", 1) for line in file if "kB" in line)
    resident = int(sizes["Rss"].split()[0])
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), resident


def at_rest(program, env):
    """CPU share and resident KiB of the open window, a while after it painted."""
    child = subprocess.Popen([*command(program), "--stay"], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    child.stdout.readline()
    time.sleep(3)  # what starts after the first paint comes to rest
    before, _ = stat(child.pid)
    time.sleep(IDLE_SECONDS)
    after, resident = stat(child.pid)
    child.terminate()
    child.wait()
    return (after - before) / IDLE_SECONDS, resident


def main():
    home = tempfile.mkdtemp(prefix="slipway-bench-")
    env = dict(os.environ, SLIPWAY_HOME=home)
    env.pop("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", None)  # the desk sets it for tests that read the window; users do not
    try:
        subprocess.run([f"{BIN}/bench_fill", home], check=True, env=env)
        for program in PROGRAMS:
            first_paint(program, env)  # warm-up
        rows = {program: [] for program in PROGRAMS}
        for _ in range(RUNS):
            for program, seen in rows.items():
                seen.append(first_paint(program, env))
        print(f"{BUILD} build; first paint, {RUNS} runs in turn, 1,000 environments in 50 pipelines")
        columns = {name: list(zip(*seen)) for name, seen in rows.items()}
        for index, (what, unit, scale) in enumerate((("wall", "ms", 1000), ("CPU", "ms", 1000), ("peak", "MiB", 1 / 1024))):
            board = columns["board"][index]
            print(f"  {what:8} board {statistics.median(board) * scale:7.1f} {unit}")
            for other in ("empty", "word"):
                seen = columns[other][index]
                ratios = sorted(one / two for one, two in zip(board, seen))
                print(f"    {other:6} {statistics.median(seen) * scale:13.1f} {unit}   "
                      f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")
        rest = {name: at_rest(name, env) for name in rows}
        print("  idle     " + ", ".join(f"{name} {cpu * 100:.2f} %" for name, (cpu, _) in rest.items()) + " CPU")
        for other in ("empty", "word"):
            print(f"  resident board {rest['board'][1] / 1024:.1f} MiB, {other} {rest[other][1] / 1024:.1f} MiB, "
                  f"ratio {rest['board'][1] / rest[other][1]:.2f}")
    finally:
        subprocess.run([f"{BIN}/slipwayd", "--stop", "--home", home], env=env, stderr=subprocess.DEVNULL)
        shutil.rmtree(home, ignore_errors=True)


main()
