// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const page = fs.readFileSync(path.join(__dirname, 'dist', 'page.html'), 'utf8')
  .replace('{environment}', process.env.SLIPWAY_ENV || 'laptop')
  .replace('{release}', process.env.SLIPWAY_RELEASE || '');

const server = http.createServer((request, response) => {
  const health = request.url === '/health';
  response.writeHead(200, { 'Content-Type': health ? 'application/json' : 'text/html; charset=utf-8' });
  response.end(health ? JSON.stringify({ version: process.env.SLIPWAY_COMMIT || '' }) : page);
  console.log(`${request.method} ${request.url} 200`);
});
// 'localhost' is ::1 alone on many machines: the case of a server that does not listen on 127.0.0.1.
server.listen(Number(process.env.PORT || 8000), process.env.LISTEN_ON || process.env.HOST || '127.0.0.1', () => {
  console.log(`listening on ${process.env.PORT}`);
});
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections?.();
});
