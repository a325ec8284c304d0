# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What GitHub and the network do wrong at each writing request of a merge, a verdict, a recorded deployment and a hold, through the
real slipwayctl: a sentence with its remedy, nothing half done, and afterwards each effect exactly once, counted at the stand-in."""
import json
import os
import sys
import time

from team import Team

ELSEWHERE = "http://127.0.0.1:9/elsewhere"
FAULTS = {"401": {"status": 401}, "403": {"status": 403}, "404": {"status": 404}, "409": {"status": 409}, "422": {"status": 422},
          "429": {"status": 429, "headers": {"Retry-After": "1"}}, "500": {"status": 500}, "502": {"html": True, "status": 502},
          "before": {"drop": "before"}, "after": {"drop": "after"}, "cut": {"cut": 10}, "truncate": {"truncate": 10},
          "redirect": {"redirect": ELSEWHERE}, "delay": {"delay": 0.5}}
FINAL = {"403", "422"}  # the team is not told: who decided is
MERGE = ("PUT", "/merge$")
SAID = {"status": ("POST", "/statuses/"), "comment": ("POST", "/comments$")}
RECORDED = {"deployment": ("POST", "/deployments$"), "state": ("POST", "/deployments/[0-9]+/statuses$")}
HELD = {"commit": ("POST", "/git/commits$"), "ref": ("POST", "/git/refs$")}


class Scene:
    """One team after whose faults the same team goes on."""

    def __init__(self, team):
        self.team, self.ada, self.made = team, team.person("ada"), 0
        self.ada.join()
        self.ada.ctl("pipeline", "add", "shop", "--source", "hub:acme/shop", "--repo", team.repository)
        self.ada.ctl("pipeline", "policy", "shop", "set", "checks.verdict=off", "checks.ci=off", "checks.drift=off", "checks.contains-staging=off")
        team.hub.settings(points=0, content=0)

    def fault(self, request, words):
        method, path = request
        self.team.hub.control("DELETE", "effects")
        self.team.hub.fault(method=method, path=path, nth=1, **words)

    def calm(self):
        self.team.hub.control("DELETE", "faults")

    def run(self, *words):
        code, out, err = self.ada.run(*words, "--json")
        assert "token-of" not in out + err and "elsewhere" not in out + err, "it says what it should keep"
        return code, (json.loads(out) if out else None), err

    def change(self):
        self.made += 1
        return (f"change-{self.made}", *self.team.pull(f"change-{self.made}", f"page {self.made}", f"Change {self.made}"))

    def effects(self, kind):
        return [one for one in self.team.hub.control("GET", "effects") if one["kind"] == kind]


def merging(scene, fault):
    name, number, head = scene.change()
    scene.ada.json("clone", "shop", "--name", name, "--change", f"#{number}")
    scene.fault(MERGE, FAULTS[fault])
    code, document, err = scene.run("promote", f"shop/{name}", "--reason", "a test")
    scene.calm()
    if code:
        assert document["state"] == "failed" and document["error"]["message"].endswith(".") and document["error"]["remedy"], document
        code, document, err = scene.run("operations", "resume", document["id"])
    assert code == 0 and document["state"] == "live", (document, err)
    pull = scene.team.hub.get(f"/repos/acme/shop/pulls/{number}").json
    assert pull["merged"] and scene.ada.environment("staging")["version"] == pull["merge_commit_sha"], pull["merge_commit_sha"]
    assert len(scene.effects("pull.merge")) == 1, scene.team.hub.control("GET", "effects")


def saying(scene, fault, request):
    word = scene.words = not getattr(scene, "words", False)
    scene.fault(SAID[request], FAULTS[fault])
    code, _, err = scene.run("accept" if word else "reject", "shop/dev", "--note", f"{fault} {request}")
    scene.calm()
    assert code == 0, err  # it is said here, whatever GitHub does
    dev = scene.ada.environment("dev")
    assert dev["verdict"]["state"] == ("accepted" if word else "changes_requested"), dev["verdict"]
    statuses = [one for one in scene.team.hub.get(f"/repos/acme/shop/commits/{dev['version']}/statuses").json
                if one["context"] == "slipway/acceptance" and f"{fault} {request}" in one["description"]]
    comments = [one for one in scene.team.hub.get(f"/repos/acme/shop/issues/{scene.number}/comments").json if f"{fault} {request}" in one["body"]]
    refused = fault in FINAL
    assert len(statuses) == (0 if refused and request == "status" else 1), (statuses, err)
    assert len(comments) <= 1 and (refused or len(comments) == 1), comments


def recording(scene, fault, request):
    scene.fault(RECORDED[request], FAULTS[fault])
    code, document, err = scene.run("deploy", "shop/dev", "--version", scene.head)
    scene.calm()
    assert code == 0 and document["state"] == "live", (document, err)
    scene.ada.status()
    mine = [one for one in scene.team.hub.get("/repos/acme/shop/deployments?environment=shop%2Fdev").json
            if (one["payload"] or {}).get("slipway") == f"{document['id']}.dev"]
    assert len(mine) == (0 if fault in FINAL and request == "deployment" else 1), (mine, err)
    if mine and fault not in FINAL:
        states = [one["state"] for one in scene.team.hub.get(f"/repos/acme/shop/deployments/{mine[0]['id']}/statuses").json]
        assert states == ["success"], states


def holding(scene, fault, request):
    scene.fault(HELD[request], FAULTS[fault])
    code, _, err = scene.run("hold", "shop", "--reason", fault)
    scene.calm()
    held = scene.ada.status()["staging"]["hold"]
    there = scene.team.hub.get("/repos/acme/shop/git/ref/slipway%2Fhold%2Fshop").status == 200
    assert bool(held) == there == (code == 0), (code, held, there, err)
    if code:
        assert err.splitlines()[0].endswith(".") and code in (1, 2, 3, 4, 5), (code, err)
    else:
        scene.ada.ctl("release-hold", "shop")
    assert scene.team.hub.get("/repos/acme/shop/git/ref/slipway%2Fhold%2Fshop").status == 404


def main(chosen):
    problems, count, began = [], 0, time.monotonic()
    with Team("faults") as team:
        scene = Scene(team)
        scene.number, scene.head = team.pull("kept", "kept", "A change that stays")
        scene.ada.json("clone", "shop", "--name", "dev", "--change", f"#{scene.number}")
        cases = [(merging, fault) for fault in FAULTS]
        cases += [(work, fault, request) for work, requests in ((saying, SAID), (recording, RECORDED), (holding, HELD))
                  for request in requests for fault in FAULTS]
        if not chosen and "SLIPWAY_LONG" not in os.environ:  # every other one, another half from request to request
            cases = [case for at, case in enumerate(cases) if (at + at // len(FAULTS)) % 2 == 0]
        for work, *words in cases:
            if chosen and not set(chosen) <= {work.__name__, *words}:
                continue
            count += 1
            try:
                work(scene, *words)
            except AssertionError as why:
                problems.append(f"{work.__name__} {' '.join(words)}: {str(why)[:600]}")
                scene.calm()
    print(*problems, sep="\n\n")
    print(f"{count} faults, {len(problems)} not well met: {time.monotonic() - began:.1f} s")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
