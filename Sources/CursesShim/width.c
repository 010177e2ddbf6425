// Columns of a code point from one generated table. `wcwidth` is defined here so that the linker
// hands it to ncurses as well: layout and painting then agree whatever the C library knows.
#include "CursesShim.h"
#include "width_table.h"
#include <stddef.h>
#include <wchar.h>

static int covers(const struct width_range *ranges, size_t count, uint32_t c) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (c < ranges[middle].first) high = middle;
    else if (c > ranges[middle].last) low = middle + 1;
    else return 1;
  }
  return 0;
}

int32_t cs_width(uint32_t c) {
  if (c == 0) return 0;
  if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return -1;
  if (c < 0x300) return 1;
  if (covers(zero_width, sizeof zero_width / sizeof *zero_width, c)) return 0;
  return covers(wide, sizeof wide / sizeof *wide, c) ? 2 : 1;
}

int wcwidth(wchar_t c) { return cs_width((uint32_t)c); }

int wcswidth(const wchar_t *text, size_t count) {
  int columns = 0;
  for (; count && *text; count--, text++) {
    int width = cs_width((uint32_t)*text);
    if (width < 0) return -1;
    columns += width;
  }
  return columns;
}
