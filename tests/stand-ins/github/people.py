# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users: /user, /users/{login}, and the 18 properties of a simple user that most answers carry."""
from wire import Response, route

GHOST = {"login": "ghost", "id": 10137, "node": "U_ghost", "type": "User", "name": None, "email": None}


def simple(world, login):
    """None for somebody who is gone."""
    if not login:
        return None
    user = world.users.get(login, {**GHOST, "login": login})
    own = f"{world.api}/users/{user['login']}"
    return {
        "login": user["login"], "id": user["id"], "node_id": user["node"], "avatar_url": f"{world.base}/avatars/u/{user['id']}?v=4",
        "gravatar_id": "", "url": own, "html_url": f"{world.web}/{user['login']}", "followers_url": own + "/followers",
        "following_url": own + "/following{/other_user}", "gists_url": own + "/gists{/gist_id}",
        "starred_url": own + "/starred{/owner}{/repo}", "subscriptions_url": own + "/subscriptions", "organizations_url": own + "/orgs",
        "repos_url": own + "/repos", "events_url": own + "/events{/privacy}", "received_events_url": own + "/received_events",
        "type": user["type"], "user_view_type": "public", "site_admin": False,
    }


def full(world, login, own=False):
    user = world.users[login]
    body = {
        **simple(world, login), "name": user["name"], "company": None, "blog": "", "location": None,
        "email": user["email"] if user["type"] == "User" else None, "hireable": None, "bio": None, "twitter_username": None,
        "public_repos": 0, "public_gists": 0, "followers": 0, "following": 0, "created_at": user["created_at"], "updated_at": user["created_at"],
    }
    if own:
        body.update(user_view_type="private", private_gists=0, total_private_repos=1, owned_private_repos=1, disk_usage=0, collaborators=0,
                    two_factor_authentication=True, plan={"name": "free", "space": 976562499, "collaborators": 0, "private_repos": 10000})
    return body


@route("GET", "/user", needs="", scopes=())
def me(world, request):
    return full(world, request.login, own=True)


@route("GET", "/users/{login}", needs="", scopes=())
def one(world, request, login):
    return full(world, world.user(login)["login"])


@route("GET", "/avatars/u/{id}", needs="open")
def avatar(world, request, id):
    """A picture of one pixel."""
    pixel = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e36600000000"
                          "49454e44ae426082")
    return Response(raw=pixel, kind="image/png", headers={"Cache-Control": "max-age=300"})
