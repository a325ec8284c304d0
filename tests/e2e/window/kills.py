# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the window in the middle of a deploy to staging, of the daemon, and of a shim: nothing lost, nothing done
twice, nothing leaked."""

import os
import signal
import subprocess

from desk import Desk, fetch, wait_for
from main_job import GOOD, accept_by_mouse, move_by_mouse


def releases(desk, environment):
    import json

    return json.loads(desk.ctl("releases", f"shop/{environment}", "--json"))


def count(document):
    return len(document["releases"] if isinstance(document, dict) else document)


def kill_the_window(desk):
    """After the deploy was confirmed and journaled; the next start of the window carries it out, once."""
    wanted = desk.environment(GOOD)["version"]
    before = count(releases(desk, "staging"))
    desk.open_window()
    accept_by_mouse(desk)
    wait_for("the verdict", lambda: desk.environment(GOOD)["verdict"]["state"] == "accepted")
    move_by_mouse(desk, GOOD, "Staging", "Deploy to staging")
    wait_for("the operation in the journal", lambda: desk.environment("staging")["operation"])
    desk.close_window(signal.SIGKILL)
    assert fetch(desk.environment("staging")["direct_address"]), "staging stopped answering when the window died"
    desk.open_window()
    wait_for("staging on the accepted version", lambda: desk.environment("staging")["version"] == wanted
             and desk.environment("staging")["state"] == "running")
    wait_for("dev1 shut down", lambda: desk.environment(GOOD) is None)
    wait_for("the end of the operation", lambda: not desk.environment("staging")["operation"])
    assert count(releases(desk, "staging")) == before + 1, "the deploy was done more than once"
    desk.picture("after-window")


def kill_the_daemon(desk):
    """The environments go on answering from the same processes; the window finds the new daemon by itself."""
    production = desk.environment("production")
    running = {pid: command for pid, command in desk.processes().items() if "shop.web" in command}
    assert running
    [daemon] = desk.pids("slipwayd")
    os.kill(daemon, signal.SIGKILL)
    assert fetch(production["direct_address"]), "production stopped answering when the daemon died"
    wait_for("another daemon", lambda: desk.pids("slipwayd") and desk.pids("slipwayd") != [daemon])
    assert desk.environment("production")["state"] == "running"
    now = {pid: command for pid, command in desk.processes().items() if "shop.web" in command}
    assert now == running, f"the processes changed: {running} -> {now}"


def kill_a_shim(desk):
    """What it kept is ended and started again, exactly once."""
    before = desk.pids("slipway-run")
    webs = sum("shop.web" in command for command in desk.processes().values())
    os.kill(before[0], signal.SIGKILL)
    wait_for("another shim", lambda: len(desk.pids("slipway-run")) == len(before) and before[0] not in desk.pids("slipway-run"))
    for name in ("staging", "production"):
        wait_for(f"{name} running", lambda: desk.environment(name)["state"] == "running"
                 and fetch(desk.environment(name)["direct_address"]))
    wait_for("as many web processes as before",
             lambda: sum("shop.web" in command for command in desk.processes().values()) == webs)
    desk.picture("after-shim")


def leave(desk):
    """Removed without a trace: no process, no environment, no repository."""
    desk.close_window()
    desk.ctl("pipeline", "remove", "shop", "--yes", "--no-input")
    left = [command for command in desk.processes().values() if "slipwayd" not in command]
    assert not left, f"left behind: {left}"
    assert not os.path.exists(f"{desk.home}/samples/shop")
    remains = subprocess.run(["find", f"{desk.home}/local/pipelines", "-mindepth", "1"], capture_output=True, text=True)
    assert not remains.stdout, f"left behind:\n{remains.stdout}"


if __name__ == "__main__":
    with Desk("kills") as the_desk:
        the_desk.ctl("sample")
        kill_the_window(the_desk)
        kill_the_daemon(the_desk)
        kill_a_shim(the_desk)
        leave(the_desk)
    print("done")
