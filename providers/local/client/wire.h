// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Slipway {

/// What travels between LocalProvider and slipwayd: one JSON object a line.
///   request   {"id": n, "call": "deploy", "ticket": "…", "by": "…", arguments…}
///   progress  {"id": n, "progress": "a sentence"}   output {"id": n, "output": "<base64>", "isError": false}
///   answer    {"id": n, "ok": {…}}  or  {"id": n, "error": {…}}
///   event     {"event": "changed", "pipeline": "…"}
/// Another number means another daemon: the client ends an older one and starts its own.
constexpr int kWireProtocol = 2;

} // namespace Slipway
