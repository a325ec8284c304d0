# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two windows and slipwayctl on the same environment at once: whoever confirms first is served, the others are told, and
the world changes once."""

import json

from desk import Desk, wait_for
from main_job import card, drop_point, in_dialog
from moves import settled

DEPLOY = "Deploy to staging"


def accept_and_look(desk, other):
    """Both have the sheet of the same move open."""
    desk.ctl("accept", "shop/dev1")
    for one in (desk, other):
        one.to_front()
        one.see("list item", "accepted", test=lambda node: node.name.startswith("dev1,"))
        one.drag(card(one, "dev1"), drop_point(one, "Staging"))
        one.see("push button", DEPLOY, test=in_dialog)


def releases(desk):
    return json.loads(desk.ctl("releases", "shop/staging", "--json"))["releases"]


def run(desk, other):
    desk.ctl("sample")
    desk.open_window()
    card(desk, "dev1")
    other.open_window()
    card(other, "dev1")
    before = len(releases(desk))
    wanted = desk.environment("dev1")["version"]
    accept_and_look(desk, other)

    for one in (other, desk):
        one.to_front()
        one.click(one.see("push button", DEPLOY, test=in_dialog))
    desk.see(None, "busy", patience=30)  # the first one waits for its undo window: the second is refused
    desk.picture("told")
    refused = desk.ctl("promote", "shop/dev1", "--json", code=3)
    assert "busy" in refused, refused
    wait_for("staging on the version", lambda: desk.environment("staging")["version"] == wanted)
    wait_for("dev1 shut down", lambda: desk.environment("dev1") is None)
    settled(desk)
    for one in (desk, other):
        one.to_front()
        wait_for("no card of dev1", lambda: not one.find("list item", test=lambda node: node.name.startswith("dev1,")))
        one.picture("after")
    assert len(releases(desk)) == before + 1, releases(desk)
    deploys = [line for line in json.loads(desk.ctl("activity", "shop", "--json"))["activity"]
               if line["result"] == "live" and line["kind"] == "promote"]
    assert len(deploys) == 1, deploys
    desk.ctl("activity", "shop", "--verify")


if __name__ == "__main__":
    with Desk("together") as the_desk, Desk("together-second", beside=the_desk) as the_other:
        run(the_desk, the_other)
    print("done")
