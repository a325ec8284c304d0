# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains and SNI endpoints of an app (heroku.md, 12)."""
from wire import Listing, Response, invalid, missing, route
from world import new_id, now


def show(app, entry):
    custom = entry["kind"] == "custom"
    endpoint = next((each for each in app["endpoints"] if each["id"] == entry["endpoint"]), None)
    return {"acm_status": "cert issued" if app["acm"] and custom else None, "acm_status_reason": None,
            "app": {"name": app["name"], "id": app["id"]}, "cname": f"{entry['id'][:8]}.herokudns.example.com" if custom else None,
            "created_at": entry["created_at"], "hostname": entry["hostname"], "id": entry["id"], "kind": entry["kind"],
            "updated_at": entry["updated_at"], "status": "succeeded" if custom else "none",
            "sni_endpoint": {"name": endpoint["name"], "id": endpoint["id"]} if endpoint else None}


def find(app, identity):
    for entry in app["domains"]:
        if identity in (entry["id"], entry["hostname"]):
            return entry
    raise missing("domain", "domain")


def find_endpoint(app, identity):
    for entry in app["endpoints"]:
        if identity in (entry["id"], entry["name"]):
            return entry
    raise missing("SNI endpoint", "sni_endpoint")


@route("GET", "/apps/{app}/domains")
def listed(world, request, app):
    app = world.app(app)
    return Listing(app["domains"], lambda entry: show(app, entry), ("id", "hostname"))


@route("GET", "/apps/{app}/domains/{domain}")
def info(world, request, app, domain):
    app = world.app(app)
    return show(app, find(app, domain))


@route("POST", "/apps/{app}/domains")
def made(world, request, app):
    """sni_endpoint has to be said, if only null; a hostname is on one app only."""
    app, body = world.app(app), request.json()
    if not isinstance(body.get("hostname"), str) or "." not in body["hostname"]:
        raise invalid("Hostname is required")
    if "sni_endpoint" not in body:
        raise invalid("Sni endpoint is required")
    if any(entry["hostname"] == body["hostname"] for each in world.apps.values() for entry in each["domains"]):
        raise invalid(f"{body['hostname']} is currently in use by another app.")
    endpoint = find_endpoint(app, body["sni_endpoint"])["id"] if body["sni_endpoint"] else None
    at = now()
    entry = {"id": new_id(), "hostname": body["hostname"], "kind": "custom", "endpoint": endpoint, "created_at": at, "updated_at": at}
    app["domains"].append(entry)
    world.did("domain.create", app, hostname=entry["hostname"])
    return Response(show(app, entry), 201)


@route("PATCH", "/apps/{app}/domains/{domain}")
def changed(world, request, app, domain):
    app, body = world.app(app), request.json()
    entry = find(app, domain)
    entry.update(endpoint=find_endpoint(app, body["sni_endpoint"])["id"] if body.get("sni_endpoint") else None, updated_at=now())
    world.did("domain.update", app, hostname=entry["hostname"])
    return show(app, entry)


@route("DELETE", "/apps/{app}/domains/{domain}")
def deleted(world, request, app, domain):
    app = world.app(app)
    entry = find(app, domain)
    if entry["kind"] == "heroku":
        raise invalid("This domain cannot be removed.")
    app["domains"].remove(entry)
    world.did("domain.delete", app, hostname=entry["hostname"])
    return show(app, entry)


def show_endpoint(app, entry):
    """The private key is never readable."""
    return {"certificate_chain": entry["chain"], "created_at": entry["created_at"], "id": entry["id"], "name": entry["name"],
            "updated_at": entry["created_at"], "display_name": None, "app": {"id": app["id"], "name": app["name"]},
            "domains": [each["id"] for each in app["domains"] if each["endpoint"] == entry["id"]],
            "ssl_cert": {"ca_signed?": False, "cert_domains": [], "expires_at": "2036-01-01T00:00:00Z", "issuer": "/CN=example.com",
                         "self_signed?": True, "starts_at": "2026-01-01T00:00:00Z", "subject": "/CN=example.com", "id": entry["id"]}}


@route("GET", "/apps/{app}/sni-endpoints")
def endpoints(world, request, app):
    app = world.app(app)
    return Listing(app["endpoints"], lambda entry: show_endpoint(app, entry))


@route("GET", "/apps/{app}/sni-endpoints/{endpoint}")
def endpoint_info(world, request, app, endpoint):
    app = world.app(app)
    return show_endpoint(app, find_endpoint(app, endpoint))


@route("POST", "/apps/{app}/sni-endpoints")
def endpoint_made(world, request, app):
    app, body = world.app(app), request.json()
    if not body.get("certificate_chain") or not body.get("private_key"):
        raise invalid("Certificate chain and private key are required")
    entry = {"id": new_id(), "name": f"endpoint-{len(app['endpoints']) + 1}", "chain": body["certificate_chain"], "created_at": now()}
    app["endpoints"].append(entry)
    world.did("sni_endpoint.create", app, id=entry["id"])
    return Response(show_endpoint(app, entry), 201)


@route("DELETE", "/apps/{app}/sni-endpoints/{endpoint}")
def endpoint_deleted(world, request, app, endpoint):
    app = world.app(app)
    entry = find_endpoint(app, endpoint)
    app["endpoints"].remove(entry)
    world.did("sni_endpoint.delete", app, id=entry["id"])
    return show_endpoint(app, entry)
