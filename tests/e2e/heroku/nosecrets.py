# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole process with a marker for a token and markers for config values, faults, logs and a data copy among it; then a search of
every file that Slipway left, of all that it said, and of every command line that was to be seen meanwhile: none of them.
With a keychain of its own (accounts/with-keychain) the token is kept there, otherwise it comes from a variable. Not called
secrets.py: Python has a module of that name."""
import os
import subprocess
import threading
import time
from pathlib import Path

from team import VARIABLE, Team

MARKER = "HRKU-marker-token-5f0c9a41"
VALUE, OTHER = "marker-value-one-8d21", "marker-value-two-77be"
STAGING, PRODUCTION = "shop-staging", "shop-production"


class Watcher(threading.Thread):
    """Keeps every command line that it sees on this machine while it runs, its own process' apart."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seen, self.over = set(), threading.Event()
        self.start()

    def run(self):
        while not self.over.is_set():
            for entry in os.listdir("/proc"):
                if not entry.isdigit() or int(entry) == os.getpid():
                    continue
                try:
                    self.seen.add(Path(f"/proc/{entry}/cmdline").read_bytes())
                except OSError:
                    pass
            time.sleep(0.002)

    def end(self):
        self.over.set()
        self.join()
        return self.seen


def said(team, *words, **more):
    """All of it, whatever the exit code."""
    done = subprocess.run(team.words(*words), env=team.env, capture_output=True, text=True, timeout=120, **more)
    heard.append(f"{done.stdout}\n{done.stderr}")
    return done


heard = []


def join(team):
    account = ("account", "add", "heroku", "work", "--url", team.heroku.address)
    if os.environ.get("SLIPWAY_KEYCHAIN"):
        del team.env[VARIABLE]
        done = said(team, *account, "--token-stdin", input=MARKER + "\n")
    else:
        done = said(team, *account, "--token-env", VARIABLE)
    assert done.returncode == 0, done
    assert said(team, "account", "check", "work").returncode == 0, heard[-1]
    said(team, "pipeline", "add", "shop", "--deploys", "work", "--repo", str(team.repository.folder))


def whole_process(team):
    heroku = team.heroku
    said(team, "clone", "shop", "--name", "totals-dev", "--change", "totals", "--data", "copy")
    said(team, "config", "shop/totals-dev", "set", f"OTHER={OTHER}")  # its argument is the user's own: see below
    for words in (("config", "shop/totals-dev"), ("config", f"shop/{STAGING}", "--diff", "shop/totals-dev"), ("logs", "shop/totals-dev"),
                  ("logs", "shop/totals-dev", "--build"), ("run", "shop/totals-dev", "--", "true"), ("suspend", "shop/totals-dev"),
                  ("resume", "shop/totals-dev"), ("accept", "shop/totals-dev"), ("check", "shop/totals-dev", "--json"),
                  ("promote", "shop/totals-dev", "--json"), ("status", "shop", "--refresh", "--json"), ("promote", f"shop/{STAGING}"),
                  ("rollback", f"shop/{PRODUCTION}", "--reason", "Orders are lost"), ("release-hold", "shop")):
        done = said(team, *words)
        assert done.returncode == 0, (words, heard[-1])
    rules = ({"status": 401, "id": "unauthorized"}, {"html": True, "status": 500}, {"drop": "before"},
             {"redirect": "http://127.0.0.1:9/x"}, {"truncate": 30}, {"status": 422, "id": "invalid_params", "message": "Something is wrong"})
    for number, rule in enumerate(rules):
        for path in ("/config-vars$", "/transfers$", "^/pipeline-couplings$"):
            heroku.fault(path=path, **rule)
            said(team, "clone", "shop", "--name", f"wrong-{number}", "--json")
            heroku.control("DELETE", "faults")
    address = team.app(STAGING)["config"]["DATABASE_URL"]
    for method, path, nth, words in (("PATCH", "/config-vars$", 2, VALUE), ("POST", "/transfers$", 1, address)):  # a service that quotes
        heroku.fault(method=method, path=path, nth=nth, status=422, id="invalid_params", message=f"{words} is wrong.")
        assert said(team, "clone", "shop", "--name", "quoted", "--json").returncode == 1 and "is wrong." in heard[-1], heard[-1]
        heroku.control("DELETE", "faults")
    heroku.fault(method="POST", path="^/pipeline-promotions$", status=403, id="forbidden")
    heroku.act("release", STAGING, commit=team.repository.totals, message="Again")
    said(team, "promote", f"shop/{STAGING}", "--json", "--reason", "Try")
    for words in (("activity", "shop"), ("operations", "--json"), ("account", "list", "--json")):
        said(team, *words)


def addresses(team):
    """What add-ons put into config, passwords in it."""
    world = team.world()
    values = {value for app in world["apps"].values() for name, value in app["config"].items() if name.endswith("_URL")}
    assert any("@" in value for value in values), values
    return values


def search(folders, secrets):
    found, files = [], 0
    for folder in folders:
        for path in Path(folder).rglob("*"):
            if not path.is_file() or path.is_symlink():
                continue
            files += 1
            data = path.read_bytes()
            found += [f"{secret.decode()[:12]}… in {path}" for secret in secrets if secret in data or secret.decode().encode("utf-16-le") in data]
    assert files > 3, "there was nothing to search"
    return found


def main():
    began = time.monotonic()
    with Team("nosecrets", tokens=MARKER + "=global", token=MARKER) as team:
        team.env["TMPDIR"] = str(team.folder / "tmp")
        (team.folder / "tmp").mkdir()
        team.seed(config={"PAYMENTS": VALUE, "OTHER": VALUE + "-other"})
        watcher = Watcher()
        try:
            join(team)
            whole_process(team)
        finally:
            seen = watcher.end()
        assert team.count("transfer.create") and team.count("promotion.create") >= 2
        secrets = {word.encode() for word in (MARKER, VALUE, OTHER, *addresses(team))}
        folders = [team.home, team.folder / "tmp"]
        if os.environ.get("SLIPWAY_KEYCHAIN"):
            folders.append(os.environ["HOME"])
        found = search(folders, secrets)
        said_by = [text for text in heard if any(secret.decode() in text for secret in secrets)]
        on_lines = {line for line in seen if any(secret in line for secret in secrets)}
        on_lines = {line for line in on_lines if not (b"slipwayctl" in line and b"OTHER=" in line)}
        assert any(b"slipwayctl" in line for line in seen)
        print(*found, *said_by, *on_lines, sep="\n")
        assert not found and not said_by and not on_lines
        print(f"{len(secrets)} secrets, {len(seen)} command lines, {len(heard)} outputs, no trace: {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
