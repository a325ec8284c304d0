# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the real program on a real pipeline, for people to look at: first run, board, clone dialog, a crashed
environment, the dark board. Asserts only what the pictures claim to show."""

import subprocess

from desk import Desk, wait_for
from main_job import card, in_dialog


def first_run(desk):
    desk.open_window()
    desk.see("push button", "sample")
    desk.picture("first-run")
    desk.press("ctrl+b")
    desk.click(desk.see("push button", "sample"))
    wait_for("the sample's three environments", lambda: len(desk.status()["environments"]) == 3
             and all(one["state"] == "running" for one in desk.status()["environments"]))
    card(desk, "dev1")
    desk.picture("board-light")


def clone_with_the_keyboard(desk):
    """Two key strokes make a clone of staging with the newest change: Ctrl+N, Return."""
    desk.press("ctrl+n")
    desk.see("text", None, test=lambda node: in_dialog(node) and node.queryText().getText(0, -1) == "dev2")
    desk.picture("clone-dialog")
    desk.press("Return")
    wait_for("dev2 running the newest change", lambda: (desk.environment("dev2") or {}).get("state") == "running"
             and desk.environment("dev2")["artifact"] == desk.environment("dev1")["artifact"])


def crashed(desk):
    desk.ctl("deploy", "shop/dev2", "--version", "saved-cards", code=1)
    assert desk.environment("dev2")["state"] == "running", "the old release has to keep serving"
    desk.ctl("clone", "shop", "--name", "dev3", "--change", "saved-cards", code=1)
    wait_for("dev3 crashed", lambda: desk.environment("dev3")["state"] == "crashed")
    desk.see("list item", "crashed", test=lambda node: node.name.startswith("dev3,"))
    desk.click(card(desk, "dev3"))
    desk.see("list item", "KeyError")
    desk.picture("crashed")


def brightness():
    """Of the whole screen, 0 to 255."""
    done = subprocess.run(["import", "-window", "root", "-resize", "1x1!", "-depth", "8", "gray:-"], check=True,
                          capture_output=True)
    return done.stdout[0]


def dark(desk):
    """The palette comes from the desktop's theme; that platform theme brings an accessibility bridge of its own, so only
    the picture tells."""
    light = brightness()
    desk.close_window()
    desk.env.update(QT_QPA_PLATFORMTHEME="gtk3", GTK_THEME="Adwaita:dark")
    desk.open_window()
    wait_for("a dark board", lambda: brightness() < light / 2)
    desk.picture("board-dark")


if __name__ == "__main__":
    with Desk("pictures") as the_desk:
        first_run(the_desk)
        clone_with_the_keyboard(the_desk)
        crashed(the_desk)
        dark(the_desk)
    print("done")
