/* Posts signed WhatsApp webhooks over keep-alive connections and reports rate and latency as one
 * JSON object. Requests are built and signed before the clock starts, so that the loader's own work
 * is reading and writing sockets. Built and called by bench/webhooks.py and bench/screen.py.
 *
 *   load PORT SECRET COUNT CONNECTIONS FIRST_NUMBER LEADS RATE PHONE_NUMBER_ID
 *
 * RATE 0 is a closed loop (the next request follows its answer); else requests are due at RATE a
 * second and latency counts from when they were due. Exit 1 when any answer is not 200. */
#include <arpa/inet.h>
#include <errno.h>
#include <math.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* ---- SHA-256 (FIPS 180-4) and HMAC (RFC 2104). The round constants are what the standard says they
 * are: the first 32 bits of the fractional parts of the cube and square roots of the primes. */

static uint32_t cube[64], square[8];

static void constants(void) {
  int found = 0;
  for (int n = 2; found < 64; n++) {
    int prime = 1;
    for (int d = 2; d * d <= n; d++)
      if (n % d == 0) prime = 0;
    if (!prime) continue;
    long double root = cbrtl(n);
    cube[found] = (uint32_t)((root - floorl(root)) * 4294967296.0L);
    if (found < 8) {
      root = sqrtl(n);
      square[found] = (uint32_t)((root - floorl(root)) * 4294967296.0L);
    }
    found++;
  }
}

static uint32_t turn(uint32_t x, int n) { return (x >> n) | (x << (32 - n)); }

static void compress(uint32_t h[8], const uint8_t *block) {
  uint32_t w[64], v[8];
  for (int i = 0; i < 16; i++)
    w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
           (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
  for (int i = 16; i < 64; i++) {
    uint32_t a = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >> 3);
    uint32_t b = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >> 10);
    w[i] = w[i - 16] + a + w[i - 7] + b;
  }
  memcpy(v, h, sizeof v);
  for (int i = 0; i < 64; i++) {
    uint32_t s1 = turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25);
    uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
    uint32_t t1 = v[7] + s1 + choice + cube[i] + w[i];
    uint32_t s0 = turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22);
    uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
    memmove(v + 1, v, 7 * sizeof *v);
    v[4] += t1;
    v[0] = t1 + s0 + majority;
  }
  for (int i = 0; i < 8; i++) h[i] += v[i];
}

static void sha256(const uint8_t *data, size_t size, uint8_t out[32]) {
  uint32_t h[8];
  memcpy(h, square, sizeof h);
  size_t whole = size / 64 * 64;
  for (size_t i = 0; i < whole; i += 64) compress(h, data + i);
  uint8_t last[128] = {0};
  size_t rest = size - whole, padded = rest < 56 ? 64 : 128;
  memcpy(last, data + whole, rest);
  last[rest] = 0x80;
  for (int i = 0; i < 8; i++) last[padded - 1 - i] = (uint8_t)((uint64_t)size * 8 >> (8 * i));
  for (size_t i = 0; i < padded; i += 64) compress(h, last + i);
  for (int i = 0; i < 32; i++) out[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
}

static void sign(const char *secret, const char *body, size_t size, char hex[65]) {
  static uint8_t buffer[70000];
  uint8_t key[64] = {0}, digest[32];
  size_t length = strlen(secret);
  if (length > 64)
    sha256((const uint8_t *)secret, length, key);
  else
    memcpy(key, secret, length);
  for (int i = 0; i < 64; i++) buffer[i] = key[i] ^ 0x36;
  memcpy(buffer + 64, body, size);
  sha256(buffer, 64 + size, digest);
  for (int i = 0; i < 64; i++) buffer[i] = key[i] ^ 0x5c;
  memcpy(buffer + 64, digest, 32);
  sha256(buffer, 96, digest);
  for (int i = 0; i < 32; i++) sprintf(hex + 2 * i, "%02x", digest[i]);
}

/* ---- requests */

struct request {
  char *bytes;
  size_t size;
};

static const char *words[] = {"hola",  "quiero", "probar", "una",     "clase", "de",    "yoga",
                              "ma\\u00f1ana", "price", "please", "thanks", "guten", "Morgen",
                              "Probetraining", "wann", "\\ud83d\\udcaa", "visit", "friday"};

static struct request build(long number, long leads, int port, const char *secret,
                            const char *account) {
  char body[4096], text[600], signature[65], head[600];
  int n = 0;
  unsigned long chance = (unsigned long)number * 2862933555777941757UL + 3037000493UL;
  long lead = number % leads;
  n = sprintf(text, "Bench %ld", number);
  while (n < 230) {
    chance = chance * 6364136223846793005UL + 1442695040888963407UL;
    n += sprintf(text + n, " %s", words[(chance >> 33) % (sizeof words / sizeof *words)]);
  }
  int size = sprintf(
      body,
      "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"102290129340398\",\"changes\":"
      "[{\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{\"display_phone_number\":"
      "\"15550783881\",\"phone_number_id\":\"%s\"},\"contacts\":[{\"profile\":{\"name\":\"Lead %ld "
      "Bench\"},\"wa_id\":\"4915%08ld\"}],\"messages\":[{\"from\":\"4915%08ld\",\"id\":"
      "\"wamid.BENCH%010ld\",\"timestamp\":\"%ld\",\"text\":{\"body\":\"%s\"},\"type\":\"text\"}]},"
      "\"field\":\"messages\"}]}]}",
      account, lead, lead, lead, number, (long)time(NULL), text);
  sign(secret, body, (size_t)size, signature);
  int top = sprintf(head,
                    "POST /webhooks/meta HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: "
                    "application/json\r\nX-Hub-Signature-256: sha256=%s\r\nContent-Length: "
                    "%d\r\n\r\n",
                    port, signature, size);
  struct request made = {malloc((size_t)(top + size)), (size_t)(top + size)};
  memcpy(made.bytes, head, (size_t)top);
  memcpy(made.bytes + top, body, (size_t)size);
  return made;
}

/* ---- connections */

struct connection {
  int fd;
  long request; /* -1: free */
  size_t sent;
  double since;
  char answer[8192];
  size_t filled;
};

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static int open_connection(int port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) < 0) {
    fprintf(stderr, "load: port %d: %s\n", port, strerror(errno));
    exit(1);
  }
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

/* The status of a whole answer in the buffer, 0 while it is not whole. */
static int whole_answer(struct connection *c) {
  c->answer[c->filled] = 0;
  char *end = strstr(c->answer, "\r\n\r\n");
  if (!end) return 0;
  size_t body = 0;
  char *length = strcasestr(c->answer, "\r\ncontent-length:");
  if (length && length < end) body = strtoul(length + 17, NULL, 10);
  if (c->filled < (size_t)(end + 4 - c->answer) + body) return 0;
  return atoi(c->answer + 9);
}

int main(int argc, char **argv) {
  if (argc != 9) {
    fprintf(stderr, "usage: load PORT SECRET COUNT CONNECTIONS FIRST LEADS RATE ACCOUNT\n");
    return 2;
  }
  int port = atoi(argv[1]), connections = atoi(argv[4]);
  long count = atol(argv[3]), first = atol(argv[5]), leads = atol(argv[6]);
  double rate = atof(argv[7]);
  constants();
  char check[65];
  sign("app-secret-for-tests", "{\"object\":\"whatsapp_business_account\",\"entry\":[]}", 49, check);
  if (strncmp(check, "1ca363dab318df78", 16)) {
    fprintf(stderr, "load: own SHA-256 is wrong here\n");
    return 1;
  }
  struct request *requests = malloc((size_t)count * sizeof *requests);
  for (long i = 0; i < count; i++)
    requests[i] = build(first + i, leads, port, argv[2], argv[8]);
  struct connection *all = calloc((size_t)connections, sizeof *all);
  double *took = malloc((size_t)count * sizeof *took);
  int poll = epoll_create1(0);
  for (int i = 0; i < connections; i++) {
    all[i].fd = open_connection(port);
    all[i].request = -1;
    struct epoll_event want = {.events = EPOLLIN, .data.ptr = &all[i]};
    epoll_ctl(poll, EPOLL_CTL_ADD, all[i].fd, &want);
  }
  long next = 0, done = 0, refused = 0;
  double begun = now();
  while (done < count) {
    double at = now();
    for (int i = 0; i < connections && next < count; i++) {
      if (all[i].request >= 0) continue;
      if (rate > 0 && begun + (double)next / rate > at) break;
      struct connection *c = &all[i];
      c->request = next++;
      c->since = rate > 0 ? begun + (double)c->request / rate : now();
      c->filled = 0;
      struct request *r = &requests[c->request];
      for (c->sent = 0; c->sent < r->size;) {
        ssize_t n = send(c->fd, r->bytes + c->sent, r->size - c->sent, MSG_NOSIGNAL);
        if (n < 0) {
          fprintf(stderr, "load: send: %s\n", strerror(errno));
          return 1;
        }
        c->sent += (size_t)n;
      }
    }
    struct epoll_event ready[64];
    int n = epoll_wait(poll, ready, 64, rate > 0 && next < count ? 1 : 5000);
    if (n == 0 && !(rate > 0 && next < count)) {
      fprintf(stderr, "load: no answer for 5 s\n");
      return 1;
    }
    for (int i = 0; i < n; i++) {
      struct connection *c = ready[i].data.ptr;
      ssize_t got = recv(c->fd, c->answer + c->filled, sizeof c->answer - 1 - c->filled, 0);
      if (got <= 0) {
        fprintf(stderr, "load: the relay closed a connection after %ld answers\n", done);
        return 1;
      }
      c->filled += (size_t)got;
      int status = whole_answer(c);
      if (!status) continue;
      if (status != 200) refused++;
      took[done++] = (now() - c->since) * 1e3;
      c->request = -1;
    }
  }
  double seconds = now() - begun;
  qsort(took, (size_t)count, sizeof *took, by_value);
  printf("{\"count\":%ld,\"seconds\":%.4f,\"rate\":%.1f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,"
         "\"max_ms\":%.3f,\"refused\":%ld}\n",
         count, seconds, (double)count / seconds, took[count / 2], took[count * 99 / 100],
         took[count - 1], refused);
  return refused ? 1 : 0;
}
