// The part of libcurl that Swift may see: loaded on first use, no variadic functions.
//
// libcurl is opened with dlopen, because its 33 libraries would cost every start of the app some
// milliseconds that only programs with something to send need to pay. Any thread may call
// curlshim_load; the other functions may be called once it has returned NULL.
#ifndef CURL_SHIM_H
#define CURL_SHIM_H

#include <curl/curl.h>
#include <stddef.h>
#include <stdint.h>

// CURLOPT_QUICK_EXIT, which headers before 7.87 lack; an older library refuses it, harmlessly.
enum { CURLSHIM_QUICK_EXIT = 322 };

typedef size_t (*curlshim_data)(char *bytes, size_t size, size_t count, void *context);

// Opens libcurl.so.4 and ignores SIGPIPE when nobody handles it. NULL, or what is wrong.
const char *curlshim_load(void);

CURL *curlshim_easy_new(void);
void curlshim_easy_free(CURL *easy);
void curlshim_easy_reset(CURL *easy);
int curlshim_set_long(CURL *easy, int option, long value);
int curlshim_set_size(CURL *easy, int option, curl_off_t value);
// The text is copied.
int curlshim_set_string(CURL *easy, int option, const char *value);
int curlshim_set_pointer(CURL *easy, int option, void *value);
int curlshim_set_callback(CURL *easy, int option, curlshim_data callback);
long curlshim_get_long(CURL *easy, int info);
const char *curlshim_error_text(int code);

struct curl_slist *curlshim_list_append(struct curl_slist *list, const char *text);
void curlshim_list_free(struct curl_slist *list);

CURLM *curlshim_multi_new(void);
void curlshim_multi_free(CURLM *multi);
int curlshim_multi_add(CURLM *multi, CURL *easy);
int curlshim_multi_remove(CURLM *multi, CURL *easy);
// Moves transfers on; 0, or a CURLMcode.
int curlshim_multi_perform(CURLM *multi);
// Waits for traffic, a wake-up or the time limit; 0, or a CURLMcode.
int curlshim_multi_poll(CURLM *multi, int milliseconds);
// Bytes of the body that the other end has acknowledged, a little less under TLS.
int64_t curlshim_uploaded(CURLM *multi, CURL *easy);
// The CURLcode of a transfer that has ended, or -1.
int curlshim_multi_result(CURLM *multi);
// Ends a poll. The one function for other threads.
void curlshim_multi_wake(CURLM *multi);

#endif
