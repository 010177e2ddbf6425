// Leaving the screen for a while: ^Z, and programs such as an editor that need the terminal.
#include "internal.h"
#include <errno.h>
#include <spawn.h>
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
  cs_flags &= ~(CS_WAKE_CONTINUED | CS_WAKE_SUSPEND);
  cs_enter_screen();
}

void cs_reenter(void) {
  cs_leave_screen();
  cs_enter_screen();
}

static int32_t run(char *const arguments[]) {
  posix_spawnattr_t attributes;
  sigset_t defaults, none;
  sigemptyset(&none);
  sigfillset(&defaults);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setsigmask(&attributes, &none);
  pid_t child;
  int failed = posix_spawnp(&child, arguments[0], NULL, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  if (failed) return -1;
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
  cs_flags &= ~CS_WAKE_CONTINUED;
  cs_enter_screen();
  return status;
}
