# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists in pages: per_page, page, and Link with addresses by the repository's number (github.md, 6)."""
import re
from urllib.parse import parse_qsl, urlencode

from wire import Response

DEFAULT, MOST = 30, 100


def asked(request):
    """(page, entries a page); what is no number counts as not said, as at GitHub."""

    def number(name, default):
        text = request.query.get(name, "")
        return int(text) if text.isdigit() and int(text) > 0 else default

    return number("page", 1), min(number("per_page", DEFAULT), MOST)


def links(world, request, page, size, total, last=True):
    """The Link header's text, "" when all is on one page."""
    pages = max(1, -(-total // size))
    if pages == 1 and page <= 1:
        return ""
    path = request.raw_path
    if request.repo:
        path = re.sub(r"^/repos/[^/]+/[^/]+", f"/repositories/{request.repo.id}", path)
    words = [(name, value) for name, value in parse_qsl(request.query_text, keep_blank_values=True) if name != "page"]

    def address(number):
        return f"<{world.api}{path}?{urlencode([*words, ('page', number)])}>"

    found = []
    if page > 1:
        found.append(f'{address(min(page - 1, pages))}; rel="prev"')
    if page < pages:
        found.append(f'{address(page + 1)}; rel="next"')
        if last:
            found.append(f'{address(pages)}; rel="last"')
    if page > 1:
        found.append(f'{address(1)}; rel="first"')
    return ", ".join(found)


def cut(world, request, listing):
    """One page of a listing as a Response."""
    page, size = asked(request)
    part = listing.records[(page - 1) * size:page * size]
    shown = [listing.show(record) for record in part]
    body = {"total_count": listing.total, listing.key: shown, **listing.more} if listing.key else shown
    link = links(world, request, page, size, len(listing.records), listing.last)
    return Response(body, headers={"Link": link} if link else {})
