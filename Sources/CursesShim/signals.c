// Signals: handlers raise a flag and end the wait; crashes give the terminal back first; a process
// told to go is gone two seconds later when the terminal no longer takes bytes.
#include "internal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

// Until the first look, and between looks, at whether the terminal holds up a process that was told
// to go: short, because somebody waits for the connection to end.
#define SECONDS_TO_LEAVE 2
// While it takes bytes, it is the machine that is slow, and what was typed is still to be saved; for
// so many looks, after which nothing helps.
#define LOOKS 5

// Atomic, because a handler may run on any thread that doesn't block its signal.
static atomic_int flags;
static volatile sig_atomic_t leaving_for, looks;
static int wake_descriptor = -1;

static const struct {
  int number, flag;
} handled[] = {
  {SIGWINCH, CS_WAKE_RESIZE}, {SIGHUP, CS_WAKE_HANGUP}, {SIGTERM, CS_WAKE_TERMINATE},
  {SIGINT, CS_WAKE_TERMINATE}, {SIGQUIT, CS_WAKE_TERMINATE}, {SIGCONT, CS_WAKE_CONTINUED},
  {SIGTSTP, CS_WAKE_SUSPEND},
};
static const int crashes[] = {SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
enum { HANDLED = sizeof handled / sizeof *handled, CRASHES = sizeof crashes / sizeof *crashes };

static struct sigaction before[HANDLED], before_alarm, before_crash[CRASHES];

void cs_open_wake(void) {
  if (wake_descriptor < 0) wake_descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}

int cs_wake_descriptor(void) { return wake_descriptor; }

void cs_wake(void) {
  uint64_t one = 1;
  if (wake_descriptor >= 0 && write(wake_descriptor, &one, sizeof one) < 0) return;
}

int32_t cs_take_flags(void) { return atomic_exchange(&flags, 0); }

void cs_forget(int32_t some) { atomic_fetch_and(&flags, ~some); }

static void on_signal(int number) {
  int error = errno;
  for (int i = 0; i < HANDLED; i++) {
    if (handled[i].number == number) atomic_fetch_or(&flags, handled[i].flag);
  }
  if (number == SIGTERM || number == SIGHUP) {
    leaving_for = number;
    alarm(SECONDS_TO_LEAVE);
  }
  cs_wake();
  errno = error;
}

static void on_alarm(int number) {
  (void)number;
  int error = errno;
  bool is_full = !cs_writable();   // a line that is gone takes everything
  if (!is_full && ++looks < LOOKS) {
    alarm(SECONDS_TO_LEAVE);
    errno = error;
    return;
  }
  cs_note(is_full
    ? "inbox: told to leave, but the terminal takes no more output: ended without it\n"
    : "inbox: told to leave, and still busy after ten seconds: ended\n");
  cs_emergency_leave();
  _exit(128 + leaving_for);
}

// Swift's backtracer asks what to do next, and waits half a minute for the answer. Whoever crashed
// should be gone by then: with nothing to read it prints and ends.
static void take_keys_away(void) {
  int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing >= 0) dup2(nothing, STDIN_FILENO);
}

// The handler that was there before comes next, so that a backtrace still prints, now on the normal
// screen. Then the faulting instruction runs again and ends the process; a signal that was sent does
// not come back by itself.
static void on_crash(int number, siginfo_t *info, void *context) {
  cs_note("inbox: crashed; the terminal is given back first, a backtrace may follow on it\n");
  cs_emergency_leave();
  take_keys_away();
  for (int i = 0; i < CRASHES; i++) {
    if (crashes[i] != number || !(before_crash[i].sa_flags & SA_SIGINFO)) continue;
    before_crash[i].sa_sigaction(number, info, context);
  }
  signal(number, SIG_DFL);
  if (info->si_code <= 0) raise(number);   // sent, not faulted
}

static void install(int number, void (*handler)(int), struct sigaction *old) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  sigaction(number, &action, old);
}

void cs_install_signals(void) {
  atomic_store(&flags, 0);
  looks = 0;
  for (int i = 0; i < HANDLED; i++) install(handled[i].number, on_signal, &before[i]);
  install(SIGALRM, on_alarm, &before_alarm);
}

void cs_restore_signals(void) {
  alarm(0);
  for (int i = 0; i < HANDLED; i++) sigaction(handled[i].number, &before[i], NULL);
  sigaction(SIGALRM, &before_alarm, NULL);
  // Who leaves the screen is on the way out. A lost line hangs up more than once (the kernel, then
  // the shell): the later ones must not cut short what still has to be put in order.
  signal(SIGHUP, SIG_IGN);
}

// A stack overflow leaves no room for a handler on the stack it overflowed.
static void give_handlers_a_stack(void) {
  static char room[32 * 1024];
  stack_t current;
  if (sigaltstack(NULL, &current) == 0 && (current.ss_flags & SS_DISABLE)) {
    stack_t own = {.ss_sp = room, .ss_size = sizeof room, .ss_flags = 0};
    sigaltstack(&own, NULL);
  }
}

void cs_install_crash_handlers(void) {
  give_handlers_a_stack();
  for (int i = 0; i < CRASHES; i++) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_crash;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigaction(crashes[i], &action, &before_crash[i]);
  }
}

void cs_restore_crash_handlers(void) {
  for (int i = 0; i < CRASHES; i++) sigaction(crashes[i], &before_crash[i], NULL);
}
