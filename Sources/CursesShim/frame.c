// A frame leaves in one write. curses writes at every cursor movement, some forty times for a new
// conversation: as many system calls here, and packets on the line. While it paints, descriptor 1 is
// a file in memory; its content then goes to the terminal at once. Main thread only.
#include "internal.h"
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>
#include <fcntl.h>

static int terminal_end = -1, frame = -1;

void cs_frame_open(void) {
  if (frame < 0) frame = memfd_create("inbox-frame", MFD_CLOEXEC);
  if (terminal_end < 0) terminal_end = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
}

void cs_frame_begin(void) {
  if (frame < 0 || terminal_end < 0) return;
  lseek(frame, 0, SEEK_SET);
  dup2(frame, STDOUT_FILENO);
}

void cs_frame_abandon(void) {
  if (terminal_end >= 0) dup2(terminal_end, STDOUT_FILENO);
}

void cs_frame_end(void) {
  if (frame < 0 || terminal_end < 0) return;
  off_t size = lseek(frame, 0, SEEK_CUR);
  dup2(terminal_end, STDOUT_FILENO);
  static char bytes[1 << 16];
  for (off_t at = 0; at < size;) {
    ssize_t count = pread(frame, bytes, sizeof bytes, at);
    if (count <= 0) return;
    if (at + count > size) count = size - at;
    cs_send(bytes, (size_t)count);
    at += count;
  }
}

void cs_frame_close(void) {
  if (frame >= 0) close(frame);
  if (terminal_end >= 0) close(terminal_end);
  frame = terminal_end = -1;
}
