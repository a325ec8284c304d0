# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in a source archive: its Procfile and app.json, read as the build and the app-setup need them (heroku.md, 5 and 6)."""
import base64
import gzip
import hashlib
import io
import json
import tarfile
import urllib.error
import urllib.request
from urllib.parse import urlparse

from wire import Response

NEAR = ("127.0.0.1", "localhost")  # a stand-in fetches from nowhere else
MOST = 64 * 1024 * 1024


class Content:
    def __init__(self, data=b""):
        self.processes, self.manifest = {}, None
        self.digest = hashlib.sha256(data).hexdigest()


def pack(data):
    return base64.b64encode(data).decode()


def unpack(text):
    return base64.b64decode(text)


def store_error(status, code):
    """How a file store answers, not the platform: XML."""
    return Response(raw=f"<?xml version=\"1.0\"?><Error><Code>{code}</Code></Error>".encode(), status=status, kind="application/xml")


def load(world, address):
    """The bytes at an address: our own upload, another server on this machine; None for one that is elsewhere."""
    if address.startswith(world.base + "/uploads/"):
        entry = world.sources.get(urlparse(address).path.rsplit("/", 1)[1])
        if not entry or entry["data"] is None:
            raise OSError("404")
        return unpack(entry["data"])
    if urlparse(address).hostname not in NEAR:
        return None
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=5) as answer:
        return answer.read(MOST)


def fetch(world, blob):
    """(content, None), or (None, why the build will fail)."""
    try:
        data = load(world, blob["url"])
    except (OSError, urllib.error.URLError, ValueError):
        return None, "Could not fetch source: unable to download source archive"
    if data is None:
        return Content(blob["url"].encode()), None
    checksum = blob.get("checksum")
    if checksum and checksum.removeprefix("SHA256:") != hashlib.sha256(data).hexdigest():
        return None, "Checksum of the source archive does not match"
    try:
        return read(data), None
    except (tarfile.TarError, OSError, EOFError, gzip.BadGzipFile):
        return None, "Source is not a gzipped tar archive"


def read(data):
    content = Content(data)
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
        files = {member.name.removeprefix("./"): member for member in archive if member.isfile()}
        for name in ("Procfile", "app.json"):
            found = min((path for path in files if path == name or (path.count("/") == 1 and path.endswith("/" + name))),
                        key=len, default=None)  # GitHub's archives have one folder around everything
            if not found:
                continue
            text = archive.extractfile(files[found]).read().decode("utf-8", "replace")
            if name == "Procfile":
                content.processes = procfile(text)
            else:
                content.manifest = manifest(text)
    return content


def procfile(text):
    pairs = (line.split(":", 1) for line in text.splitlines() if ":" in line and not line.lstrip().startswith("#"))
    return {name.strip(): command.strip() for name, command in pairs}


def manifest(text):
    """The object of app.json; {"error": words} when it is none."""
    try:
        value = json.loads(text)
    except ValueError as error:
        return {"error": f"app.json is not valid JSON: {error}"}
    return value if isinstance(value, dict) else {"error": "app.json must be an object"}
