# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""400 open pull requests: what a look costs when nothing or one of them changed, counted at the stand-in, and `slipwayctl changes`
beside the real `gh pr list` in one run. Requests are asserted; times are printed for people."""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from team import HERE, Team

import githubclients  # beside the stand-in, which team.py puts on the path

PULLS, ROUNDS = 400, 5


def counted(team, work):
    team.hub.control("DELETE", "requests")
    answer = work()
    return [one for one in team.hub.control("GET", "requests") if one["status"] != 304], answer


def timed(work):
    began = time.monotonic()
    work()
    return time.monotonic() - began


def look(ada):
    return ada.json("changes", "shop")["changes"]


def costs(team, ada):
    first, listed = counted(team, lambda: look(ada))
    assert len(listed) >= PULLS, len(listed)
    ada.json("status", "shop", "--refresh")  # keeps what is known
    same, _ = counted(team, lambda: look(ada))
    team.hub.act("push", branch="change-0007", files={"news.txt": "new"}, message="One more", by="grace")
    one, after = counted(team, lambda: look(ada))
    changed = next(change for change in after if change["branch"] == "change-0007")
    assert changed["updated_at"] == max(change["updated_at"] for change in after), changed
    print(f"{PULLS} pull requests: {len(first)} requests when nothing is known, {len(same)} when nothing changed, {len(one)} when one did")
    assert len(same) <= 2 and len(one) <= 2, (same, one)


def beside_gh(team, ada, door):
    if not shutil.which("gh"):
        print("skipped: no gh")
        return
    with tempfile.TemporaryDirectory(prefix="slipway-gh-") as folder:
        Path(folder, "config.yml").write_text(f"http_unix_socket: {door}\n")
        env = {**os.environ, "GH_CONFIG_DIR": folder, "GH_TOKEN": "token-of-ada", "GH_PROMPT_DISABLED": "1", "NO_COLOR": "1",
               "GH_NO_UPDATE_NOTIFIER": "1"}
        pr_list = ["gh", "pr", "list", "-R", "acme/shop", "-L", str(PULLS)]
        gh = lambda: subprocess.run(pr_list, env=env, check=True, capture_output=True, text=True)  # noqa: E731
        assert len(gh().stdout.splitlines()) == PULLS
        times = [(timed(lambda: ada.ctl("changes", "shop")), timed(gh)) for _ in range(ROUNDS)]
        ours, theirs = (statistics.median(column) for column in zip(*times))
        print(f"median of {ROUNDS}: slipwayctl changes {ours * 1000:.0f} ms, gh pr list {theirs * 1000:.0f} ms: {theirs / ours:.1f} times as fast")


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--clients", default=HERE.parents[2] / "build/dev/github-clients")
    try:
        schema = githubclients.schema(githubclients.install(words.parse_args().clients))
    except githubclients.Unavailable as why:  # gh asks for more than our own small schema has
        print("skipped:", why)
        return githubclients.SKIPPED
    with tempfile.TemporaryDirectory(prefix="slipway-door-") as folder:
        door = Path(folder, "gh.sock")
        with Team("speed", options=("--socket", str(door), "--schema", str(schema)), pulls=PULLS) as team:
            ada = team.person("ada")
            ada.join()
            ada.ctl("pipeline", "add", "shop", "--source", "hub:acme/shop", "--repo", team.repository)
            costs(team, ada)
            beside_gh(team, ada, door)
    return 0


if __name__ == "__main__":
    sys.exit(main())
