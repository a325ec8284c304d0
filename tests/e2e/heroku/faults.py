# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service and the network do wrong, at each writing request of clone, deploy, promote and shut-down, through the real
slipwayctl:
the exit code, a sentence with its remedy, nothing half-made that stays, and after "operations resume" every effect exactly once,
counted at the stand-in. kills.py does the same with a slipwayctl that is killed."""
import json
import os
import re
import sys
import threading
import time
import traceback

from team import TOKEN, Team, shaped

PRODUCTION, STAGING = "shop-production", "shop-staging"
ELSEWHERE = "http://127.0.0.1:9/elsewhere"
CODE = "123456"
UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# name: (rule, exit codes that are right). "through": the operation may get over it by itself.
REFUSED = {"401": ({"status": 401, "id": "unauthorized"}, {4}), "402": ({"status": 402, "id": "delinquent"}, {3}),
           "403": ({"status": 403, "id": "forbidden"}, {3}), "two_factor": ({"two_factor": True}, {4}),
           "404": ({"status": 404, "id": "not_found"}, {1}), "409": ({"status": 409, "id": "conflict"}, {1}),
           "410": ({"status": 410, "id": "gone"}, {1}), "422": ({"status": 422, "id": "invalid_params"}, {1}),
           "423": ({"status": 423, "id": "confirmation_required"}, {1})}
PASSING = {"429": {"status": 429, "id": "rate_limit", "headers": {"Retry-After": "1"}}, "500": {"status": 500, "id": "internal_server_error"},
           "503": {"html": True, "status": 503}, "before": {"drop": "before"}, "after": {"drop": "after"}, "cut": {"cut": 10},
           "truncate": {"truncate": 10}, "redirect": {"redirect": ELSEWHERE}, "delay": {"delay": 0.7},
           "mistyped": {"set": {"id": 7, "uuid": 7, "source_blob": 7}}}

# name: (method, path of the request, which of those that match)
CLONE = {"app": ("POST", "^/apps$", 1), "mark": ("PATCH", "/config-vars$", 1), "buildpacks": ("PUT", "/buildpack-installations$", 1),
         "feature": ("PATCH", "/features/", 1), "addon": ("POST", "/addons$", 1), "config": ("PATCH", "/config-vars$", 2),
         "data": ("POST", "/transfers$", 1), "coupling": ("POST", "^/pipeline-couplings$", 1)}
DEPLOY = {"source": ("POST", "^/sources$", 1), "upload": ("PUT", "^/uploads/", 1), "build": ("POST", "/builds$", 1)}
FINISH = {"formation": ("PATCH", "/formation$", 1)}  # a clone's, once it has code
PROMOTE = {"promotion": ("POST", "^/pipeline-promotions$", 1)}
DESTROY = {"removal": ("DELETE", "^/apps/[^/]+$", 1)}
# What is refused here is done already, or was never there: "gone" is what was wanted.
GONE = {"404", "410"}


class Lane:
    """One team after whose faults the same team goes on: a case costs its requests and nothing else."""

    def __init__(self, number):
        self.team = Team(f"faults-{number}")
        self.heroku, self.made = self.team.heroku, 0
        self.team.seed()
        self.heroku.act("set", STAGING, set={"buildpacks": ["heroku/nodejs"]})
        self.heroku.patch(f"/apps/{STAGING}/formation", {"updates": [{"type": "web", "quantity": 1, "size": "standard-2x"}]})
        self.heroku.patch(f"/apps/{STAGING}/features/preboot", {"enabled": True})
        self.team.join()

    def case(self, operation, step, fault):
        method, path, nth = {**CLONE, **DEPLOY, **FINISH, **PROMOTE, **DESTROY}[step]
        rule, right = REFUSED.get(fault) or (PASSING[fault], {0, 1, 5})
        right = {0} if step == "removal" and fault in GONE else right
        right = {1} if step == "upload" and fault in REFUSED else right  # a file store, whose words mean no account
        self.heroku.control("DELETE", "faults")
        words, subject = self.prepare(operation, step)
        self.heroku.control("DELETE", "effects")
        # A second factor is asked for until it is given; all else goes wrong once.
        self.heroku.fault(method=method, path=path, **({} if fault == "two_factor" else {"nth": nth}), **rule)
        code, out, err = self.team.run(*words, "--json")
        assert TOKEN not in out + err and "elsewhere" not in out + err, "it says what it should keep"
        assert code in right, f"ended with {code}: {out}{err}"
        document = shaped(json.loads(out), "Operation")
        if code:
            self.failed(document, step, subject)
            more = ("--code", CODE) if fault == "two_factor" else self.heroku.control("DELETE", "faults") and ()
            document = self.team.json("operations", "resume", document["id"], *more)
        assert document["state"] == "live", document
        self.once(operation, step, code, subject, fault)
        self.clear(operation, subject)
        return code

    def prepare(self, operation, step):
        self.made += 1
        if operation == "clone":
            name, data = f"dev-{self.made}", "copy" if step == "data" else "none"
            return ("clone", "shop", "--name", name, "--change", "totals", "--data", data), name
        if operation == "destroy":
            name = f"old-{self.made}"
            app = self.heroku.post("/apps", {"name": name}).json
            pipeline = self.heroku.get("/pipelines/shop").json
            assert self.heroku.post("/pipeline-couplings", {"app": app["id"], "pipeline": pipeline["id"], "stage": "development"}).status == 201
            return ("destroy", f"shop/{name}"), name
        if operation == "deploy":
            return ("deploy", f"shop/{STAGING}", "--version", "totals"), STAGING
        self.heroku.act("release", PRODUCTION, commit=self.team.repository.live, message="First orders")
        return ("promote", f"shop/{STAGING}", "--to", "production"), STAGING

    def failed(self, document, step, subject):
        error = document["error"]
        assert document["state"] == "failed" and error, document
        assert error["message"].endswith(".") and error["remedy"].strip(), f"no sentence, or no remedy: {error}"
        assert not UUID.search(error["message"] + error["remedy"]), f"a number that nobody knows: {error}"
        if step in CLONE:
            assert self.team.app(subject) is None, f"the half-made {subject} was left"

    def once(self, operation, step, code, subject, fault):
        """Of what is there now nothing was made twice, and all of it once."""
        effects = self.heroku.effects()
        count = lambda kind: sum(1 for one in effects if one["kind"] == kind and one["app"] == subject)  # noqa: E731
        if operation == "promote":
            assert count("promotion.create") == 1, effects
            assert self.team.slug(PRODUCTION) == self.team.slug(STAGING)
            return
        if operation == "destroy":
            wanted = 0 if fault in GONE else 1  # the stand-in only said that it was gone
            assert count("app.delete") == wanted, effects
            assert bool(self.team.app(subject)) == (fault in GONE)
            return
        # Its processes refused, a clone's last step goes on from the build that is there.
        assert count("build.create") == 1, effects
        app = self.team.app(subject)
        if operation == "deploy":
            return
        gone = count("app.delete")
        assert count("app.create") == gone + 1 and gone <= 1, effects
        assert count("addon.create") - count("addon.delete") == 1 and count("addon.create") <= gone + 1, effects
        assert count("coupling.create") <= gone + 1 and count("transfer.create") <= gone + 1, effects
        assert app["formation"]["web"]["size"].lower() == "standard-2x" and app["buildpacks"] == ["heroku/nodejs"], app
        assert [entry for entry in self.team.world()["couplings"].values() if entry["app"] == app["id"]]

    def clear(self, operation, subject):
        self.heroku.control("DELETE", "faults")
        if operation == "clone":
            assert self.heroku.delete("/apps/" + subject).status == 200


def cases():
    for operation, steps in (("clone", {**CLONE, **FINISH}), ("deploy", DEPLOY), ("promote", PROMOTE), ("destroy", DESTROY)):
        for step in steps:
            for fault in (*REFUSED, *PASSING):
                if (step, fault) != ("upload", "two_factor"):
                    yield operation, step, fault


def attempt(lane, case, problems):
    """Whether the lane can go on with the next case."""
    began, said = time.monotonic(), "WRONG"
    try:
        said = lane.case(*case)
        lane.team.as_published()
    except Exception as error:
        words = str(error) if isinstance(error, AssertionError) else "".join(traceback.format_exception(error))
        problems.append(f"{' / '.join(case)}: {words}")
    if "-v" in sys.argv:
        print(*case, said, f"{time.monotonic() - began:.1f} s", flush=True)
    return said != "WRONG"


def work(number, waiting, lock, problems):
    """Takes one case after the other, each lane in a home of its own; a lane that saw something wrong begins afresh."""
    while waiting:
        lane, going = Lane(number), True
        with lane.team:
            while going:
                with lock:
                    case = waiting.pop(0) if waiting else None
                going = case and attempt(lane, case, problems)


def main(chosen):
    began, waiting, problems, lock = time.monotonic(), list(cases()), [], threading.Lock()
    if chosen:
        waiting = [case for case in waiting if set(chosen) <= set(case)]
    elif "SLIPWAY_LONG" not in os.environ:
        waiting = waiting[::3]  # each step meets six or seven faults, each fault four or five steps
    total, lanes = len(waiting), max(2, min(6, 2 * (os.cpu_count() or 1)))
    threads = [threading.Thread(target=work, args=(i, waiting, lock, problems)) for i in range(lanes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(*problems, sep="\n\n")
    print(f"{total} faults, {len(problems)} not well met: {time.monotonic() - began:.1f} s")
    return 1 if problems or waiting else 0


if __name__ == "__main__":
    sys.exit(main([word for word in sys.argv[1:] if word != "-v"]))
