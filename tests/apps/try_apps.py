# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds and runs the applications that the tests deploy, without Slipway: try_apps.py sample|node|python|compiled

Standard library only. Every process is started here, waited for and ended by its id; all files are in a scratch folder.
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent.parent / "resources" / "sample"
PATIENCE = 30  # seconds until a web process has to answer; reached only when something is wrong


def run(command, cwd, env=None, expect=0):
    done = subprocess.run(command, cwd=cwd, env=env, shell=isinstance(command, str), text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != expect:
        sys.exit(f"{command} ended with {done.returncode}, not {expect}:\n{done.stdout}")
    return done.stdout


def procfile(directory):
    lines = (line for line in (directory / "Procfile").read_text().splitlines() if line and not line.startswith("#"))
    return dict((part.strip() for part in line.split(":", 1)) for line in lines)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(data, **more):
    port = free_port()
    env = {"PATH": os.environ["PATH"], "HOME": str(data), "HOST": "127.0.0.1", "PORT": str(port), "DATA_DIR": str(data),
           "SLIPWAY_ENV": "dev1", "SLIPWAY_STAGE": "development", "SLIPWAY_RELEASE": "v3",
           "SLIPWAY_COMMIT": "0123456789abcdef", "PYTHONDONTWRITEBYTECODE": "1", **more}
    return env, f"http://127.0.0.1:{port}"


def fetch(url, data=None):
    with urllib.request.urlopen(url, data=data, timeout=PATIENCE) as answer:
        return answer.read().decode("utf-8", "replace")


@contextmanager
def process(command, cwd, env, url=None):
    """Runs a command in a group of its own, waits until `url` answers, ends the group with SIGTERM."""
    with tempfile.TemporaryFile("w+") as log:
        started = subprocess.Popen(["/bin/sh", "-c", command], cwd=cwd, env=env, stdout=log, stderr=log, start_new_session=True)

        def written():
            log.seek(0)
            return log.read()

        try:
            deadline = time.monotonic() + PATIENCE
            while url:
                try:
                    fetch(url)
                    break
                except (urllib.error.URLError, ConnectionError) as error:
                    if started.poll() is not None or time.monotonic() > deadline:
                        sys.exit(f"{command} does not answer ({error}):\n{written()}")
                    time.sleep(0.05)
            yield written
        finally:
            if started.poll() is None:
                os.killpg(started.pid, signal.SIGTERM)
            started.wait(PATIENCE)


def expect(text, part):
    if part not in text:
        sys.exit(f"expected {part!r} in:\n{text}")


def repository_refs(path):
    return run(["git", "for-each-ref", "--format=%(refname) %(objectname)"], path)


def try_sample(scratch):
    first, second = scratch / "first", scratch / "second"
    run([SAMPLE / "make-repository", first], scratch)
    # A caller with an opinion about everything must get the same commits.
    opinion = dict(os.environ, GIT_AUTHOR_NAME="Someone", GIT_COMMITTER_DATE="2001-01-01T00:00:00Z", TZ="Asia/Tokyo",
                   GIT_CONFIG_COUNT="1", GIT_CONFIG_KEY_0="commit.gpgSign", GIT_CONFIG_VALUE_0="true")
    run([SAMPLE / "make-repository", second], scratch, opinion)
    refs = repository_refs(first)
    if refs != repository_refs(second) or len(refs.splitlines()) != 4:
        sys.exit(f"two repositories differ, or have not four branches:\n{refs}\n{repository_refs(second)}")
    run([SAMPLE / "make-repository", first], scratch, expect=1)
    if sorted(entry.name for entry in scratch.iterdir()) != ["first", "second"]:
        sys.exit("make-repository left something beside its target")

    def count(span):
        return int(run(["git", "rev-list", "--count", span], first))

    if not 12 <= count("main") <= 25 or count("faster-checkout..main") or not count("invoice-pdf..main"):
        sys.exit("main has an odd length, faster-checkout is behind it, or invoice-pdf is not")

    for branch in ("main", "faster-checkout", "invoice-pdf", "saved-cards"):
        run(["git", "checkout", "-q", branch], first)
        data = scratch / branch
        data.mkdir()
        env, url = environment(data)
        commands = procfile(first)
        run(commands["release"], first, env)
        build = json.loads((first / "slipway.json").read_text()).get("build")
        if build:
            run(build, first, env)
        if branch == "saved-cards":
            expect(run(commands["web"], first, env, expect=1), "KeyError: 'PAYMENTS_KEY'")
            env["PAYMENTS_KEY"] = "any"
        with process(commands["web"], first, env, url + "/health"):
            expect(fetch(url + "/"), "dev1 · v3<code>0123456</code>")
            expect(fetch(url + "/health"), '"version": "0123456"')
            order(url, branch)
            with process(commands["worker"], first, env) as written:
                deadline = time.monotonic() + PATIENCE
                while "confirmation of H-1001 to ada@example.com" not in written() and time.monotonic() < deadline:
                    time.sleep(0.05)
                expect(written(), "confirmation of H-1001")
        print(f"sample, {branch}: runs and takes an order")


def order(url, branch):
    """Buys one bag as a browser would, with the cart's cookie."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    browser.open(url + "/cart", b"sku=yirga", timeout=PATIENCE).close()
    pages = ["/checkout"] if branch == "faster-checkout" else ["/checkout", "/checkout/confirm"]
    for page in pages:
        with browser.open(url + page, b"name=Ada&email=ada%40example.com", timeout=PATIENCE) as answer:
            text = answer.read().decode()
    expect(text, "Your order is <b>H-1001</b>")


def copied(name, scratch):
    return Path(shutil.copytree(HERE / name, scratch / name))


def try_node(scratch):
    if not shutil.which("npm"):
        print("npm is not installed (apt-get install nodejs npm)")
        sys.exit(77)
    app = copied("node", scratch)
    env, url = environment(scratch)
    run(json.loads((app / "slipway.json").read_text())["build"], app, env)
    with process(procfile(app)["web"], app, env, url + "/health"):
        expect(fetch(url), "Hello from dev1, v3")


def try_python(scratch):
    app, data = copied("python", scratch), scratch / "data"
    env, url = environment(data)
    broken = dict(env, BREAK_RELEASE="1")
    expect(run(procfile(app)["release"], app, broken, expect=1), "the migration refuses")
    run(procfile(app)["release"], app, env)
    run(json.loads((app / "app.json").read_text())["scripts"]["postdeploy"], app, env)
    with process(procfile(app)["web"], app, env, url):
        fetch(url, b"bread and butter")
        expect(fetch(url), '["first deploy of dev1", "bread and butter"]')


def try_compiled(scratch):
    app = copied("compiled", scratch)
    env, url = environment(scratch)
    run(json.loads((app / "slipway.json").read_text())["build"], app, env)
    with process(procfile(app)["web"], app, env, url):
        expect(fetch(url), "compiled in dev1, v3, 0123456789abcdef")


if __name__ == "__main__":
    tries = {"sample": try_sample, "node": try_node, "python": try_python, "compiled": try_compiled}
    with tempfile.TemporaryDirectory(prefix="slipway-apps-") as folder:
        tries[sys.argv[1]](Path(folder))
