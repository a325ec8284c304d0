/* SPDX-FileCopyrightText: 2026 The Slipway authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A web server in one file: answers every request with where it runs, one connection at a time. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t stopping;

static void stop(int number)
{
    (void)number;
    stopping = 1;
}

static const char *or(const char *name, const char *fallback)
{
    const char *value = getenv(name);
    return value && *value ? value : fallback;
}

static void answer(int client)
{
    char request[8192], body[1024], head[256];
    size_t used = 0;
    while (used < sizeof request - 1) {
        const ssize_t got = read(client, request + used, sizeof request - 1 - used);
        if (got <= 0)
            break;
        used += (size_t)got;
        request[used] = '\0';
        if (strstr(request, "\r\n\r\n"))
            break;
    }
    if (used == 0)
        return; /* a probe that only connects */
    const int length = snprintf(body, sizeof body, "compiled in %s, %s, %s\n", or("SLIPWAY_ENV", "laptop"),
                                or("SLIPWAY_RELEASE", "no release"), or("SLIPWAY_COMMIT", "no version"));
    const int start = snprintf(head, sizeof head,
                               "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n\r\n",
                               length);
    if (write(client, head, (size_t)start) < 0 || write(client, body, (size_t)length) < 0)
        perror("write");
}

int main(void)
{
    struct sigaction action = {.sa_handler = stop}; /* without SA_RESTART: accept() has to return */
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    const int port = atoi(or("PORT", "8000"));
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (const struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 64) != 0) {
        perror("cannot listen");
        return 1;
    }
    printf("listening on %d\n", port);
    fflush(stdout);
    while (!stopping) {
        const int client = accept(listener, NULL, NULL);
        if (client < 0)
            continue;
        answer(client);
        close(client);
    }
    puts("stopped");
    return 0;
}
