# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account, its budget, features and teams, and signing in with a second factor (heroku.md, 1 and 2)."""
from wire import ApiError, Listing, missing, route
from world import fixed_id, now

FEATURES = {"dashboard-repositories-api": "The link of pipelines to repositories through the platform API"}
SDK_ONLY = {
    "acknowledged_msa": False, "acknowledged_msa_at": None, "eco_dynos_enabled": False, "eco_dynos_shutdown_at": None,
    "italian_customer_terms": None, "italian_partner_terms": None, "mfa_enabled": False, "mfa_exemption": False,
    "mfa_exemption_reason": None, "mfa_experience": "vaas", "pipeline_cost_consent_at": None,
}


def show_account(world, request):
    account = world.account
    shown = {
        "allow_tracking": True, "beta": False, "created_at": account["created_at"], "email": account["email"], "federated": False,
        "id": account["id"], "identity_provider": None, "last_login": account["created_at"], "name": account["name"],
        "sms_number": None, "suspended_at": None, "delinquent_at": None, "two_factor_authentication": False,
        "updated_at": account["created_at"], "verified": True, "country_of_residence": None, "default_organization": None,
        "default_team": None,
    }
    return {**shown, **SDK_ONLY} if request.variant == "sdk" else shown


@route("GET", "/account")
@route("GET", "/users/{user}")
def info(world, request, user="~"):
    """Only the scopes identity and global see who it is (heroku.md, 1)."""
    if not {"identity", "global"} & set(request.scopes):
        raise ApiError(403, "The scope of this OAuth authorization does not allow access to this resource.")
    if user not in ("~", world.account["id"], world.account["email"]):
        raise missing("user", "user")
    return show_account(world, request)


@route("GET", "/account/rate-limits")
def rate_limits(world, request):
    return {"remaining": int(world.settings["rate_remaining"])}


def show_feature(name):
    return {"id": fixed_id("account-feature", name), "name": name, "description": FEATURES[name], "display_name": name,
            "doc_url": "https://devcenter.heroku.com/", "feedback_email": "ada@example.com", "enabled": True, "state": "general",
            "created_at": "2024-05-01T12:00:00Z", "updated_at": "2024-05-01T12:00:00Z"}


@route("GET", "/account/features")
def features(world, request):
    return Listing([show_feature(name) for name in FEATURES], lambda record: record)


@route("GET", "/account/features/{feature}")
def feature(world, request, feature):
    if feature not in FEATURES or world.settings.get("repositories_api") == 0:
        raise missing("feature", "feature")
    return show_feature(feature)


def add_team(world, name):
    """A team that the account belongs to, made when it is not there."""
    for team in world.teams.values():
        if team["name"] == name:
            return team
    team = {"id": fixed_id("team", name), "name": name, "created_at": now()}
    world.teams[team["id"]] = team
    return team


def find_team(world, identity):
    for team in world.teams.values():
        if identity in (team["id"], team["name"]):
            return team
    raise missing("team", "team")


def show_team(team, request):
    shown = {**team, "credit_card_collections": True, "default": False, "enterprise_account": None, "identity_provider": None,
             "membership_limit": 25, "provisioned_licenses": False, "role": "admin", "type": "team", "updated_at": team["created_at"]}
    if request.variant == "sdk":
        shown.update(pipeline_cost_consent_at=None, pipeline_cost_consent_user_email=None)
    return shown


@route("GET", "/teams")
def teams(world, request):
    return Listing(world.teams.values(), lambda team: show_team(team, request))


@route("GET", "/teams/{team}")
def team_info(world, request, team):
    return show_team(find_team(world, team), request)
