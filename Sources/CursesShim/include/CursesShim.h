// What the terminal offers to Swift: plain numbers in and out, no curses type.
// Everything but `cs_width` and `cs_wake` belongs to the main thread.
#ifndef CURSES_SHIM_H
#define CURSES_SHIM_H
#include <stdbool.h>
#include <stdint.h>

// Columns that a code point takes: 0, 1, 2, or -1 for a control character. Any thread.
int32_t cs_width(uint32_t code_point);

// --- Screen ---

enum { CS_STARTED = 0, CS_NOT_A_TERMINAL = 1, CS_DUMB = 2, CS_NO_TERMINFO = 3 };
enum { CS_BOLD = 1, CS_DIM = 2, CS_ITALIC = 4, CS_UNDERLINE = 8, CS_REVERSE = 16 };

// A base code point with its marks (0 ends them), colours as palette numbers (-1: the terminal's
// own; from 256 on 0xRRGGBB, where cs_colors is that much) and a mask of CS_BOLD and its like.
typedef struct {
  uint32_t glyph[5];
  int32_t foreground, background;
  uint32_t attributes;
} cs_cell;

// Takes the terminal over. fd 2 goes to `log_fd` (or /dev/null when negative) until it is left.
// `direct_color` asks for 16 million colours where the terminal speaks xterm's language.
int32_t cs_start(int32_t log_fd, bool direct_color);
// True when the terminal understands OSC strings and xterm's private modes.
bool cs_speaks_xterm(void);
// Gives the terminal back. Does nothing the second time.
void cs_stop(void);
void cs_size(int32_t *columns, int32_t *rows);
// Follows the terminal's new size; true when it changed. The next frame must put every cell.
bool cs_resize(void);
// Colours that the terminal has: 0, 8, 16, 256 or more.
int32_t cs_colors(void);
// Puts `count` cells from (x, y) into the next frame; wide glyphs advance by two.
void cs_put(int32_t x, int32_t y, const cs_cell *cells, int32_t count);
// Forgets what the terminal shows: the next frame is sent whole.
void cs_redraw(void);
// True when the terminal takes bytes now.
bool cs_writable(void);
// Sends what changed. A negative cursor is hidden. `fenced` wraps a large frame in mode 2026.
void cs_present(int32_t cursor_x, int32_t cursor_y, bool fenced);
// Sends bytes as they are (title, clipboard, bell).
void cs_raw(const uint8_t *bytes, int32_t count);
void cs_mouse(bool on);
// Asks for the background's colour, and who it is: the second answer comes last for certain.
void cs_ask_background(void);
// That last answer has come: leaving needn't wait for it.
void cs_answered(void);
// A terminfo key string, or NULL.
const char *cs_key_string(const char *capability);

// --- Input and waking ---

enum {
  CS_WAKE_INPUT = 1, CS_WAKE_MAILBOX = 2, CS_WAKE_RESIZE = 4, CS_WAKE_HANGUP = 8,
  CS_WAKE_TERMINATE = 16, CS_WAKE_CONTINUED = 32, CS_WAKE_SUSPEND = 64, CS_WAKE_WRITABLE = 128
};

// Sleeps until something happens or `timeout_ms` passed (negative: no limit); a mask of CS_WAKE_*.
int32_t cs_wait(int32_t timeout_ms, bool until_writable);
// Ends a wait. Any thread, any signal handler.
void cs_wake(void);
// Reads what has been typed without waiting: bytes read, 0 when there is nothing, -1 at the end.
int32_t cs_read(uint8_t *buffer, int32_t capacity);

// --- Leaving for a while ---

// Stops the process group as ^Z does; returns, screen restored, when it is continued.
void cs_suspend(void);
// Takes the terminal again after a stop that gave no chance to leave it.
void cs_reenter(void);
// Runs a program on the plain terminal; its exit status, 128 + signal, or -1 when it didn't start.
int32_t cs_run_outside(char *const arguments[]);
// Starts a program that needs no terminal and hands it `bytes` as its input, without waiting for
// it; false when it didn't start or can't take that much at once.
bool cs_feed(char *const arguments[], const uint8_t *bytes, int32_t count);

#endif
