// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The build step: writes dist/page.html from what npm ci installed, so that a missing dependency fails here.
'use strict';
const fs = require('node:fs');
const { greet } = require('greeting');

fs.mkdirSync('dist', { recursive: true });
fs.writeFileSync('dist/page.html', `<!doctype html><title>node</title><p>${greet('{environment}', '{release}')}</p>\n`);
console.log('built dist/page.html');
