// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

/// The contract of DESIGN section 11, as jsonshape.h reads it.
namespace Shapes {

inline const QByteArray kStatus = R"({
"pipeline": "string",
"environments": [{"name": "string", "stage": "'development'|'staging'|'production'", "provider": "string",
  "state": "'running'|'deploying'|'suspended'|'stopped'|'crashed'|'unknown'",
  "address": "string", "direct_address": "string|null", "version": "sha|null", "artifact": "string|null",
  "release": "string|null", "released_at": "iso|null",
  "change?": {"title": "string", "branch": "string|null", "number": "int|null", "author": "string|null",
    "url": "string|null"},
  "verdict": {"state": "'accepted'|'changes_requested'|'none'", "by": "string|null", "note": "string|null",
    "version": "string|null", "at": "iso|null"},
  "ci": {"state": "'passed'|'failed'|'running'|'none'|'unknown'", "url": "string|null", "passed": "int|null",
    "failed": "int|null"},
  "ahead": "int|null", "behind": "int|null",
  "operation?": {"id": "string", "kind": "string", "step": "int", "steps": "int", "state": "string"}}],
"staging": {"changes_ahead": "int|null", "commits_ahead": "int|null", "config_keys_ahead": "int|null", "limit": "int",
  "dirty_since": "iso|null",
  "hold?": {"by": "string", "reason": "string|null", "since": "iso", "until": "iso|null"},
  "queue": [{"environment": "string", "reason": "string"}]},
"providers": [{"account": "string", "kind": "string", "state": "'live'|'stale'|'offline'|'unauthorised'",
  "as_of": "iso|null", "error": "string|null"}]})";

inline const QByteArray kCheck = R"({"allowed": "bool",
"checks": [{"id": "'ci'|'verdict'|'contains-staging'|'merge'|'hold'|'drift'|'config'|'artifact'|'stale'|'freeze'|'provider'",
  "result": "'pass'|'warn'|'block'|'off'", "text": "string"}],
"changes": ["string"], "commits": [{"id": "sha", "subject": "string"}], "not_included": ["string"]})";

inline const QByteArray kOperation = R"({"id": "string", "kind": "string",
"state": "'live'|'failed'|'waiting'|'cancelled'",
"steps": [{"name": "string", "state": "string", "text": "string|null"}],
"error?": {"kind": "string", "message": "string", "remedy": "string", "detail": "string"}})";

inline const QByteArray kError =
    R"({"error": {"kind": "string", "message": "string", "remedy": "string", "detail": "string"}})";

} // namespace Shapes
