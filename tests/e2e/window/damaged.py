# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both databases are damaged while the window is closed: at the next start it says what it did, and the board is there."""

import glob

from desk import Desk, fetch, wait_for


def spoil(path, place, noise):
    with open(path, "r+b") as file:
        file.seek(place)
        file.write(noise)


def look_over(desk, file):
    """What the window says of it, and whether the damaged file is kept."""
    desk.open_window("--pipeline", "shop")
    desk.see(name=f"{file} was damaged")
    desk.see("list item", "staging")
    desk.picture(file)
    kept = [path for path in glob.glob(f"{desk.home}/{file}.damaged-*") if not path.endswith(("-wal", "-shm"))]
    assert len(kept) == 1, kept
    desk.close_window()
    desk.open_window("--pipeline", "shop")
    desk.see("list item", "staging")
    assert not desk.find(name="was damaged"), "it says so at each start"
    desk.close_window()


def main():
    with Desk("damaged") as desk:
        desk.ctl("sample")
        desk.open_window("--pipeline", "shop")
        desk.see("list item", "staging")
        wait_for("the backup of the day", lambda: glob.glob(f"{desk.home}/slipway.db.backup-*"))
        desk.close_window()
        spoil(f"{desk.home}/cache.db", 4096, b"\xa5" * 20000)
        look_over(desk, "cache.db")
        spoil(f"{desk.home}/slipway.db", 0, b"This is a letter to the editor. " * 10)
        look_over(desk, "slipway.db")
        assert fetch(desk.environment("production")["direct_address"]), "production stopped answering"


if __name__ == "__main__":
    main()
    print("done")
