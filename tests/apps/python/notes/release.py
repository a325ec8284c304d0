# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The release phase. BREAK_RELEASE makes it fail, as a bad migration does."""
import os
import sys

from notes import store

if os.environ.get("BREAK_RELEASE"):
    sys.exit("release: the migration refuses: column \"text\" has rows without a value")
store.migrate()
print("release: migrated")
