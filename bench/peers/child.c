/*
 * A stand-in for monero-wallet-rpc with no wallet open: it takes the port from --rpc-bind-port, ignores every other
 * argument, and answers JSON-RPC over HTTP/1.1 on 127.0.0.1 from one thread, with keep-alive.
 * First of all it appends "pid port CLOCK_MONOTONIC-ns" to the file named by BENCH_STAMPS: the moment it began to run.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CONNECTIONS 24
#define REQUEST 8192

struct connection {
    size_t length;
    char data[REQUEST + 1];
};

static struct pollfd polled[CONNECTIONS + 1];
static struct connection connections[CONNECTIONS + 1];

static void leave(int signal_number)
{
    (void)signal_number;
    _exit(0);
}

static void stamp(int port, long long began)
{
    const char *file = getenv("BENCH_STAMPS");
    if (file == NULL) {
        return;
    }
    int fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    char line[80];
    int length = snprintf(line, sizeof line, "%d %d %lld\n", (int)getpid(), port, began);
    if (fd < 0 || write(fd, line, (size_t)length) != length) {
        perror(file);
    }
    close(fd);
}

static int port_of(int argc, char **argv)
{
    static const char name[] = "--rpc-bind-port";
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], name) == 0 && i + 1 < argc) {
            return atoi(argv[i + 1]);
        }
        if (strncmp(argv[i], name, sizeof name - 1) == 0 && argv[i][sizeof name - 1] == '=') {
            return atoi(argv[i] + sizeof name);
        }
    }
    return 0;
}

static int listen_on(int port)
{
    int one = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0
        || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 128) != 0) {
        perror("child: cannot listen");
        exit(1);
    }
    return fd;
}

/* Returns 0 when the connection is to be closed. */
static int answer(int fd, const char *head, const char *body)
{
    static const char version[] = "{\"id\":\"0\",\"jsonrpc\":\"2.0\",\"result\":{\"release\":false,\"version\":65561}}";
    static const char no_wallet[] = "{\"error\":{\"code\":-13,\"message\":\"No wallet file\"},\"id\":\"0\",\"jsonrpc\":\"2.0\"}";
    const char *text = strstr(body, "\"get_version\"") != NULL ? version : no_wallet;
    int closes = strcasestr(head, "\r\nConnection: close") != NULL;
    char reply[512];
    int length = snprintf(reply, sizeof reply,
        "HTTP/1.1 200 OK\r\nServer: Epee-based\r\nContent-Length: %zu\r\nContent-Type: application/json\r\n%s\r\n%s",
        strlen(text), closes ? "Connection: close\r\n" : "", text);
    return send(fd, reply, (size_t)length, MSG_NOSIGNAL) == length && !closes;
}

/* Answers every whole request received so far; returns 0 when the connection is to be closed. */
static int serve(int fd, struct connection *c)
{
    for (;;) {
        c->data[c->length] = '\0';
        char *end = strstr(c->data, "\r\n\r\n");
        if (end == NULL) {
            return c->length < REQUEST;
        }
        char *field = strcasestr(c->data, "\r\nContent-Length:");
        size_t body = field != NULL && field < end ? strtoul(field + 17, NULL, 10) : 0;
        size_t head = (size_t)(end - c->data) + 4;
        if (body > REQUEST - head) {
            return 0;
        }
        if (c->length < head + body) {
            return 1;
        }
        char after = c->data[head + body];
        end[2] = '\0';
        c->data[head + body] = '\0';
        int open = answer(fd, c->data, c->data + head);
        c->data[head + body] = after;
        c->length -= head + body;
        memmove(c->data, c->data + head + body, c->length);
        if (!open) {
            return 0;
        }
    }
}

static void accept_one(void)
{
    int fd = accept4(polled[0].fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    for (int i = 1; fd >= 0 && i <= CONNECTIONS; i++) {
        if (polled[i].fd < 0) {
            polled[i].fd = fd;
            connections[i].length = 0;
            return;
        }
    }
    if (fd >= 0) {
        close(fd);
    }
}

static void receive(int i)
{
    struct connection *c = &connections[i];
    ssize_t got = recv(polled[i].fd, c->data + c->length, REQUEST - c->length, 0);
    c->length += got > 0 ? (size_t)got : 0;
    if (got <= 0 || !serve(polled[i].fd, c)) {
        close(polled[i].fd);
        polled[i].fd = -1;
    }
}

int main(int argc, char **argv)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int port = port_of(argc, argv);
    stamp(port, now.tv_sec * 1000000000LL + now.tv_nsec);
    signal(SIGTERM, leave);
    signal(SIGINT, leave);
    for (int i = 0; i <= CONNECTIONS; i++) {
        polled[i].fd = i == 0 ? listen_on(port) : -1;
        polled[i].events = POLLIN;
    }
    while (poll(polled, CONNECTIONS + 1, -1) > 0) {
        for (int i = 1; i <= CONNECTIONS; i++) {
            if (polled[i].fd >= 0 && polled[i].revents != 0) {
                receive(i);
            }
        }
        if (polled[0].revents != 0) {
            accept_one();
        }
    }
    return 1;
}
