# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job in the real window on a real pipeline: accept the good change on its dev environment, deploy it to staging
(its dev environment is shut down), spot-check, promote it to production; production's address then answers with the new
version and staging's identical artifact. `mouse` drags; `keyboard` never touches the mouse."""

import sys

import pyatspi

from desk import Desk, fetch, wait_for

GOOD = "dev1"


def card(desk, name, focused=False):
    """The card of that environment; focused: once the keyboard is on it."""
    def named(node):
        return node.name.startswith(name + ",") and (not focused or node.getState().contains(pyatspi.STATE_FOCUSED))

    return desk.see("list item", name, test=named)


def in_dialog(node):
    while node is not None:
        if node.getRoleName() == "dialog":
            return True
        node = node.parent
    return False


def accept_by_mouse(desk):
    desk.click(card(desk, GOOD))
    desk.click(desk.see("push button", "Accept"))


def accept_by_keyboard(desk):
    desk.press("ctrl+b")
    card(desk, GOOD, focused=True)
    desk.picture("keyboard-focus")
    desk.press("Menu")
    desk.picture("keyboard-menu")
    desk.press("Down", "Down", "Return")  # Deploy to staging…, Accept


def drop_point(desk, column):
    """Below the cards of that column: where a hand would let go."""
    box = desk.see("list", column, test=is_column).queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    return box.x + box.width // 2, box.y + box.height * 2 // 3


def is_column(node):
    """Not the list of pipelines: the columns are the lists that are tall and wide."""
    return node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS).height > 200


def move_by_mouse(desk, name, column, title):
    desk.drag(card(desk, name), drop_point(desk, column), during=lambda: desk.picture(f"drag-to-{column.lower()}"))
    confirm = desk.see("push button", title, test=in_dialog)
    desk.picture(f"sheet-{column.lower()}")
    desk.click(confirm)


def move_by_keyboard(desk, name, title):
    """Space picks up (the next stage is proposed), arrows choose, Return drops, Return confirms."""
    desk.press("ctrl+b")
    for key in ("Left", "Left", "Left", "Right", "Right"):
        if desk.find("list item", name, test=lambda node: node.name.startswith(name + ",")
                     and node.getState().contains(pyatspi.STATE_FOCUSED)):
            break
        desk.press(key)
    card(desk, name, focused=True)
    desk.press("space", "Left", "Right", "Right")
    desk.press("Left") if name == GOOD else None
    desk.picture(f"keyboard-move-{name}")
    desk.press("Return")
    desk.see("push button", title, test=in_dialog)
    desk.press("Return")


def identical(desk, before):
    """Production answers with the version accepted on dev1, from the very artifact that staging ran."""
    def look():
        staging, production = desk.environment("staging"), desk.environment("production")
        return (production["version"] == before["version"] and production["state"] == "running"
                and production["artifact"] == staging["artifact"] == before["artifact"] and production)

    production = wait_for("production on the accepted version with the identical artifact", look)
    page = fetch(production["direct_address"])
    assert before["version"][:7] in page, f"production's page does not show {before['version'][:7]}:\n{page[:2000]}"


def run(desk, by):
    desk.ctl("sample")
    before = desk.environment(GOOD)
    assert before["state"] == "running" and before["version"], before
    assert desk.environment("production")["version"] != before["version"]
    desk.open_window()
    card(desk, GOOD)
    desk.picture("board")

    accept_by_mouse(desk) if by == "mouse" else accept_by_keyboard(desk)
    wait_for("the verdict", lambda: desk.environment(GOOD)["verdict"]["state"] == "accepted")

    if by == "mouse":
        move_by_mouse(desk, GOOD, "Staging", "Deploy to staging")
    else:
        move_by_keyboard(desk, GOOD, "Deploy to staging")
    wait_for("staging on the accepted version", lambda: desk.environment("staging")["version"] == before["version"]
             and desk.environment("staging")["state"] == "running")
    wait_for("dev1 shut down", lambda: desk.environment(GOOD) is None)

    if by == "mouse":
        move_by_mouse(desk, "staging", "Production", "Promote to production")
    else:
        move_by_keyboard(desk, "staging", "Promote to production")
    identical(desk, before)
    desk.picture("done")


if __name__ == "__main__":
    with Desk(f"main-job-by-{sys.argv[1]}") as the_desk:
        run(the_desk, sys.argv[1])
    print("done")
