# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at the desk: starts the real programs, sees the window through AT-SPI, acts with a real mouse and keyboard.

Needs a display, a session bus and the accessibility bus: run through tests/e2e/with-display. Everything it starts lives
in one scratch SLIPWAY_HOME and is gone when the desk is left."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

import gi

gi.require_version("Atspi", "2.0")
import pyatspi  # noqa: E402

BIN = os.environ["SLIPWAY_BIN"]
PICTURES = os.environ.get("SLIPWAY_PICTURES", tempfile.gettempdir())
PATIENCE = float(os.environ.get("SLIPWAY_PATIENCE", "90"))  # seconds; a loaded CI machine is slow, never wrong


class NotSeen(AssertionError):
    pass


def wait_for(what, look, patience=PATIENCE):
    """Looks again and again until `look` answers something true; says what was missing otherwise."""
    end = time.monotonic() + patience
    problem = None
    while time.monotonic() < end:
        try:
            seen = look()
            if seen:
                return seen
        except Exception as error:  # the window changes under our eyes: look again
            problem = error
        time.sleep(0.1)
    raise NotSeen(f"not seen within {patience:.0f} s: {what}" + (f" ({problem!r})" if problem else ""))


def xdotool(*words):
    return subprocess.run(["xdotool", *map(str, words)], check=True, capture_output=True, text=True).stdout


class Desk:
    def __init__(self, name, beside=None):
        """`beside`: another desk; this person then looks at the same pipelines, and leaves them to that one."""
        self.name = name
        self.beside = beside
        self.home = beside.home if beside else tempfile.mkdtemp(prefix=f"slipway-{name}-")
        self.env = dict(os.environ, SLIPWAY_HOME=self.home, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
                        QT_QPA_PLATFORM="xcb")
        self.window = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None:
            self.picture("failure")
            print(f"--- what could be seen when it failed ({self.name})", file=sys.stderr)
            print(self.describe(), file=sys.stderr)
        if self.beside:
            self.close_window()
            return
        try:
            self.close_window()
            self.end_everything()
        finally:
            shutil.rmtree(self.home, ignore_errors=True, onerror=None) if error is None else print("home kept:", self.home)

    # -- programs -------------------------------------------------------------------------------------------------

    def ctl(self, *words, code=0, timeout=180):
        done = subprocess.run([f"{BIN}/slipwayctl", *words], env=self.env, capture_output=True, text=True,
                              timeout=timeout, stdin=subprocess.DEVNULL)
        assert done.returncode == code, (f"slipwayctl {' '.join(words)} ended with {done.returncode}, expected {code}\n"
                                         f"{done.stdout}\n{done.stderr}")
        return done.stdout

    def status(self, pipeline="shop"):
        return json.loads(self.ctl("status", pipeline, "--json"))

    def environment(self, name, pipeline="shop"):
        for environment in self.status(pipeline)["environments"]:
            if environment["name"] == name:
                return environment
        return None

    def open_window(self, *words):
        log = open(f"{self.home}/window.log", "ab")
        self.window = subprocess.Popen([f"{BIN}/slipway", *words], env=self.env, stdout=log, stderr=log)
        wait_for("the window", lambda: self.app() and xdotool("search", "--onlyvisible", "--pid", self.window.pid).split())
        self.wid = xdotool("search", "--onlyvisible", "--pid", self.window.pid).split()[-1]
        self.to_front()
        return self.window

    def to_front(self):
        subprocess.run(["xdotool", "windowactivate", "--sync", self.wid], capture_output=True, timeout=10)

    def close_window(self, how=signal.SIGTERM):
        if self.window and self.window.poll() is None:
            self.window.send_signal(how)
            self.window.wait(30)
        self.window = None

    def processes(self):
        """Everything alive that belongs to this SLIPWAY_HOME: {pid: command line}."""
        found = {}
        for entry in os.listdir("/proc"):
            if not entry.isdigit() or int(entry) == os.getpid():
                continue
            try:
                with open(f"/proc/{entry}/environ", "rb") as file:
                    environ = file.read()
                with open(f"/proc/{entry}/cmdline", "rb") as file:
                    command = file.read().replace(b"\0", b" ").decode(errors="replace").strip()
            except OSError:
                continue
            if command and (self.home.encode() in environ or self.home in command):
                found[int(entry)] = command
        return found

    def pids(self, program):
        return [pid for pid, command in self.processes().items() if os.path.basename(command.split(" ")[0]) == program]

    def end_everything(self):
        """Leaves nothing behind, also when the test failed half way."""
        subprocess.run([f"{BIN}/slipwayctl", "pipeline", "remove", "shop", "--yes", "--no-input"], env=self.env,
                       capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
        subprocess.run([f"{BIN}/slipwayd", "--stop", "--home", self.home], env=self.env, capture_output=True, timeout=60)
        end = time.monotonic() + 20
        while self.processes() and time.monotonic() < end:
            time.sleep(0.1)
        left = self.processes()
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        assert not left, f"left behind: {left}"

    # -- eyes -----------------------------------------------------------------------------------------------------

    def app(self):
        for app in pyatspi.Registry.getDesktop(0):
            if app and self.window and app.get_process_id() == self.window.pid:
                return app
        return None

    def find(self, role=None, name=None, test=None, root=None, every=False):
        """The first showing thing of that role whose name contains `name`."""
        seen = []

        def look(node, depth):
            if node is None or depth > 30:
                return False
            try:
                states = node.getState()
                if depth > 1 and not states.contains(pyatspi.STATE_SHOWING):
                    return False
                text = node.name or ""
                if (role is None or node.getRoleName() == role) and (name is None or name in text) \
                        and (test is None or test(node)):
                    seen.append(node)
                    if not every:
                        return True
                for child in node:
                    if look(child, depth + 1):
                        return True
            except Exception:
                return False
            return False

        app = root or self.app()
        if app:
            look(app, 0)
        return seen if every else (seen[0] if seen else None)

    def see(self, role=None, name=None, patience=PATIENCE, **more):
        return wait_for(f"{role or 'anything'} named “{name}”", lambda: self.find(role, name, **more), patience)

    def describe(self):
        lines = []

        def look(node, depth):
            try:
                if depth > 1 and not node.getState().contains(pyatspi.STATE_SHOWING):
                    return
                lines.append("  " * depth + f"{node.getRoleName()} “{node.name}” {node.description or ''}")
                for child in node:
                    if child and depth < 20:
                        look(child, depth + 1)
            except Exception:
                pass

        app = self.app()
        if app:
            look(app, 0)
        return "\n".join(lines)

    def picture(self, title):
        os.makedirs(PICTURES, exist_ok=True)
        path = os.path.join(PICTURES, f"{self.name}-{title}.png")
        subprocess.run(["import", "-window", "root", path], capture_output=True, timeout=30)
        return path

    @staticmethod
    def centre(node):
        box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        return box.x + box.width // 2, box.y + box.height // 2

    # -- hands ----------------------------------------------------------------------------------------------------

    def click(self, node, button=1):
        x, y = self.centre(node)
        xdotool("mousemove", x, y, "click", button)

    def press(self, *keys):
        for key in keys:
            xdotool("key", "--clearmodifiers", key)
            time.sleep(0.05)  # a person's pace: key events must not overtake the focus they cause

    def type(self, text):
        xdotool("type", "--delay", "15", text)

    def drag(self, node, target, during=None):
        """From the middle of a thing to a point, with the small steps QDrag needs to see."""
        x, y = self.centre(node)
        tx, ty = target
        xdotool("mousemove", x, y, "mousedown", 1)
        for step in range(1, 25):
            xdotool("mousemove", x + (tx - x) * step // 24, y + (ty - y) * step // 24)
            time.sleep(0.03)
        if during:
            time.sleep(0.3)
            during()
        xdotool("mousemove", tx + 2, ty + 2)
        time.sleep(0.2)
        xdotool("mouseup", 1)


def fetch(address):
    """What a browser would see at an environment's plain address."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()
