# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every row of the move table in the real window on a real pipeline, by mouse and by keyboard: a change to the dev
environments, one behind staging updated, a dev environment refused by production, to staging, staging sent back, staging
reset to production, to production, to two production environments at once, and the shut-down corner."""

import sys

import pyatspi

from desk import Desk, wait_for
from main_job import card, drop_point, in_dialog, is_column

COLUMNS = ("Dev environments", "Staging", "Production")


class Mouse:
    """Drags things onto columns and answers sheets with the pointer."""

    def __init__(self, desk):
        self.desk = desk

    def move(self, thing, column, during=None):
        self.desk.drag(thing, drop_point(self.desk, column), during=during)

    def confirm(self, text):
        self.choose(text)

    def choose(self, text):
        """A button of the sheet, the main one or a remedy beside a check."""
        self.desk.click(self.desk.see("push button", text, test=in_dialog))

    def to_corner(self, thing):
        self.desk.drag(thing, self.corner_point(), during=lambda: self.desk.picture("corner"))

    def corner_point(self):
        """The lower left of the dev environments, where the corner shows once something is carried."""
        box = self.desk.see("list", "Dev environments", test=is_column).queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        return box.x + box.width // 2, box.y + box.height - 30


class Keyboard:
    """Space picks up, arrows choose, Return drops and confirms."""

    def __init__(self, desk):
        self.desk = desk

    def at(self):
        """The list item that the keyboard is on: Qt calls the current item of every list focused, so the list must be too."""
        return self.desk.find("list item", test=lambda node: all(one.getState().contains(pyatspi.STATE_FOCUSED)
                                                                 for one in (node, node.parent)))

    def is_at(self, name):
        item = self.at()
        return item and first_word(item) == name

    def walk(self, name, key, among):
        """From the first of a list to the one of that name."""
        self.desk.press("Home")
        for _ in range(among):
            if self.is_at(name):
                return
            self.desk.press(key)
        wait_for(f"the keyboard on “{name}”", lambda: self.is_at(name), 5)

    def focus(self, thing):
        """Tab goes round the window; the arrows go through the list it stops at."""
        name, neighbours = first_word(thing), [first_word(node) for node in thing.parent]
        for _ in range(60):
            item = self.at()
            if item and first_word(item) in neighbours:
                break
            self.desk.press("Tab")
        self.walk(name, "Down", len(neighbours))

    def move(self, thing, column, during=None):
        self.aim(thing, COLUMNS.index(column))
        if during:
            during()
        self.desk.press("Return")

    def aim(self, thing, target):
        """Picks it up and steers: the arrows pass the columns that take part."""
        self.steer_to(thing)
        self.desk.press("space")
        for _ in range(4):
            self.desk.press("Left")
        for _ in range(self.places(thing, target)):
            self.desk.press("Right")

    def places(self, thing, target):
        source = self.column_of(thing)
        return sum(1 for i in range(target) if i != source)

    def column_of(self, thing):
        """Which of COLUMNS it stands in; None for none."""
        x, _ = self.desk.centre(thing)
        for i, column in enumerate(COLUMNS):
            box = self.desk.see("list", column, test=is_column).queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
            if box.x <= x < box.x + box.width:
                return i
        return None

    def steer_to(self, thing):
        """Ctrl+B goes to the board; left and right go from column to column, up and down through one. What is in no column
        is an open change, which Tab reaches."""
        wanted = self.column_of(thing)
        if wanted is None:
            self.focus(thing)
            return
        self.desk.press("ctrl+b")
        for _ in range(8):
            here = self.column_of(wait_for("the keyboard on the board", self.at, 5))
            if here == wanted:
                break
            self.desk.press("Right" if here < wanted else "Left")
        self.walk(first_word(thing), "Down", len(thing.parent))

    def confirm(self, text):
        self.desk.see("push button", text, test=in_dialog)
        self.desk.press("Return")

    def choose(self, text):
        """A button of the sheet that is not the main one: Tab goes there, Space presses it."""
        self.desk.see("push button", text, test=in_dialog)
        for _ in range(20):
            if self.desk.find("push button", text, test=lambda node: node.getState().contains(pyatspi.STATE_FOCUSED)):
                break
            self.desk.press("Tab")
        self.desk.press("space")

    def to_corner(self, thing):
        self.steer_to(thing)
        self.desk.press("space", "Down")  # beside the columns: going on to the right never meets it
        self.desk.picture("corner")
        self.desk.press("Return")


def first_word(item):
    """What a card or a change is called: its accessible name begins with it."""
    return item.name.split(",")[0]


def open_change(desk, title):
    return desk.see("list item", title, test=lambda node: node.name.startswith(title))


def settled(desk):
    """Nothing runs any more."""
    return wait_for("the operations' ends",
                    lambda: all(not one["operation"] or one["operation"]["state"] not in ("requested", "waiting", "running")
                                for one in desk.status()["environments"]))


def change_to_dev(desk, hands):
    item = open_change(desk, "Invoice pdf")
    if isinstance(hands, Keyboard):
        hands.focus(item)
        desk.press("Return")
    else:
        hands.move(item, "Dev environments", during=lambda: desk.picture("change-in-hand"))
    hands.confirm("Clone")
    wait_for("dev2 with the change", lambda: (desk.environment("dev2") or {}).get("state") == "running"
             and desk.environment("dev2")["change"]["branch"] == "invoice-pdf")
    settled(desk)


def behind_is_updated(desk, hands):
    """Staging runs what dev2 has not: the sheet says so and has the remedy, which makes the verdict void."""
    before = desk.environment("dev2")
    assert before["behind"] > 0, before
    desk.ctl("accept", "shop/dev2")
    desk.see("list item", "accepted", test=lambda node: node.name.startswith("dev2,"))
    hands.move(card(desk, "dev2"), "Staging")
    desk.see("push button", "Update from staging", test=in_dialog)
    desk.picture("behind-sheet")
    hands.choose("Update from staging")
    wait_for("dev2 with all that staging runs", lambda: desk.environment("dev2")["behind"] == 0)
    settled(desk)
    after = desk.environment("dev2")
    assert after["version"] != before["version"] and after["ahead"] > 0, after
    assert after["verdict"]["state"] != "accepted", after
    desk.picture("updated")


def dev_to_production_is_refused(desk, hands):
    before = desk.environment("production")["release"]
    hands.move(card(desk, "dev1"), "Production", during=lambda: desk.picture("refused"))
    if isinstance(hands, Keyboard):
        desk.press("Escape")
    settled(desk)
    assert desk.environment("production")["release"] == before
    assert not desk.find("dialog"), "a refused drop opened something"


def dev_to_staging(desk, hands):
    desk.ctl("accept", "shop/dev1", "--note", "Totals match")
    wanted = desk.environment("dev1")["version"]
    desk.see("list item", "accepted", test=lambda node: node.name.startswith("dev1,"))
    hands.move(card(desk, "dev1"), "Staging")
    hands.confirm("Deploy to staging")
    wait_for("staging on the version", lambda: desk.environment("staging")["version"] == wanted)
    wait_for("dev1 shut down", lambda: desk.environment("dev1") is None)
    settled(desk)
    return wanted


def staging_is_sent_back(desk, hands, version):
    hands.move(card(desk, "staging"), "Dev environments", during=lambda: desk.picture("send-back-in-hand"))
    desk.see("push button", "Send back", test=in_dialog)
    desk.picture("send-back-sheet")
    hands.confirm("Send back")
    production = desk.environment("production")
    wait_for("staging on production's artifact",
             lambda: desk.environment("staging")["artifact"] == production["artifact"])
    wait_for("dev1 with what staging ran", lambda: (desk.environment("dev1") or {}).get("version") == version)
    settled(desk)


def staging_is_reset(desk, hands):
    version = dev_to_staging(desk, hands)
    assert desk.environment("staging")["version"] == version
    hands.move(card(desk, "production"), "Staging", during=lambda: desk.picture("reset-in-hand"))
    desk.see("push button", "Reset staging", test=in_dialog)
    desk.picture("reset-sheet")
    hands.confirm("Reset staging")
    production = desk.environment("production")
    wait_for("staging on production's artifact",
             lambda: desk.environment("staging")["artifact"] == production["artifact"])
    settled(desk)


def staging_to_production(desk, hands):
    desk.ctl("clone", "shop", "--name", "dev1", "--change", "faster-checkout", "--data", "copy")
    version = dev_to_staging(desk, hands)
    hands.move(card(desk, "staging"), "Production")
    hands.confirm("Promote to production")
    wait_for("production on the version", lambda: desk.environment("production")["version"] == version
             and desk.environment("production")["artifact"] == desk.environment("staging")["artifact"])
    settled(desk)


def staging_to_two_targets(desk, hands):
    """A second production environment: one drop serves both, in order, with the identical artifact."""
    desk.ctl("clone", "shop", "--stage", "production", "--name", "eu")
    desk.ctl("update", "shop/dev2")
    desk.ctl("accept", "shop/dev2")
    card(desk, "eu")
    desk.see("list item", "accepted", test=lambda node: node.name.startswith("dev2,"))
    hands.move(card(desk, "dev2"), "Staging")
    hands.confirm("Deploy to staging")
    wait_for("dev2 shut down", lambda: desk.environment("dev2") is None)
    settled(desk)
    hands.move(card(desk, "staging"), "Production")
    desk.see("push button", "Promote to", test=in_dialog)
    desk.picture("two-targets-sheet")
    hands.confirm("Promote to")
    artifact = desk.environment("staging")["artifact"]
    wait_for("both on staging's artifact", lambda: all(desk.environment(name)["artifact"] == artifact
                                                       for name in ("production", "eu")))
    settled(desk)


def dev_to_the_corner(desk, hands):
    desk.ctl("clone", "shop", "--name", "spare")
    hands.to_corner(card(desk, "spare"))
    desk.see("push button", "Shut down", test=in_dialog)
    desk.picture("shut-down")
    hands.confirm("Shut down")
    wait_for("spare shut down", lambda: desk.environment("spare") is None)


def run(desk, by):
    desk.ctl("sample")
    desk.open_window()
    card(desk, "dev1")
    hands = Mouse(desk) if by == "mouse" else Keyboard(desk)
    desk.picture("board")
    change_to_dev(desk, hands)
    behind_is_updated(desk, hands)
    dev_to_production_is_refused(desk, hands)
    version = dev_to_staging(desk, hands)
    staging_is_sent_back(desk, hands, version)
    staging_is_reset(desk, hands)
    staging_to_production(desk, hands)
    staging_to_two_targets(desk, hands)
    dev_to_the_corner(desk, hands)
    desk.ctl("activity", "shop", "--verify")
    desk.picture("done")


if __name__ == "__main__":
    with Desk(f"moves-by-{sys.argv[1]}") as the_desk:
        run(the_desk, sys.argv[1])
    print("done")
