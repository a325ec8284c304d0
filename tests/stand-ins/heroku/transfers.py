# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data API: Postgres databases, copies, backups and restores (heroku.md, 15).

A database's content is one text, "data" of its add-on; a transfer that succeeds copies it, so that a test can see what was
copied. Addresses with passwords are answered as the real service does, and kept out of the effects."""
import actions
import addons
import tarballs
from wire import ApiError, Response, invalid, route
from world import new_id, now

SIZE = 20_000_000  # bytes that a transfer of ours seems to have


def database(world, identity):
    for addon in world.addons.values():
        if identity in (addon["id"], addon["name"]) and addon["service"] == "heroku-postgresql":
            return addon
    raise ApiError(404, "Database not found.")


def ready(world, identity):
    addon = database(world, identity)
    if addon["state"] != "provisioned":
        raise ApiError(404, "Database is not provisioned yet.")
    return addon


def by_url(world, url):
    """The database that an address leads to; None for one elsewhere."""
    return next((addon for addon in world.addons.values() if addons.value_of(world, addon) == url), None)


def info_of(addon):
    plan = addon["plan"].partition(":")[2].replace("-", " ").capitalize()
    pairs = [("Plan", plan), ("Status", "Available"), ("Data Size", "9.1 MB"), ("Tables", 2), ("PG Version", "16.4"),
             ("Connections", "0/20"), ("Fork/Follow", "Unsupported"), ("Rollback", "Unsupported"), ("Created", addon["created_at"])]
    return [{"name": name, "values": [value]} for name, value in pairs]


@route("GET", "/client/v11/databases/{db}", service="data")
def info(world, request, db):
    addon = ready(world, db)
    return {"addon_id": addon["id"], "name": addon["name"], "heroku_resource_id": f"resource{addon['secret'][:8]}@example.com",
            "created_at": addon["created_at"], "formation": {"id": addon["id"], "primary": addon["id"]}, "metaas_source": "postgres-1",
            "metaas_server_source": "postgres-2", "plan": addon["plan"].partition(":")[2], "port": 5432,
            "database_name": "d" + addon["secret"][:10], "database_user": "u" + addon["secret"][:12], "target_transaction": None,
            "available_for_ingress": False, "resource_url": addons.value_of(world, addon), "database_password": "p" + addon["secret"],
            "waiting?": addon["waits"] > 0, "credentials": 1, "leader": None, "info": info_of(addon), "num_bytes": 9_100_000}


@route("GET", "/client/v11/databases/{db}/wait_status", service="data")
def wait_status(world, request, db):
    addon = database(world, db)
    addons.look(world, [addon])
    if addon["state"] == "provisioned":
        world.poll(addon, "waits")
    waiting = addon["state"] == "provisioning" or addon["waits"] > 0
    return {"waiting?": waiting, "message": "preparing" if waiting else "available"}


@route("GET", "/postgres/v0/databases/{db}/credentials", service="data")
def credentials(world, request, db):
    addon = ready(world, db)
    return [{"uuid": addon["id"], "name": "default", "state": "active", "database": "d" + addon["secret"][:10],
             "host": f"data-{addon['id'][:8]}.example.com", "port": 5432,
             "credentials": [{"user": "u" + addon["secret"][:12], "password": "p" + addon["secret"], "state": "active"}]}]


def create(world, app, kind, source, target, **names):
    """kind: copy, backup or restore. source: a text, a database or a backup; target: a database or None."""
    mine = [entry for entry in world.transfers.values() if entry["app"] == app["id"]]
    types = {"copy": ("pg_dump", "pg_restore"), "backup": ("pg_dump", "gof3r"), "restore": ("gof3r", "pg_restore")}[kind]
    transfer = {"id": new_id(), "num": max((entry["num"] for entry in mine), default=0) + 1, "app": app["id"], "kind": kind, "types": types,
                "source": source, "target": target, "polls": world.polls("transfer"), "succeeded": None, "created_at": now(),
                "started_at": None, "finished_at": None, "canceled_at": None, "deleted_at": None, "fails": fails(world, app), **names}
    world.transfers[transfer["id"]] = transfer
    world.did(f"{'transfer' if kind == 'copy' else kind}.create", app, id=transfer["id"], num=transfer["num"],
              source=names.get("from_name"), target=names.get("to_name"))
    if transfer["polls"] == 0:
        finish(world, transfer)
    return transfer


def fails(world, app):
    left = world.flags.get("failing_transfers", 0)
    if left:
        world.flags["failing_transfers"] = left - 1
        return True
    return bool(world.flag("next_transfer", app))


def finish(world, transfer, wrong=None):
    wrong = transfer["fails"] if wrong is None else wrong
    at = now()
    transfer.update(polls=0, started_at=transfer["started_at"] or at, finished_at=at, succeeded=not wrong)
    if not wrong and transfer["kind"] == "backup":
        source = world.addons.get(transfer["source"])
        transfer["content"] = source["data"] if source else ""
        world.sources[transfer["id"]] = {"id": transfer["id"], "created_at": at, "data": tarballs.pack(b"PGDMP" + transfer["content"].encode())}
    elif not wrong and transfer["target"] in world.addons:
        world.addons[transfer["target"]]["data"] = content_of(world, transfer)
    world.did("transfer.finish", world.apps.get(transfer["app"]), id=transfer["id"], succeeded=not wrong)


def content_of(world, transfer):
    if transfer["source"] in world.addons:
        return world.addons[transfer["source"]]["data"]
    backup = world.transfers.get(transfer["source"])
    return backup.get("content", "") if backup else "from elsewhere"


def look(world, transfer):
    if transfer["finished_at"]:
        return
    transfer["started_at"] = transfer["started_at"] or now()
    if world.poll(transfer):
        finish(world, transfer)


def logs_of(transfer):
    at = transfer["started_at"] or transfer["created_at"]
    lines = ["pg_dump: reading schemas", "pg_dump: saving data"] if transfer["started_at"] else []
    if transfer["succeeded"] is False:
        lines.append("pg_restore: error: could not execute query" if not transfer["canceled_at"] else "Canceled")
    return [{"created_at": at, "level": "info", "message": words} for words in lines]


def show(transfer, verbose=False):
    done = transfer["finished_at"] is not None
    part = 1 if done and transfer["succeeded"] else 2 if transfer["started_at"] else 0
    shown = {"uuid": transfer["id"], "num": transfer["num"], "from_type": transfer["types"][0], "from_name": transfer["from_name"],
             "from_url": transfer["from_url"], "to_type": transfer["types"][1], "to_name": transfer["to_name"], "to_url": transfer["to_url"],
             "options": {}, "source_bytes": SIZE, "processed_bytes": SIZE // part if part else 0, "succeeded": transfer["succeeded"],
             "warnings": 0, "num_keep": 5, "updated_at": transfer["finished_at"] or transfer["created_at"], "purged_at": None}
    shown.update({name: transfer[name] for name in ("created_at", "started_at", "finished_at", "canceled_at", "deleted_at")})
    if verbose:
        shown["logs"] = logs_of(transfer)
    return shown


@route("POST", "/client/v11/databases/{db}/transfers", service="data")
def copied(world, request, db):
    """On the target's add-on; the transfer is found under the app that owns it."""
    addon, body = ready(world, db), request.json()
    if not isinstance(body.get("from_url"), str) or not isinstance(body.get("to_url"), str):
        raise invalid("from_url and to_url are required")
    if body["to_url"] != addons.value_of(world, addon):
        raise invalid("to_url is not an address of this database.")
    source = by_url(world, body["from_url"])
    transfer = create(world, world.apps[addon["app"]], "copy", source["id"] if source else None, addon["id"], from_url=body["from_url"],
                      from_name=body.get("from_name") or "", to_url=body["to_url"], to_name=body.get("to_name") or "")
    return Response(show(transfer), 201)


@route("POST", "/client/v11/databases/{db}/backups", service="data")
def backed_up(world, request, db):
    addon = ready(world, db)
    tie = next((entry["name"] for entry in world.attachments.values() if entry["addon"] == addon["id"]), addon["name"])
    transfer = create(world, world.apps[addon["app"]], "backup", addon["id"], None, from_url=addons.value_of(world, addon), from_name=tie,
                      to_url="", to_name="BACKUP")
    transfer["to_url"] = f"{world.base}/uploads/{transfer['id']}"
    return Response(show(transfer), 201)


@route("POST", "/client/v11/databases/{db}/restores", service="data")
def restored(world, request, db):
    addon, url = ready(world, db), request.json().get("backup_url")
    if not isinstance(url, str):
        raise invalid("backup_url is required")
    backup = next((entry["id"] for entry in world.transfers.values() if entry["kind"] == "backup" and entry["id"] in url), None)
    tie = next((entry["name"] for entry in world.attachments.values() if entry["addon"] == addon["id"]), addon["name"])
    transfer = create(world, world.apps[addon["app"]], "restore", backup, addon["id"], from_url=url, from_name="BACKUP",
                      to_url=addons.value_of(world, addon), to_name=tie)
    return Response(show(transfer), 201)


def find(world, app, identity):
    id_ = world.app(app)["id"]
    for transfer in world.transfers.values():
        if transfer["app"] == id_ and identity in (transfer["id"], str(transfer["num"])):
            return transfer
    raise ApiError(404, "Transfer not found.")


@route("GET", "/client/v11/apps/{app}/transfers", service="data")
def listed(world, request, app):
    id_ = world.app(app)["id"]
    found = [entry for entry in world.transfers.values() if entry["app"] == id_ and not entry["deleted_at"]]
    for transfer in found:
        look(world, transfer)
    return [show(transfer) for transfer in found]


@route("GET", "/client/v11/apps/{app}/transfers/{transfer}", service="data")
def one(world, request, app, transfer):
    found = find(world, app, transfer)
    look(world, found)
    return show(found, request.query.get("verbose") == "true")


@route("DELETE", "/client/v11/apps/{app}/transfers/{transfer}", service="data")
def deleted(world, request, app, transfer):
    found = find(world, app, transfer)
    found["deleted_at"] = now()
    world.did("transfer.delete", world.app(app), id=found["id"])
    return show(found)


@route("POST", "/client/v11/apps/{app}/transfers/{transfer}/actions/public-url", service="data")
def public_url(world, request, app, transfer):
    found = find(world, app, transfer)
    if found["kind"] != "backup" or not found["succeeded"]:
        raise ApiError(404, "No such backup.")
    return {"url": f"{world.base}/uploads/{found['id']}?signature={found['id'][:8]}", "expires_at": now()}


@route("POST", "/client/v11/apps/{app}/transfers/{transfer}/actions/cancel", service="data")
def cancelled(world, request, app, transfer):
    found = find(world, app, transfer)
    if not found["finished_at"]:
        found["canceled_at"] = now()
        finish(world, found, wrong=True)
    return show(found)


def finish_all(world, app, wrong):
    for transfer in world.transfers.values():
        if not transfer["finished_at"] and (app is None or transfer["app"] == app["id"]):
            finish(world, transfer, wrong)


actions.FINISHERS.append(finish_all)
