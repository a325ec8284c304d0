# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text that arrives while it is made: output of builds and releases, logs; as plain text or as events by Accept (heroku.md, 5 and 13).

Plain text goes on after a drop with Range: bytes=N-, events with Last-Event-ID."""
import re

from wire import ApiError, Response

PATIENCE = 1.0  # seconds between two looks whether the client is still there


def event(number, text):
    """One server-sent event; several lines of text are several data lines."""
    return (f"id: {number}\n" + "".join(f"data: {line}\n" for line in text.split("\n")) + "\n").encode()


def output(world, request, thing, text, unfinished):
    """The output of a build or a release. unfinished() holds the stream open until the thing is done."""
    misses = world.stream_misses.get(thing["id"], 0)
    if misses < int(world.settings["stream_404s"]):
        world.stream_misses[thing["id"]] = misses + 1
        raise ApiError(404)  # normal in the first moments
    if request.wants_events:
        seen = int(request.headers.get("last-event-id") or 0)
        return Response(chunks=output_events(world, text, unfinished, seen), kind="text/event-stream")
    match = re.match(r"^bytes=(\d+)-$", request.headers.get("range", ""))
    start = int(match.group(1)) if match else 0
    return Response(status=206 if match else 200, chunks=output_bytes(world, text, unfinished, start), kind="text/plain")


def output_bytes(world, text, unfinished, position):
    while True:
        with world.lock:
            data = text().encode()
            more = unfinished()
        if position < len(data):
            yield data[position:]
            position = len(data)
        elif not more:
            return
        else:
            wait(world)
            yield b""


def output_events(world, text, unfinished, seen):
    while True:
        with world.lock:
            lines = text().splitlines()
            more = unfinished()
        for number, line in enumerate(lines[seen:], seen + 1):
            yield event(number, line)
        seen = max(seen, len(lines))
        if not more:
            return
        wait(world)
        yield b""


def wait(world):
    with world.changed:
        world.changed.wait(PATIENCE)
