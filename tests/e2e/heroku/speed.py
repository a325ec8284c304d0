# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twenty apps, read by slipwayctl beside the real Heroku CLI in one run. The requests are counted and must be few; times are
printed for people, a machine under load proves nothing by them."""
import statistics
import time

from beside import both

APPS, ROUNDS, MOST = 20, 5, 6


def timed(work):
    began = time.monotonic()
    work()
    return time.monotonic() - began


def main():
    with both("speed", apps=APPS - 2) as team:
        status = lambda: team.ctl("status", "shop", "--refresh")  # noqa: E731
        info = lambda: team.heroku_cli("pipelines:info", "shop")  # noqa: E731
        assert len(team.environments()) == APPS
        ours, words = team.counted(status)
        theirs, printed = team.counted(info)
        assert all(f"shop-dev-{number:03}" in words and f"shop-dev-{number:03}" in printed for number in (1, APPS - 2)), (words, printed)
        times = [(timed(status), timed(info)) for _ in range(ROUNDS)]
        slipway, heroku = (statistics.median(column) for column in zip(*times))
        print(f"{APPS} apps, median of {ROUNDS}: slipwayctl status --refresh {slipway * 1000:.0f} ms with {ours} requests, "
              f"heroku pipelines:info {heroku * 1000:.0f} ms with {theirs}: {heroku / slipway:.1f} times as fast")
        assert ours <= MOST, f"{ours} requests for a look at which nothing had changed"
        changed(team, status)


def changed(team, status):
    """One of them got a release: what that one costs, not what all do."""
    team.heroku.act("release", "shop-dev-007", commit=team.repository.totals, message="Faster totals")
    sent, words = team.counted(status)
    assert "Faster totals" in words, words
    print(f"one of them changed: {sent} requests")
    assert sent <= MOST + 5, f"{sent} requests for one app that changed"


if __name__ == "__main__":
    main()
