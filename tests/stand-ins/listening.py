# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every stand-in's server.py listens with: connections that can be cut, a quiet server, and an end with its parent."""
import os
import signal
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def read_body(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            pieces = []
            while size := int(self.rfile.readline().split(b";")[0], 16):
                pieces.append(self.rfile.read(size))
                self.rfile.readline()
            while self.rfile.readline().strip():
                pass
            return b"".join(pieces)
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def gone(self):
        """Whether nobody waits for the answer any more, or the stand-in is ending."""
        try:
            return self.server.ending or self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def hang_up(self):
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def handle(self):
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def log_message(self, format, *arguments):
        pass


class Quiet:
    daemon_threads = True
    request_queue_size = 128
    ending = False

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Server(Quiet, ThreadingHTTPServer):
    allow_reuse_address = True


def until_closed(end):
    """Reads past Python's buffer: its lock, held by this thread, makes the interpreter abort at its end."""
    while os.read(0, 4096):
        pass
    end()


def serve(server, first_line, ignore_stdin, poll_interval=0.1):
    """Says its first line and serves until SIGTERM, or until its standard input ends."""
    def end(*_):
        server.ending = True
        threading.Thread(target=server.shutdown, daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    if not ignore_stdin:
        threading.Thread(target=until_closed, args=(end,), daemon=True).start()
    print(first_line, flush=True)
    server.serve_forever(poll_interval=poll_interval)
