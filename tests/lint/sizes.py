# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists files that grew long. A warning, not a failure: a long table may well be the clearest form."""
import sys

import sources

LIMIT = 400  # lines


def lint(root):
    for name in sources.cpp_files(root):
        lines = sources.read(root, name).count("\n")
        if lines > LIMIT:
            yield f"{name}:{LIMIT}: {lines} lines; more than {LIMIT} are hard to hold in the head"


BAD = [({"a.cpp": "\n" * (LIMIT + 1)}, "a.cpp")]
GOOD = [{"a.cpp": "\n" * LIMIT, "a.txt": "\n" * 1000}]

if __name__ == "__main__":
    if sys.argv[1:2] != ["--self-test"]:
        print("\n".join(lint(sys.argv[1] if len(sys.argv) > 1 else ".")))
        sys.exit(0)
    sources.main(lint, BAD, GOOD)
