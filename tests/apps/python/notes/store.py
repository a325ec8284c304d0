# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The notes, one SQLite file below DATA_DIR."""
import os
import sqlite3
from contextlib import closing
from pathlib import Path

DATABASE = Path(os.environ.get("DATA_DIR", "data")) / "notes.db"


def opened():
    DATABASE.parent.mkdir(parents=True, exist_ok=True)
    return closing(sqlite3.connect(DATABASE, timeout=5))


def migrate():
    with opened() as database, database:
        database.execute("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")


def add(text):
    with opened() as database, database:
        database.execute("INSERT INTO notes (text) VALUES (?)", (text,))


def everything():
    with opened() as database:
        return [row[0] for row in database.execute("SELECT text FROM notes ORDER BY id")]
