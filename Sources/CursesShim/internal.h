// Shared between the files of this target only.
#ifndef CURSES_INTERNAL_H
#define CURSES_INTERNAL_H
#include "CursesShim.h"
#include <signal.h>
#include <stddef.h>

// signals.c: what handlers raised since the last call, a mask of CS_WAKE_*; cs_forget drops some.
int32_t cs_take_flags(void);
void cs_forget(int32_t flags);
void cs_install_signals(void);
void cs_restore_signals(void);
void cs_install_crash_handlers(void);
void cs_restore_crash_handlers(void);
void cs_open_wake(void);
int cs_wake_descriptor(void);

// screen.c: these three are async-signal-safe, as is cs_writable.
void cs_emergency_leave(void);
void cs_note(const char *line);   // into the log, whatever else still works
void cs_restore_modes(void);
// Between these two the terminal belongs to someone else.
void cs_leave_screen(void);
void cs_enter_screen(void);

void cs_send(const char *bytes, size_t count);

// frame.c: what is written to descriptor 1 between begin and end goes out at the end, in one piece.
void cs_frame_open(void);
void cs_frame_begin(void);
void cs_frame_end(void);
void cs_frame_close(void);
void cs_frame_abandon(void);   // async-signal-safe: the terminal is written to directly again

// terminfo.c
struct screen;
struct cs_terminal {
  const char *name;
  bool speaks_xterm;   // OSC strings and xterm's private modes
};
int32_t cs_find_terminal(struct cs_terminal *terminal);
struct screen *cs_open_terminal(const struct cs_terminal *terminal, bool direct_color);
void cs_trim_terminal(void);

#endif
