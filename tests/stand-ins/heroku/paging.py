# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists in pages: Range, Content-Range, Next-Range, 206 (heroku.md, 1: "Lists")."""
import re

from wire import ApiError, Response

DEFAULT, MOST = 200, 1000


def parse(text, keys):
    """(property, first, exclusive, last, most, descending) of a Range header; '' is none."""
    prop, first, exclusive, last, most, descending = keys[0], "", False, "", DEFAULT, False
    parts = [part.strip() for part in re.split(r"[;,]", text or "") if part.strip()]
    for index, part in enumerate(parts):
        option = re.match(r"^(max|order)\s*=\s*(\w+)$", part)
        span = re.match(r"^([\w-]+)\s+(\]?)(.*?)\.\.(.*)$", part)
        if option and option.group(1) == "max" and option.group(2).isdigit() and int(option.group(2)) > 0:
            most = min(int(option.group(2)), MOST)
        elif option and option.group(1) == "order" and option.group(2) in ("asc", "desc"):
            descending = option.group(2) == "desc"
        elif index == 0 and span and span.group(1) in keys:
            prop, exclusive, first, last = span.group(1), bool(span.group(2)), span.group(3).strip(), span.group(4).strip()
        else:
            raise ApiError(416, f"Invalid `Range` header: {text}. Sortable fields: {', '.join(keys)}")
    return prop, first, exclusive, last, most, descending


def comparable(value):
    text = str(value)
    return (0, int(text), "") if text.isdigit() else (1, 0, text)


def page(listing, range_header):
    """One page of a listing as a Response."""
    prop, first, exclusive, last, most, descending = parse(range_header, listing.keys)
    rank = lambda record: comparable(record[prop])  # noqa: E731
    records = sorted(listing.records, key=rank, reverse=descending)
    if first:
        start = comparable(first)
        after = (lambda r: rank(r) < start) if descending else (lambda r: rank(r) > start)
        records = [r for r in records if after(r) or (not exclusive and rank(r) == start)]
    if last:
        end = comparable(last)
        records = [r for r in records if (rank(r) >= end if descending else rank(r) <= end)]
    cut = records[:most]
    headers = {"Accept-Ranges": ", ".join(listing.keys)}
    options = f"; max={most}" + (",order=desc" if descending else "")
    if cut:
        headers["Content-Range"] = f"{prop} {cut[0][prop]}..{cut[-1][prop]}{options}"
    partial = len(records) > len(cut)
    if partial:
        headers["Next-Range"] = f"{prop} ]{cut[-1][prop]}..{last}{options}"
    return Response([listing.show(record) for record in cut], status=206 if partial else 200, headers=headers)
