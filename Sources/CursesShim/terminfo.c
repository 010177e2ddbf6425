// Which description of the terminal curses is given, and what is cut out of it. Main thread only.
#include "internal.h"
#include "direct_terminfo.h"
#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

// Consoles that know neither OSC strings nor xterm's private modes; some print them.
static const char *const plain_names[] = {"linux", "vt", "ansi", "cons", "pcvt", "wy", "sun"};

static bool is_plain(const char *name) {
  for (size_t i = 0; i < sizeof plain_names / sizeof *plain_names; i++) {
    if (strncmp(name, plain_names[i], strlen(plain_names[i])) == 0) return true;
  }
  return false;
}

int32_t cs_find_terminal(struct cs_terminal *terminal) {
  int found = 0;
  terminal->name = getenv("TERM");
  if (!terminal->name || !*terminal->name
      || setupterm(terminal->name, STDOUT_FILENO, &found) != OK) {
    // What nearly all understand.
    terminal->name = "xterm-256color";
    if (setupterm(terminal->name, STDOUT_FILENO, &found) != OK) return CS_NO_TERMINFO;
  }
  terminal->speaks_xterm = !is_plain(terminal->name);
  int32_t result = cursor_address ? CS_STARTED : CS_DUMB;
  del_curterm(set_curterm(NULL));   // newterm reads its own
  return result;
}

// ncurses reads a description from TERMINFO itself when it begins with `b64:`.
static SCREEN *open_direct(void) {
  const char *before = getenv("TERMINFO");
  char *kept = before ? strdup(before) : NULL;
  setenv("TERMINFO", direct_terminfo, 1);
  SCREEN *screen = newterm(DIRECT_NAME, stdout, stdin);
  if (kept) setenv("TERMINFO", kept, 1);
  else unsetenv("TERMINFO");
  free(kept);
  return screen;
}

SCREEN *cs_open_terminal(const struct cs_terminal *terminal, bool direct_color) {
  SCREEN *screen = direct_color && terminal->speaks_xterm ? open_direct() : NULL;
  return screen ? screen : newterm(terminal->name, stdout, stdin);
}

static void cut(const char *capability, const char *part) {
  char *text = tigetstr((char *)capability);   // curses' own copy: what it sends from now on
  if (!text || text == (char *)-1) return;
  char *place = strstr(text, part);
  if (place) memmove(place, place + strlen(part), strlen(place + strlen(part)) + 1);
}

void cs_trim_terminal(void) {
  // The line-drawing character set is never switched on here, so it needn't be switched off with
  // every change of style: three bytes of nine.
  cut("sgr0", "\033(B");
  cut("sgr", "%?%p9%t\033(0%e\033(B%;");
}
