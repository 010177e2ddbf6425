// The screen: starting and leaving it, cells and frames. Only this file and terminfo.c know curses.
// Main thread only, but for cs_emergency_leave, which crash handlers call.
#include "internal.h"
#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#undef columns   // terminfo's names for what we call so as well
#undef lines

#define MOUSE_ON "\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l"
#define ENTER "\033[?2004h\033[?1004h"
#define LEAVE "\033[?2026l\033[?1004l\033[?2004l" MOUSE_OFF
#define BAR_CURSOR "\033[6 q"
#define USUAL_CURSOR "\033[0 q"
#define ASK_BACKGROUND "\033]11;?\033\\\033[c"
// As long as an answer may take before it is given up: above a bad line's round trip.
#define ANSWER_MS 200

static SCREEN *screen;
static struct cs_terminal terminal;
static struct termios saved_modes;
static volatile sig_atomic_t is_active;
static bool mouse_on = true, cursor_shown = true, cursor_is_bar, answer_due;
static int log_descriptor = -1, saved_stderr = -1;

void cs_send(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t sent = write(STDOUT_FILENO, bytes, count);
    if (sent < 0 && errno != EINTR) return;
    if (sent > 0) bytes += sent, count -= (size_t)sent;
  }
}

#define SEND(literal) cs_send(literal, sizeof(literal) - 1)

// A bare C locale would make ncurses drop every letter beyond ASCII.
static void use_utf8(void) {
  setlocale(LC_CTYPE, "");
  if (MB_CUR_MAX < 2) setlocale(LC_CTYPE, "C.UTF-8");
}

static void take_stderr(void) {
  if (saved_stderr < 0) saved_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (log_descriptor >= 0) dup2(log_descriptor, STDERR_FILENO);
}

static void give_stderr_back(void) {
  if (saved_stderr >= 0) dup2(saved_stderr, STDERR_FILENO);
}

void cs_restore_modes(void) { tcsetattr(STDIN_FILENO, TCSANOW, &saved_modes); }

static void enter_modes(void) {
  if (!terminal.speaks_xterm) return;
  SEND(ENTER);
  if (mouse_on) SEND(MOUSE_ON);
}

static void leave_modes(void) {
  if (!terminal.speaks_xterm) return;
  SEND(LEAVE);
  if (cursor_is_bar) SEND(USUAL_CURSOR);
  cursor_is_bar = false;
}

void cs_emergency_leave(void) {
  if (!is_active) return;
  is_active = 0;
  cs_frame_abandon();
  if (cs_writable()) {
    leave_modes();
    SEND("\033[0m\033[?25h\033[?1049l\r\n");
  }
  cs_restore_modes();
  give_stderr_back();
}

void cs_note(const char *line) {
  if (log_descriptor < 0) return;
  ssize_t ignored = write(log_descriptor, line, strlen(line));
  (void)ignored;
}

bool cs_speaks_xterm(void) { return terminal.speaks_xterm; }

static void set_up_curses(void) {
  raw();
  noecho();
  nonl();
  typeahead(-1);          // a frame is never cut short by waiting keys
  idlok(stdscr, TRUE);    // a list that moved by a line costs a scroll
  leaveok(stdscr, TRUE);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  curs_set(0);
  cursor_shown = false;
}

int32_t cs_start(int32_t log_fd, bool direct_color) {
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return CS_NOT_A_TERMINAL;
  int32_t result = cs_find_terminal(&terminal);
  if (result != CS_STARTED) return result;
  use_utf8();
  tcgetattr(STDIN_FILENO, &saved_modes);
  cs_open_wake();
  cs_install_signals();   // before newterm: ncurses then leaves them alone
  screen = cs_open_terminal(&terminal, direct_color);
  if (!screen) {
    cs_restore_signals();
    return CS_NO_TERMINFO;
  }
  set_term(screen);
  cs_trim_terminal();
  is_active = 1;
  static bool is_registered;
  if (!is_registered) is_registered = atexit(cs_stop) == 0;   // for whoever calls exit()
  cs_install_crash_handlers();
  // An own copy: it is needed again after each time away, when the caller may have closed its own.
  log_descriptor = log_fd >= 0 ? fcntl(log_fd, F_DUPFD_CLOEXEC, 3)
                               : open("/dev/null", O_WRONLY | O_CLOEXEC);
  take_stderr();
  set_up_curses();
  cs_frame_open();
  enter_modes();
  return CS_STARTED;
}

void cs_ask_background(void) {
  if (!terminal.speaks_xterm || !cs_writable()) return;
  SEND(ASK_BACKGROUND);
  answer_due = true;
}

void cs_answered(void) { answer_due = false; }

// An answer that comes after the program would be typed into the shell.
static void await_answer(void) {
  struct pollfd in = {STDIN_FILENO, POLLIN, 0};
  char byte, before = 0;
  for (; answer_due && poll(&in, 1, ANSWER_MS) > 0 && read(STDIN_FILENO, &byte, 1) == 1;) {
    if (byte == 'c' && (before == ';' || (before >= '0' && before <= '9'))) answer_due = false;
    before = byte;
  }
  answer_due = false;
}

void cs_leave_screen(void) {
  await_answer();
  if (cs_writable()) {
    leave_modes();
    endwin();
  }
  cs_restore_modes();
  give_stderr_back();
}

void cs_enter_screen(void) {
  take_stderr();
  cs_resize();
  clearok(curscr, TRUE);
  reset_prog_mode();
  doupdate();
  enter_modes();
}

void cs_stop(void) {
  if (!is_active) return;
  cs_leave_screen();
  is_active = 0;
  delscreen(screen);
  screen = NULL;
  cs_frame_close();
  close(log_descriptor);
  log_descriptor = -1;
  cs_restore_crash_handlers();
  cs_restore_signals();
}

void cs_size(int32_t *columns, int32_t *rows) { getmaxyx(stdscr, *rows, *columns); }

bool cs_resize(void) {
  struct winsize now;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &now) != 0) return false;
  if (now.ws_row == 0 || now.ws_col == 0) return false;
  if (!is_term_resized(now.ws_row, now.ws_col)) return false;
  resize_term(now.ws_row, now.ws_col);
  erase();
  clearok(curscr, TRUE);
  return true;
}

int32_t cs_colors(void) { return has_colors() ? COLORS : 0; }

void cs_redraw(void) { clearok(curscr, TRUE); }

bool cs_writable(void) {
  struct pollfd out = {STDOUT_FILENO, POLLOUT, 0};
  return poll(&out, 1, 0) > 0 && (out.revents & POLLOUT);
}

static attr_t attributes_of(uint32_t mask) {
  attr_t all = 0;
  if (mask & CS_BOLD) all |= WA_BOLD;
  if (mask & CS_DIM) all |= WA_DIM;
  if (mask & CS_ITALIC) all |= WA_ITALIC;
  if (mask & CS_UNDERLINE) all |= WA_UNDERLINE;
  if (mask & CS_REVERSE) all |= WA_REVERSE;
  return all;
}

// Most neighbours share their colours: the last pair is kept at hand.
static int pair_of(int foreground, int background) {
  static int last_foreground = -1, last_background = -1, last_pair;
  if ((foreground == -1 && background == -1) || !has_colors()) return 0;
  if (foreground != last_foreground || background != last_background) {
    int pair = alloc_pair(foreground, background);
    last_pair = pair < 0 ? 0 : pair;
    last_foreground = foreground;
    last_background = background;
  }
  return last_pair;
}

void cs_put(int32_t x, int32_t y, const cs_cell *cells, int32_t count) {
  enum { BATCH = 64 };
  cchar_t batch[BATCH];
  while (count > 0) {
    int taken = 0, columns = 0;
    for (; taken < BATCH && taken < count; taken++) {
      const cs_cell *cell = &cells[taken];
      wchar_t text[6] = {0};
      for (int i = 0; i < 5; i++) text[i] = (wchar_t)cell->glyph[i];
      int pair = pair_of(cell->foreground, cell->background);
      setcchar(&batch[taken], text, attributes_of(cell->attributes), 0, &pair);
      columns += cs_width(cell->glyph[0]) == 2 ? 2 : 1;
    }
    mvwadd_wchnstr(stdscr, y, x, batch, taken);
    x += columns;
    cells += taken;
    count -= taken;
  }
}

void cs_present(int32_t cursor_x, int32_t cursor_y, bool fenced) {
  bool shows = cursor_x >= 0;
  fenced = fenced && terminal.speaks_xterm;
  cs_frame_begin();
  if (fenced) SEND("\033[?2026h");
  if (!shows && cursor_shown) curs_set(0);
  leaveok(stdscr, !shows);
  if (shows) wmove(stdscr, cursor_y, cursor_x);
  wnoutrefresh(stdscr);
  doupdate();
  if (shows && !cursor_shown) {
    if (terminal.speaks_xterm && !cursor_is_bar) SEND(BAR_CURSOR);
    cursor_is_bar = terminal.speaks_xterm;
    curs_set(1);
  }
  cursor_shown = shows;
  if (fenced) SEND("\033[?2026l");
  cs_frame_end();
}

void cs_raw(const uint8_t *bytes, int32_t count) {
  if (is_active && cs_writable()) cs_send((const char *)bytes, (size_t)count);
}

void cs_mouse(bool on) {
  if (on == mouse_on) return;
  mouse_on = on;
  if (!terminal.speaks_xterm) return;
  if (on) SEND(MOUSE_ON);
  else SEND(MOUSE_OFF);
}

const char *cs_key_string(const char *capability) {
  const char *text = tigetstr((char *)capability);
  return text == (const char *)-1 ? NULL : text;
}
