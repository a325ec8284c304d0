# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Heroku offers, the same for everybody: stacks, regions, generations, dyno sizes, add-on plans and their prices.

A selection with invented identities; names and fields as heroku.md 6, 9 and 11 have them."""
from wire import Listing, missing, route
from world import fixed_id

LONG_AGO = "2024-05-01T12:00:00Z"
STACKS = {"heroku-22": "public", "heroku-24": "public", "container": "public", "cnb": "public"}
DEFAULT_STACK = "heroku-24"
REGIONS = {"us": ("United States", "Virginia", "us-east-1"), "eu": ("Ireland", "Dublin", "eu-west-1")}
SIZES = {"Eco": 0.5, "Basic": 0.5, "Standard-1X": 0.5, "Standard-2X": 1, "Performance-M": 2.5, "Performance-L": 14}
PRICES = {"Eco": 500, "Basic": 700, "Standard-1X": 2500, "Standard-2X": 5000, "Performance-M": 25000, "Performance-L": 50000}
# service -> (name for people, config var, {plan: (cents a month, words)}); several of one kind to an app or not
SERVICES = {
    "heroku-postgresql": ("Heroku Postgres", "DATABASE_URL", {
        "essential-0": (500, "Essential 0"), "essential-1": (900, "Essential 1"), "standard-0": (5000, "Standard 0")}),
    "heroku-redis": ("Heroku Key-Value Store", "REDIS_URL", {"mini": (300, "Mini"), "premium-0": (1500, "Premium 0")}),
    "papertrail": ("Papertrail", "PAPERTRAIL_API_TOKEN", {"choklad": (0, "Choklad"), "fixa": (700, "Fixa")}),
    "scheduler": ("Heroku Scheduler", None, {"standard": (0, "Standard")}),
}
CLOSED = {"heroku-postgresql:hobby-dev": "heroku-postgresql:essential-0"}  # a plan that is sold no longer (heroku.md, 16)


def stack_ref(name):
    if name not in STACKS:
        raise missing("stack", "stack")
    return {"id": fixed_id("stack", name), "name": name}


def region_ref(name):
    if name not in REGIONS:
        raise missing("region", "region")
    return {"id": fixed_id("region", name), "name": name}


def named(names, identity, kind):
    """A name from a name in any case or an id."""
    for name in names:
        if identity and (identity.lower() == name.lower() or identity == fixed_id(kind, name)):
            return name
    return None


def size_ref(name):
    return {"id": fixed_id("size", name), "name": name}


def generation_ref():
    return {"id": fixed_id("generation", "cedar"), "name": "cedar"}


def show_stack(name):
    return {**stack_ref(name), "default": name == DEFAULT_STACK, "state": STACKS[name], "created_at": LONG_AGO, "updated_at": LONG_AGO}


def show_region(name):
    country, locale, provider = REGIONS[name]
    return {**region_ref(name), "country": country, "locale": locale, "description": f"{locale}, {country}",
            "private_capable": False, "provider": {"name": "amazon-web-services", "region": provider},
            "created_at": LONG_AGO, "updated_at": LONG_AGO}


def show_size(name, sdk):
    shown = {**size_ref(name), "architecture": "amd64", "compute": 1, "cost": {"cents": PRICES[name], "unit": "month"},
             "dedicated": name.startswith("Performance"), "precise_dyno_units": 1.0, "generation": generation_ref(),
             "memory": SIZES[name], "private_space_only": False}
    if sdk:
        shown.update(product_dyno_tier=name.split("-")[0].lower(), infrastructure_tier="production", can_autoscale=False)
    return shown


def service_ref(service):
    return {"id": fixed_id("service", service), "name": service}


def find_plan(identity):
    """'service:plan' from a name, a bare service name (its first plan) or an id; None when there is none."""
    for service, (_, _, plans) in SERVICES.items():
        for plan in plans:
            if identity in (f"{service}:{plan}", service, fixed_id("plan", service, plan)):
                return f"{service}:{plan}"
    return None


def price_of(full_name):
    service, _, plan = full_name.partition(":")
    return {"cents": SERVICES[service][2][plan][0], "contract": False, "unit": "month"}


def plan_ref(full_name):
    return {"id": fixed_id("plan", *full_name.split(":")), "name": full_name}


def show_plan(full_name, sdk=False):
    service, _, plan = full_name.partition(":")
    words, plans = SERVICES[service][0], SERVICES[service][2]
    return {**plan_ref(full_name), "addon_service": service_ref(service), "compliance": None, "default": plan == next(iter(plans)),
            "description": f"{words} {plans[plan][1]}", "human_name": plans[plan][1], "installable_inside_private_network": False,
            "installable_outside_private_network": True, "price": price_of(full_name) | ({"metered": False} if sdk else {}),
            "space_default": False, "state": "ga", "visible": True, "created_at": LONG_AGO, "updated_at": LONG_AGO}


def show_service(service):
    return {**service_ref(service), "cli_plugin_name": None, "human_name": SERVICES[service][0], "state": "ga",
            "supports_multiple_installations": True, "supports_sharing": True, "supported_generations": [generation_ref()],
            "created_at": LONG_AGO, "updated_at": LONG_AGO}


def listing(names, show):
    """Names as records that pages can be cut from."""
    shown = [show(name) for name in names]
    return Listing(shown, lambda record: record)


@route("GET", "/stacks")
@route("GET", "/apps/{app}/available-stacks")
def stacks(world, request, app=None):
    return listing(STACKS, show_stack)


@route("GET", "/stacks/{stack}")
def stack_info(world, request, stack):
    name = named(STACKS, stack, "stack")
    if not name:
        raise missing("stack", "stack")
    return show_stack(name)


@route("GET", "/generations")
def generations(world, request):
    more = {"unsupported_features": [], "expanded_supported_features": []} if request.variant == "sdk" else {}
    return Listing([{**generation_ref(), "created_at": LONG_AGO, "updated_at": LONG_AGO, **more}], lambda record: record)


@route("GET", "/regions")
def regions(world, request):
    return listing(REGIONS, show_region)


@route("GET", "/dyno-sizes")
@route("GET", "/apps/{app}/available-dyno-sizes")
def sizes(world, request, app=None):
    return listing(SIZES, lambda name: show_size(name, request.variant == "sdk"))


@route("GET", "/addon-services")
def services(world, request):
    return listing(SERVICES, show_service)


@route("GET", "/addon-services/{service}")
def service_info(world, request, service):
    name = named(SERVICES, service, "service")
    if not name:
        raise missing("add-on service", "addon_service")
    return show_service(name)


@route("GET", "/addon-services/{service}/plans")
def plans(world, request, service):
    name = named(SERVICES, service, "service")
    if not name:
        raise missing("add-on service", "addon_service")
    return listing([f"{name}:{plan}" for plan in SERVICES[name][2]], lambda plan: show_plan(plan, request.variant == "sdk"))


@route("GET", "/plans/{plan}")
@route("GET", "/addon-services/{service}/plans/{plan}")
def plan_info(world, request, plan, service=None):
    found = find_plan(plan) or find_plan(f"{service}:{plan}")
    if not found:
        raise missing("add-on plan", "plan")
    return show_plan(found, request.variant == "sdk")


@route("GET", "/schema")
def schema(world, request):
    """The published description itself, when the stand-in was given it."""
    if not world.schema:
        raise missing("schema", "schema")
    return world.schema
