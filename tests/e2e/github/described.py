# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole process with Prism between Slipway and the stand-in for GitHub: no request and no answer breaks the published
description. Exit code 77 without npm. (The stand-in for CircleCI holds the same against its description by itself.)"""
import argparse
import http.client
import http.server
import sys
import tempfile
import threading
from pathlib import Path

import process
from team import HERE, Team

import githubclients  # beside the stand-in, which team.py puts on the path

# Prism follows the redirect to the archive host and would answer with the archive (conformance.md, 3): this goes past it.
PAST = ("/tarball/", "/legacy.tar.gz/", "/codeload/")
HOP = ("connection", "transfer-encoding", "keep-alive", "host", "content-length")
# Nobody else has these: they are no errors of the description's.
EXPECTED = ("Unable to match the returned status code", "Route not resolved", "Selected route not found", "GraphQL", "graphql")


class Fork(http.server.BaseHTTPRequestHandler):
    """Passes requests on to Prism, or past it."""

    protocol_version = "HTTP/1.1"
    prism = past = 0

    def pass_on(self):
        port = self.past if any(word in self.path for word in PAST) else self.prism
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        there = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        there.request(self.command, self.path, body or None, {name: value for name, value in self.headers.items() if name.lower() not in HOP})
        answer = there.getresponse()
        data = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP:
                self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        there.close()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on

    def log_message(self, *_):
        pass


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--clients", default=HERE.parents[2] / "build/dev/github-clients")
    try:
        clients = githubclients.install(words.parse_args().clients)
    except githubclients.Unavailable as why:
        print("skipped: no description:", why)
        return githubclients.SKIPPED
    front = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Fork)
    front.daemon_threads = True
    base, Fork.prism = f"http://127.0.0.1:{front.server_port}", githubclients.free_port()
    with tempfile.TemporaryDirectory(prefix="slipway-prism-") as home, Team("described", options=("--public-base", base)) as team:
        Fork.past = team.hub.port
        prism = githubclients.Prism(clients, home, team.hub.address, Fork.prism)
        threading.Thread(target=front.serve_forever, daemon=True).start()
        try:
            team.hub_address = base
            process.from_pull_request_to_production(team)
            complaints, warnings = prism.verdicts()
            sent = len(team.hub.control("GET", "requests"))
        finally:
            prism.close()
            front.shutdown()
            front.server_close()
        assert not complaints, "\n".join(complaints)
        assert not team.circle.violations(), team.circle.violations()
        odd = [line for line in warnings if not any(word in line for word in EXPECTED)]
        assert not odd, "\n".join(odd)
        print(f"{sent} requests through Prism: no complaint, {len(warnings)} warnings of the kinds it cannot know")
    return 0


if __name__ == "__main__":
    sys.exit(main())
