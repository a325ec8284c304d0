# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that belongs to one machine or one person: home and checkout paths, registry hosts, tokens, private keys."""
import re

import sources

# Joined from pieces, so that this file passes its own check.
RULES = [
    (r"(?<![\w.])/" + r"work/\w+", "a path of one machine"),
    (r"(?<![\w.])/(?:home|Users)/" + r"(?!\$|<|you\b|me\b|user\b)[a-z][\w.-]*/", "somebody's home"),
    (r"(?<![\w.])/" + r"root/[\w.]", "somebody's home"),
    (r"(?:registry|repo|index|files|mirror)s?\.(?:npmjs|yarnpkg|pypi|pythonhosted|maven|docker)\." + r"\w+", "a package registry"),
    (r"(?:deb|ftp|security)\.debian\." + r"org", "a package mirror"),
    (r"\b(?:pypi|proxy\.golang|static\.crates)\." + r"(?:org|io)\b", "a package registry"),
    (r"\b(?:gh[pousr]_|github_pat_|HRKU-|xox[abp]-|CCIPAT_)" + r"\w{16,}", "a token"),
    (r"\bAKIA" + r"[0-9A-Z]{16}\b", "a token"),
    (r"-----BEGIN (?:[A-Z]+ )?PRIVATE " + r"KEY-----", "a private key"),
    (r"://[^/\s:@\"'{}<>$%]+:[^/\s:@\"'{}<>$%]+@" + r"[\w.-]+", "a password in an address"),
]
ADDRESS = re.compile(r"[\w.+-]+@(?P<host>[\w-]+(?:\.[\w-]+)*\.[a-z]{2,})\b")
NOBODYS_HOSTS = ("example.com", "example.org", "example.net", ".invalid", ".example", ".test", "users.noreply.github.com")
SKIPPED = (".png", ".ico", ".svgz", ".qm", ".gz", ".db")


def lint(root):
    for name in sources.tracked(root):
        if name.endswith(SKIPPED) or name == "LICENSE":
            continue
        text = sources.read(root, name)
        for pattern, words in RULES:
            for match in re.finditer(pattern, text):
                yield f"{name}:{sources.line_of(text, match.start())}: {words}: {match.group(0)[:40]}"
        for match in ADDRESS.finditer(text):
            if not match.group("host").endswith(NOBODYS_HOSTS):
                yield f"{name}:{sources.line_of(text, match.start())}: an e-mail address: use one at example.com"


BAD = [
    ({"a.cmake": "set(X /" + "work/main/app)"}, "one machine"),
    ({"a.sh": "cd /" + "home/ada/src"}, "somebody's home"),
    ({"a.sh": "ls /" + "root/.ssh"}, "somebody's home"),
    ({"package-lock.json": '"resolved": "https://registry.npmjs.' + 'org/a.tgz"'}, "registry"),
    ({"run": "deb http://deb.debian." + "org/debian"}, "mirror"),
    ({"a.json": "ghp_" + "0123456789abcdefghij"}, "token"),
    ({"a.pem": "-----BEGIN PRIVATE " + "KEY-----"}, "private key"),
    ({"a.md": "https://ada:secret@" + "host.invalid/x"}, "password"),
    ({"a.md": "write to ada@" + "gmail.com"}, "e-mail"),
]
GOOD = [
    {"a.md": "ada@example.com, http://127.0.0.1:8000, https://dev1.shop.localhost:7700/home/page, ~/.local/share/slipway"},
    {"a.cpp": 'u"/repos/%1"_s; "/home/" + user; "https://api.github.com/"; "/work"'},
]

if __name__ == "__main__":
    sources.main(lint, BAD, GOOD)
