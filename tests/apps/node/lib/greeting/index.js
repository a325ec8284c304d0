// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

/** The line that a page shows about where it runs. */
exports.greet = (environment, release) => `Hello from ${environment}${release ? ', ' + release : ''}`;
