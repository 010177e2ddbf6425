// libcurl by dlopen: the table of its functions, and typed doors to the variadic ones.
#include "CurlShim.h"

#include <dlfcn.h>
#include <linux/sockios.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/select.h>

// The names are macros in curl.h, to check their arguments; here they name fields.
#undef curl_easy_setopt
#undef curl_easy_getinfo

static struct {
  CURLcode (*global_init)(long);
  CURL *(*easy_init)(void);
  void (*easy_cleanup)(CURL *);
  void (*easy_reset)(CURL *);
  CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
  CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
  const char *(*easy_strerror)(CURLcode);
  struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
  void (*slist_free_all)(struct curl_slist *);
  CURLM *(*multi_init)(void);
  CURLMcode (*multi_cleanup)(CURLM *);
  CURLMcode (*multi_add_handle)(CURLM *, CURL *);
  CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
  CURLMcode (*multi_perform)(CURLM *, int *);
  CURLMcode (*multi_poll)(CURLM *, struct curl_waitfd *, unsigned int, int, int *);
  CURLMcode (*multi_fdset)(CURLM *, fd_set *, fd_set *, fd_set *, int *);
  CURLMsg *(*multi_info_read)(CURLM *, int *);
  CURLMcode (*multi_wakeup)(CURLM *);
} curl;

static char failure[256];
static pthread_once_t loaded = PTHREAD_ONCE_INIT;

static void find(void *library, const char *name, void *slot) {
  void *symbol = dlsym(library, name);
  if (!symbol && !failure[0])
    snprintf(failure, sizeof failure, "libcurl.so.4 has no %s: install libcurl 7.68 or newer", name);
  *(void **)slot = symbol;
}

// SIGPIPE would end the program when a peer closes early: with CURLOPT_NOSIGNAL, which threads
// need, libcurl leaves it to its user.
static void ignore_broken_pipes(void) {
  struct sigaction now;
  if (sigaction(SIGPIPE, NULL, &now) == 0 && now.sa_handler == SIG_DFL) signal(SIGPIPE, SIG_IGN);
}

static void load(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    snprintf(failure, sizeof failure, "libcurl is missing: install libcurl4 (%s)", dlerror());
    return;
  }
  find(library, "curl_global_init", &curl.global_init);
  find(library, "curl_easy_init", &curl.easy_init);
  find(library, "curl_easy_cleanup", &curl.easy_cleanup);
  find(library, "curl_easy_reset", &curl.easy_reset);
  find(library, "curl_easy_setopt", &curl.easy_setopt);
  find(library, "curl_easy_getinfo", &curl.easy_getinfo);
  find(library, "curl_easy_strerror", &curl.easy_strerror);
  find(library, "curl_slist_append", &curl.slist_append);
  find(library, "curl_slist_free_all", &curl.slist_free_all);
  find(library, "curl_multi_init", &curl.multi_init);
  find(library, "curl_multi_cleanup", &curl.multi_cleanup);
  find(library, "curl_multi_add_handle", &curl.multi_add_handle);
  find(library, "curl_multi_remove_handle", &curl.multi_remove_handle);
  find(library, "curl_multi_perform", &curl.multi_perform);
  find(library, "curl_multi_poll", &curl.multi_poll);
  find(library, "curl_multi_fdset", &curl.multi_fdset);
  find(library, "curl_multi_info_read", &curl.multi_info_read);
  find(library, "curl_multi_wakeup", &curl.multi_wakeup);
  if (failure[0]) return;
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    snprintf(failure, sizeof failure, "libcurl can't be set up");
  ignore_broken_pipes();
}

const char *curlshim_load(void) {
  pthread_once(&loaded, load);
  return failure[0] ? failure : NULL;
}

CURL *curlshim_easy_new(void) { return curl.easy_init(); }
void curlshim_easy_free(CURL *easy) { curl.easy_cleanup(easy); }
void curlshim_easy_reset(CURL *easy) { curl.easy_reset(easy); }

int curlshim_set_long(CURL *easy, int option, long value) {
  return curl.easy_setopt(easy, (CURLoption)option, value);
}

int curlshim_set_size(CURL *easy, int option, curl_off_t value) {
  return curl.easy_setopt(easy, (CURLoption)option, value);
}

int curlshim_set_string(CURL *easy, int option, const char *value) {
  return curl.easy_setopt(easy, (CURLoption)option, value);
}

int curlshim_set_pointer(CURL *easy, int option, void *value) {
  return curl.easy_setopt(easy, (CURLoption)option, value);
}

int curlshim_set_callback(CURL *easy, int option, curlshim_data callback) {
  return curl.easy_setopt(easy, (CURLoption)option, callback);
}

long curlshim_get_long(CURL *easy, int info) {
  long value = 0;
  curl.easy_getinfo(easy, (CURLINFO)info, &value);
  return value;
}

const char *curlshim_error_text(int code) { return curl.easy_strerror((CURLcode)code); }

struct curl_slist *curlshim_list_append(struct curl_slist *list, const char *text) {
  return curl.slist_append(list, text);
}

void curlshim_list_free(struct curl_slist *list) { curl.slist_free_all(list); }

CURLM *curlshim_multi_new(void) { return curl.multi_init(); }
void curlshim_multi_free(CURLM *multi) { curl.multi_cleanup(multi); }
int curlshim_multi_add(CURLM *multi, CURL *easy) { return curl.multi_add_handle(multi, easy); }

int curlshim_multi_remove(CURLM *multi, CURL *easy) {
  return curl.multi_remove_handle(multi, easy);
}

int curlshim_multi_perform(CURLM *multi) {
  int running = 0;
  return curl.multi_perform(multi, &running);
}

int curlshim_multi_poll(CURLM *multi, int milliseconds) {
  return curl.multi_poll(multi, NULL, 0, milliseconds, NULL);
}

int curlshim_multi_result(CURLM *multi) {
  int left = 0;
  CURLMsg *message = curl.multi_info_read(multi, &left);
  return message && message->msg == CURLMSG_DONE ? (int)message->data.result : -1;
}

int64_t curlshim_uploaded(CURLM *multi, CURL *easy) {
  curl_off_t given = 0;
  curl.easy_getinfo(easy, CURLINFO_SIZE_UPLOAD_T, &given);
  fd_set readers, writers, others;
  FD_ZERO(&readers);
  FD_ZERO(&writers);
  FD_ZERO(&others);
  int last = -1;
  // There is one transfer, hence one socket; its number isn't told before the transfer ends.
  if (curl.multi_fdset(multi, &readers, &writers, &others, &last) != CURLM_OK) return given;
  for (int number = 0; number <= last; number++) {
    int waiting = 0;
    if (!FD_ISSET(number, &readers) && !FD_ISSET(number, &writers)) continue;
    if (ioctl(number, SIOCOUTQ, &waiting) == 0) given -= waiting;
  }
  return given > 0 ? given : 0;
}

void curlshim_multi_wake(CURLM *multi) { curl.multi_wakeup(multi); }
