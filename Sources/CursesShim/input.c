// Waiting and reading. The main loop sleeps here and nowhere else.
#include "internal.h"
#include <errno.h>
#include <poll.h>
#include <unistd.h>

int32_t cs_wait(int32_t timeout_ms, bool until_writable) {
  struct pollfd all[3] = {
    {STDIN_FILENO, POLLIN, 0}, {cs_wake_descriptor(), POLLIN, 0}, {STDOUT_FILENO, POLLOUT, 0},
  };
  int ready = poll(all, until_writable ? 3 : 2, timeout_ms);
  int32_t wake = cs_take_flags();
  if (ready <= 0) return wake;
  if (all[1].revents & POLLIN) {
    uint64_t count;
    if (read(all[1].fd, &count, sizeof count) > 0) wake |= CS_WAKE_MAILBOX;
    wake |= cs_take_flags();
  }
  if (all[0].revents & POLLIN) wake |= CS_WAKE_INPUT;
  if (all[0].revents & (POLLHUP | POLLERR | POLLNVAL)) wake |= CS_WAKE_HANGUP;
  if (until_writable && (all[2].revents & POLLOUT)) wake |= CS_WAKE_WRITABLE;
  return wake;
}

int32_t cs_read(uint8_t *buffer, int32_t capacity) {
  struct pollfd in = {STDIN_FILENO, POLLIN, 0};
  if (poll(&in, 1, 0) <= 0 || !(in.revents & (POLLIN | POLLHUP | POLLERR))) return 0;
  ssize_t count = read(STDIN_FILENO, buffer, (size_t)capacity);
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
  return count > 0 ? (int32_t)count : -1;
}
