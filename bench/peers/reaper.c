/*
 * reaper COMMAND...: runs COMMAND as a child subreaper, so that every orphan below it comes here and is reaped at once
 * (zombies mislead supervisors and samples alike), hands a signal to leave on as SIGTERM, and, when COMMAND has ended
 * or 30 s after that signal, kills every process still below it. Exits with COMMAND's code.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t command;
static volatile sig_atomic_t out_of_patience;

static void hand_on(int signal_number)
{
    if (signal_number == SIGALRM) {
        out_of_patience = 1;
    } else {
        alarm(30);
    }
    kill(command, signal_number == SIGALRM ? SIGKILL : SIGTERM);
}

static int parent_of(int pid)
{
    char path[40], text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return 0;
    }
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    char *name_end = strrchr(text, ')');
    int parent = 0;
    return name_end != NULL && sscanf(name_end + 1, " %*c %d", &parent) == 1 ? parent : 0;
}

static int is_below(int pid)
{
    for (int depth = 0; pid > 1 && depth < 64; depth++) {
        pid = parent_of(pid);
        if (pid == getpid()) {
            return 1;
        }
    }
    return 0;
}

/* The pidfd comes first: what is found to be below us is what gets the signal, whatever becomes of its number. */
static int kill_if_below(int pid)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    int killed = fd >= 0 && is_below(pid) && syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return killed;
}

static int kill_below(void)
{
    int killed = 0;
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; processes != NULL && (entry = readdir(processes)) != NULL;) {
        int pid = atoi(entry->d_name);
        killed += pid > 1 ? kill_if_below(pid) : 0;
    }
    if (processes != NULL) {
        closedir(processes);
    }
    return killed;
}

static void clear_away(void)
{
    for (int round = 0; round < 1000; round++) {
        int killed = kill_below();
        while (waitpid(-1, NULL, WNOHANG) > 0) {
        }
        if (killed == 0 && waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD) {
            return;
        }
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
    fputs("reaper: processes are left\n", stderr);
}

static void on(int signal_number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};
    sigaction(signal_number, &action, NULL);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: reaper COMMAND...\n", stderr);
        return 2;
    }
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    pid_t pid = fork();
    if (pid == 0) {
        on(SIGINT, SIG_DFL);
        on(SIGQUIT, SIG_DFL);
        sigprocmask(SIG_SETMASK, &before, NULL);
        execv(argv[1], argv + 1);
        perror(argv[1]);
        _exit(127);
    }
    if (pid < 0) {
        perror("fork");
        return 1;
    }
    command = pid;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    on(SIGTERM, hand_on);
    on(SIGINT, hand_on);
    on(SIGHUP, hand_on);
    on(SIGALRM, hand_on);
    sigprocmask(SIG_SETMASK, &before, NULL);
    int status = 0;
    pid_t ended;
    while ((ended = waitpid(-1, &status, 0)) != pid) {
        if (ended < 0 && errno != EINTR) {
            return 1;
        }
    }
    clear_away();
    if (out_of_patience) {
        fputs("reaper: the command did not leave within 30 s and was killed\n", stderr);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
