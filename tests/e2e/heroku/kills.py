# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""slipwayctl is killed (-9) while Heroku is at work on each step of a clone, a deploy and a promotion; meanwhile Heroku goes on by
itself. The operation is carried on by its id, and everything was asked for once."""
import sys
import threading
import time
import traceback

from process import until
from team import Team

PRODUCTION, STAGING = "shop-production", "shop-staging"
HELD = 1000  # polls: until it is told to finish

CLONE = ("clone", "shop", "--name", "totals-dev", "--change", "totals")
DEPLOY = ("deploy", f"shop/{STAGING}", "--version", "totals")
PROMOTE = ("promote", f"shop/{STAGING}")
# what is held, by which command, after which effect it is killed; "": right after the effect, nothing is held
CASES = [("", CLONE, "app.create"), ("", CLONE, "config.update"), ("addon", CLONE, "addon.create"), ("transfer", CLONE, "transfer.create"),
         ("", CLONE, "coupling.create"), ("", CLONE, "source.upload"), ("build", CLONE, "build.create"), ("release", CLONE, "release.create"),
         ("dyno", CLONE, "build.finish"), ("build", DEPLOY, "build.create"), ("", DEPLOY, "source.create"),
         ("release", DEPLOY, "build.finish"), ("promotion", PROMOTE, "promotion.create"), ("release", PROMOTE, "release.create")]
ONCE = ("app.create", "addon.create", "transfer.create", "coupling.create", "build.create", "promotion.create")


def killed_at(team, words, effect):
    """Whether it was still at work then."""
    command = team.start(*words)
    try:
        until(lambda: team.count(effect) or command.poll() is not None)
        alive = command.poll() is None
        command.kill()
    finally:
        command.communicate(timeout=30)
    return alive


def carried_on(team):
    operation = team.json("operations")["operations"][0]
    assert operation["state"] != "live", operation
    done = team.json("operations", "resume", operation["id"])
    assert done["state"] == "live", done


def once(team, words):
    counts = {kind: team.count(kind) for kind in ONCE}
    made = {"clone": {"app.create", "addon.create", "transfer.create", "coupling.create", "build.create"}, "deploy": {"build.create"},
            "promote": {"promotion.create"}}[words[0]]
    assert counts == {kind: int(kind in made) for kind in ONCE}, counts
    assert team.count("app.delete") == 0
    by_name = team.environments()
    if words[0] == "promote":
        assert team.slug(PRODUCTION) == team.slug(STAGING)
    else:
        assert by_name["totals-dev" if words[0] == "clone" else STAGING]["version"] == team.repository.totals


def case(number, held, words, effect):
    phase = {"processes": {"web": "npm start", "release": "npm run migrate"}} if held == "release" else {}
    with Team(f"killed-{number}") as team:
        if phase:
            (team.repository.folder / "Procfile").write_text("web: npm start\nrelease: npm run migrate\n")
            team.repository.git("switch", "-q", "totals")
            team.repository.totals = team.repository.commit("Migrate", {})
        team.seed(**phase)
        team.join()
        if held:
            team.heroku.settings(**{held: HELD})
        alive = killed_at(team, words, effect)
        assert alive, "it had ended before it was killed"
        if held:
            team.heroku.settings(**{held: 1})
            team.heroku.act("finish")
        carried_on(team)
        once(team, words)
        team.as_published()


def main(chosen):
    waiting, problems, lock, began = list(enumerate(CASES)), [], threading.Lock(), time.monotonic()
    waiting = [one for one in waiting if not chosen or str(one[0]) in chosen]

    def work():
        while True:
            with lock:
                if not waiting:
                    return
                number, (held, words, effect) = waiting.pop(0)
            try:
                case(number, held, words, effect)
            except Exception as error:
                problems.append(f"{number}. {words[0]}, killed at {effect}, {held or 'nothing'} held: "
                                + "".join(traceback.format_exception(error)))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(*problems, sep="\n\n")
    print(f"{len(CASES)} kills, {len(problems)} not well met: {time.monotonic() - began:.1f} s")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
