# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lints share: finding files, hiding comments and texts, reporting, and the self-test."""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

CPP = {".h", ".cpp"}
TOKEN = re.compile(
    r"(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])"
    r'|//[^\n]*|/\*.*?\*/|(?:u8|u|U|L)?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"'
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'",
    re.DOTALL,
)


def plain(text):
    """C++ with comments and the insides of texts blanked; lines and columns stay where they are."""

    def blank(match):
        word = match.group(0)
        if word == "'":
            return word  # a digit separator, 10'000
        kept = re.sub(r"[^\n]", " ", word)
        return kept if word.startswith("/") else '"' + kept[1:-1] + '"'

    return TOKEN.sub(blank, text)


def tracked(root):
    """The files that git knows or would add, as paths relative to root; without git, all but build/."""
    listing = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True)
    if listing.returncode == 0:
        names = [name for name in listing.stdout.decode("utf-8", "surrogateescape").split("\0") if name]
    else:
        names = [str(path.relative_to(root)) for path in Path(root).rglob("*") if ".git" not in path.parts]
        names = [name for name in names if not name.startswith("build/")]
    return sorted(name for name in set(names) if (Path(root) / name).is_file())


def cpp_files(root):
    return [name for name in tracked(root) if Path(name).suffix in CPP]


def read(root, name):
    return (Path(root) / name).read_text(encoding="utf-8", errors="replace")


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def main(lint, bad, good):
    """lint(root) yields complaints. With --self-test, `bad` maps samples {file: text} to a word of the complaint."""
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(self_test(lint, bad, good))
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    complaints = list(lint(root))
    print("\n".join(complaints))
    sys.exit(1 if complaints else 0)


def complaints_about(lint, files):
    with tempfile.TemporaryDirectory(prefix="slipway-lint-") as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return list(lint(Path(folder)))


def self_test(lint, bad, good):
    failures = 0
    for files, word in bad:
        found = complaints_about(lint, files)
        if len(found) != 1 or word not in found[0]:
            print(f"wanted one complaint with {word!r} about {files}, got {found}")
            failures += 1
    for files in good:
        found = complaints_about(lint, files)
        if found:
            print(f"wanted silence about {files}, got {found}")
            failures += 1
    print(f"{len(bad)} bad and {len(good)} good samples, {failures} judged wrongly")
    return 1 if failures else 0
