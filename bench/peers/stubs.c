/*
 * A fleet of stand-ins for monero-wallet-rpc in one thread: stubs FIRST-PORT COUNT HUNG ADDRESS. It listens on COUNT ports of ADDRESS from
 * FIRST-PORT on and answers each JSON-RPC request with get_version's result, over HTTP/1.1 with keep-alive unless "Connection: close" is
 * asked for. The last HUNG ports take connections and never answer. Standard input drives it: each line is a mark, after which it prints
 * "answers N hung M first S last S" (answers sent and requests left unanswered since the mark before it; seconds of CLOCK_REALTIME, the
 * arrival of the first connection and the last answer). It ends with its standard input.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define DESCRIPTORS 16384
#define REQUEST 2048

enum kind { FREE, LISTENER, HUNG_LISTENER, CLIENT, HUNG_CLIENT, MARKS };

struct descriptor {
    enum kind kind;
    size_t length;
    char *data;
};

static struct descriptor descriptors[DESCRIPTORS];
static long answers, hung;
static double first, last;
static int poller;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void watch(int fd, enum kind kind)
{
    if (fd >= DESCRIPTORS) {
        fprintf(stderr, "stubs: too many connections\n");
        exit(1);
    }
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event) != 0) {
        fail("stubs: epoll");
    }
    descriptors[fd].kind = kind;
    descriptors[fd].length = 0;
    if (descriptors[fd].data == NULL && (kind == CLIENT || kind == HUNG_CLIENT)) {
        descriptors[fd].data = malloc(REQUEST + 1);
    }
}

static void listen_on(struct in_addr host, int port, enum kind kind)
{
    int one = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    address.sin_addr = host;
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0
        || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 128) != 0) {
        fail("stubs: cannot listen");
    }
    watch(fd, kind);
}

static void end(int fd)
{
    close(fd);
    descriptors[fd].kind = FREE;
}

static void take(int listener)
{
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0) {
        return;
    }
    watch(fd, descriptors[listener].kind == HUNG_LISTENER ? HUNG_CLIENT : CLIENT);
    if (first == 0) {
        first = now();
    }
}

/* Whether one whole request has come: a head, and a body as long as it says. */
static int is_whole(const struct descriptor *d)
{
    const char *head = strstr(d->data, "\r\n\r\n");
    const char *length = strcasestr(d->data, "\r\nContent-Length:");
    return head != NULL && d->length - (size_t)(head + 4 - d->data) >= (length == NULL ? 0 : strtoul(length + 17, NULL, 10));
}

static void answer(int fd)
{
    static const char body[] = "{\"id\":\"0\",\"jsonrpc\":\"2.0\",\"result\":{\"release\":false,\"version\":65561}}";
    struct descriptor *d = &descriptors[fd];
    int closes = strcasestr(d->data, "\r\nConnection: close") != NULL;
    char reply[512];
    int length = snprintf(reply, sizeof reply,
        "HTTP/1.1 200 OK\r\nServer: Epee-based\r\nContent-Length: %zu\r\nContent-Type: application/json\r\n%s\r\n%s",
        sizeof body - 1, closes ? "Connection: close\r\n" : "", body);
    d->length = 0;
    if (send(fd, reply, (size_t)length, MSG_NOSIGNAL) == length) {
        answers++;
        last = now();
    }
    if (closes) {
        end(fd);
    }
}

static void receive(int fd)
{
    struct descriptor *d = &descriptors[fd];
    ssize_t got = recv(fd, d->data + d->length, REQUEST - d->length, 0);
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    if (got <= 0) {
        end(fd);
        return;
    }
    d->length += (size_t)got;
    d->data[d->length] = '\0';
    if (!is_whole(d)) {
        if (d->length == REQUEST) {
            end(fd);
        }
    } else if (d->kind == CLIENT) {
        answer(fd);
    } else {
        hung++;
        d->length = 0;
    }
}

static void mark(void)
{
    char line[256];
    if (read(STDIN_FILENO, line, sizeof line) <= 0) {
        exit(0);
    }
    printf("answers %ld hung %ld first %.6f last %.6f\n", answers, hung, first, last);
    fflush(stdout);
    answers = hung = 0;
    first = last = 0;
}

int main(int argc, char **argv)
{
    struct in_addr host;
    if (argc != 5 || inet_pton(AF_INET, argv[4], &host) != 1) {
        fprintf(stderr, "usage: stubs FIRST-PORT COUNT HUNG ADDRESS\n");
        return 2;
    }
    int port = atoi(argv[1]), count = atoi(argv[2]), silent = atoi(argv[3]);
    struct rlimit limit = {DESCRIPTORS, DESCRIPTORS};
    setrlimit(RLIMIT_NOFILE, &limit);
    poller = epoll_create1(EPOLL_CLOEXEC);
    watch(STDIN_FILENO, MARKS);
    for (int i = 0; i < count; i++) {
        listen_on(host, port + i, i < count - silent ? LISTENER : HUNG_LISTENER);
    }
    printf("ready\n");
    fflush(stdout);
    struct epoll_event events[256];
    for (;;) {
        int ready = epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            switch (descriptors[fd].kind) {
            case LISTENER:
            case HUNG_LISTENER:
                take(fd);
                break;
            case CLIENT:
            case HUNG_CLIENT:
                receive(fd);
                break;
            case MARKS:
                mark();
                break;
            case FREE:
                break;
            }
        }
    }
}
