// The smallest program on the curses shim: a list to move in and a key for each thing that can
// happen to a terminal. Built and driven by test_shim.py.
#include "CursesShim.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int32_t columns, rows, selected, top;
static char last[32] = "-";

static void put_text(int x, int y, const char *text, uint32_t attributes) {
  for (; *text && x < columns; x++, text++) {
    cs_cell cell = {{(uint32_t)*text}, -1, -1, attributes};
    cs_put(x, y, &cell, 1);
  }
  for (; x < columns; x++) {
    cs_cell blank = {{' '}, -1, -1, 0};
    cs_put(x, y, &blank, 1);
  }
}

static void paint(void) {
  char line[64];
  cs_size(&columns, &rows);
  if (selected >= top + rows - 1) top = selected - rows + 2;
  for (int y = 0; y < rows - 1; y++) {
    snprintf(line, sizeof line, "lead number %d of many", top + y);
    put_text(0, y, line, top + y == selected ? CS_BOLD : 0);
  }
  snprintf(line, sizeof line, "size %dx%d last %s", columns, rows, last);
  put_text(0, rows - 1, line, 0);
  cs_cell wide[] = {
    {{0x1FA77}, 1, -1, 0}, {{'e', 0x301}, -1, -1, 0}, {{0x6F22}, -1, -1, 0}, {{'|'}, -1, -1, 0},
  };
  if (columns > 50) cs_put(40, 0, wide, 4);
  cs_cell blue = {{'#'}, getenv("PROBE_DIRECT") ? 0x112233 : 4, -1, CS_BOLD};
  if (columns > 50) cs_put(46, 0, &blue, 1);
  if (cs_writable()) cs_present(-1, -1, false);
}

static int act(uint8_t key) {
  snprintf(last, sizeof last, "%d", key);
  switch (key) {
  case 'j': selected++; break;
  case 'q': return 0;
  case 'c': __builtin_trap();
  case 'a': abort();
  case 'l': cs_redraw(); break;
  case 'w':   // as frames do that were begun while the line still took bytes
    fprintf(stderr, "FILLING\n");
    for (int i = 0; i < 1000; i++) cs_redraw(), cs_present(-1, -1, false);
    break;
  case 'z':   // what has to be done takes longer than a full terminal is given
    fprintf(stderr, "SLOW\n");
    for (unsigned left = 3; left > 0;) left = sleep(left);
    fprintf(stderr, "DONE\n");
    break;
  case 'm': cs_mouse(false); break;
  case 'b': cs_ask_background(); break;
  case 'e': fprintf(stderr, "NOISE\n"); break;
  case 26: cs_suspend(); break;
  case 'o': {
    char *command[] = {"sh", "-c", "echo OUTSIDE; read line; exit 3", NULL};
    snprintf(last, sizeof last, "status %d", cs_run_outside(command));
  }
  }
  return 1;
}

int main(void) {
  const char *log_path = getenv("PROBE_LOG");
  int log = log_path ? open(log_path, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
  int started = cs_start(log, getenv("PROBE_DIRECT") != NULL);
  if (log >= 0) close(log);
  if (started != CS_STARTED) return 60 + started;
  int status = 0, is_running = 1;
  while (is_running) {
    paint();
    int wake = cs_wait(-1, !cs_writable());
    if (wake & CS_WAKE_HANGUP) status = 129;
    if (wake & CS_WAKE_TERMINATE) status = 143;
    if (status) break;
    if (wake & CS_WAKE_RESIZE) cs_resize();
    if (wake & CS_WAKE_CONTINUED) cs_reenter();
    uint8_t keys[256];
    int count = wake & CS_WAKE_INPUT ? cs_read(keys, sizeof keys) : 0;
    for (int i = 0; i < count && is_running; i++) is_running = act(keys[i]);
  }
  cs_stop();
  if (status == 129) raise(SIGHUP);   // as a shell does when its line is lost
  fprintf(stderr, "left with %d\r\n", status);
  return status;
}
