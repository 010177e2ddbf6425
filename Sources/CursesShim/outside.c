// Leaving the screen for a while: ^Z, and programs such as an editor that need the terminal.
#include "internal.h"
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static struct sigaction set_default(int number) {
  struct sigaction action = {.sa_handler = SIG_DFL}, old;
  sigaction(number, &action, &old);
  return old;
}

void cs_suspend(void) {
  cs_leave_screen();
  struct sigaction ours = set_default(SIGTSTP);
  kill(0, SIGTSTP);   // the whole job, as the terminal itself would
  sigaction(SIGTSTP, &ours, NULL);
  cs_forget(CS_WAKE_CONTINUED | CS_WAKE_SUSPEND);
  cs_enter_screen();
}

void cs_reenter(void) {
  cs_leave_screen();
  cs_enter_screen();
}

// The child's process id, or -1. It handles signals as if nobody had ever changed them.
static pid_t spawn(char *const arguments[], const posix_spawn_file_actions_t *files) {
  posix_spawnattr_t attributes;
  sigset_t defaults, none;
  sigemptyset(&none);
  sigfillset(&defaults);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setsigmask(&attributes, &none);
  pid_t child;
  int failed = posix_spawnp(&child, arguments[0], files, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  return failed ? -1 : child;
}

static int32_t run(char *const arguments[]) {
  pid_t child = spawn(arguments, NULL);
  if (child < 0) return -1;
  int status;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int32_t cs_run_outside(char *const arguments[]) {
  cs_leave_screen();
  // Keys that signal belong to the program now; ^Z still stops both.
  struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit;
  sigaction(SIGINT, &ignore, &interrupt);
  sigaction(SIGQUIT, &ignore, &quit);
  struct sigaction stop = set_default(SIGTSTP);
  int32_t status = run(arguments);
  sigaction(SIGINT, &interrupt, NULL);
  sigaction(SIGQUIT, &quit, NULL);
  sigaction(SIGTSTP, &stop, NULL);
  cs_forget(CS_WAKE_CONTINUED);
  cs_enter_screen();
  return status;
}

bool cs_feed(char *const arguments[], const uint8_t *bytes, int32_t count) {
  static pid_t earlier = -1;
  if (earlier > 0 && waitpid(earlier, NULL, WNOHANG) == earlier) earlier = -1;
  int ends[2];   // a socket, because a pipe nobody reads would end this process
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, ends[1], STDIN_FILENO);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = spawn(arguments, &files);
  posix_spawn_file_actions_destroy(&files);
  ssize_t sent = -1;
  if (child > 0) {
    sent = send(ends[0], bytes, (size_t)count, MSG_NOSIGNAL | MSG_DONTWAIT);
    earlier = child;
  }
  close(ends[0]);
  close(ends[1]);
  return sent == count;
}
