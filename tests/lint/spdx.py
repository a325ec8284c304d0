# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file says who owns it and under which licence: in its first lines, or in .reuse/dep5 where it cannot."""
import re
from fnmatch import fnmatchcase

import sources

LICENCE = "GPL-3.0-or-later"
# Split, so that this file does not look like one with two licences.
COPYRIGHT, IDENTIFIER = "SPDX-" + "FileCopyrightText:", "SPDX-" + "License-Identifier:"


def covered(root):
    """The patterns of .reuse/dep5, as one function of a name."""
    path = root / ".reuse" / "dep5"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    patterns = []
    for block in re.findall(r"^Files:((?:.*\n)(?:[ \t]+.*\n)*)", text, re.MULTILINE):
        patterns += block.split()
    return lambda name: any(fnmatchcase(name, pattern) for pattern in patterns)


def lint(root):
    in_dep5 = covered(root)
    for name in sources.tracked(root):
        if name == "LICENSE" or in_dep5(name):
            continue
        head = sources.read(root, name)[:2000]
        if COPYRIGHT not in head:
            yield f"{name}:1: has no {COPYRIGHT} line; copy the two from another file, or add it to .reuse/dep5"
        elif not re.search(re.escape(IDENTIFIER) + r"\s*" + re.escape(LICENCE), head):
            yield f"{name}:1: has no {IDENTIFIER} {LICENCE} line"


HEAD = f"// {COPYRIGHT} 2026 The Slipway authors\n// {IDENTIFIER} {LICENCE}\n"
DEP5 = f"Files: data/*.json\n icons/*\nCopyright: 2026 The Slipway authors\nLicense: {LICENCE}\n"
BAD = [
    ({"a.cpp": "int main() { }\n"}, "a.cpp:1"),
    ({"a.cpp": HEAD.splitlines()[0] + "\n"}, "no " + IDENTIFIER),
    ({"a.cpp": HEAD.replace(LICENCE, "MIT")}, "no " + IDENTIFIER),
    ({".reuse/dep5": HEAD + DEP5, "data/a.json": "{}", "other/a.json": "{}"}, "other/a.json"),
]
GOOD = [
    {"a.cpp": HEAD, "b.py": HEAD.replace("//", "#"), "LICENSE": "the text"},
    {".reuse/dep5": HEAD + DEP5, "data/a.json": "{}", "icons/a/b.svg": "<svg/>"},
]

if __name__ == "__main__":
    sources.main(lint, BAD, GOOD)
