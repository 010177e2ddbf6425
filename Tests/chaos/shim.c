/* Preloaded into the programs under chaos: the wall clock jumps, the disk refuses, syncs are counted.
 * Driven through one small file that is mapped by everybody; built and filled by Tests/chaos/world.py.
 * Only database files are refused, so that the programs can still say in their logs what happened. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct control {
  int64_t clock_seconds; /* added to the wall clock */
  int64_t refusal;       /* an errno that writes to a database get, 0 for none */
  int64_t syncs;         /* fdatasync and fsync calls so far, of every program */
};

static struct control nothing, *control = &nothing;

__attribute__((constructor)) static void start(void) {
  const char *path = getenv("CHAOS_CONTROL");
  int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (fd < 0) return;
  void *map = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (map != MAP_FAILED) control = map;
  close(fd);
}

#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

int clock_gettime(clockid_t clock, struct timespec *at) {
  REAL(clock_gettime);
  int code = real(clock, at);
  if (clock == CLOCK_REALTIME) at->tv_sec += control->clock_seconds;
  return code;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
  struct timespec now;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  at->tv_sec = now.tv_sec;
  at->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at) *at = now.tv_sec;
  return now.tv_sec;
}

/* Whether the disk refuses a write to this file now. */
static int refuses(int fd) {
  int code = (int)control->refusal;
  if (!code) return 0;
  char link[64], path[512];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, sizeof path - 1);
  if (size <= 0) return 0;
  path[size] = 0;
  if (!strstr(path, ".db")) return 0;
  errno = code;
  return 1;
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) {
  REAL(pwrite);
  return refuses(fd) ? -1 : real(fd, bytes, size, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
  REAL(pwrite64);
  return refuses(fd) ? -1 : real(fd, bytes, size, at);
}

ssize_t write(int fd, const void *bytes, size_t size) {
  REAL(write);
  return refuses(fd) ? -1 : real(fd, bytes, size);
}

int fdatasync(int fd) {
  REAL(fdatasync);
  __atomic_add_fetch(&control->syncs, 1, __ATOMIC_RELAXED);
  return real(fd);
}

int fsync(int fd) {
  REAL(fsync);
  __atomic_add_fetch(&control->syncs, 1, __ATOMIC_RELAXED);
  return real(fd);
}
