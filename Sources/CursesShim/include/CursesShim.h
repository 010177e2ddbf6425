// What the terminal offers to Swift: plain numbers in and out, no curses type.
// Everything but `cs_width` and `cs_wake` belongs to the main thread.
#ifndef CURSES_SHIM_H
#define CURSES_SHIM_H
#include <stdint.h>

// Columns that a code point takes: 0, 1, 2, or -1 for a control character. Any thread.
int32_t cs_width(uint32_t code_point);

#endif
