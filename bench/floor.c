/* What SQLite itself can do here, at its C API: the yardstick of bench/webhooks.py.
 *
 *   floor commits FILE SECONDS    synced single commits of a 900 byte row, one connection
 *   floor batches FILE SECONDS    the same rows, 100 to a synced commit
 *   floor apply FILE MESSAGES     raw row, lead, message and full text, 100 to a synced commit
 *
 * Prints rows a second. WAL, synchronous=FULL, no automatic checkpoint, as the product has it. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static sqlite3 *db;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void run(const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
    fprintf(stderr, "floor: %s: %s\n", sql, sqlite3_errmsg(db));
    exit(1);
  }
}

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *made;
  if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &made, NULL) != SQLITE_OK) {
    fprintf(stderr, "floor: %s: %s\n", sql, sqlite3_errmsg(db));
    exit(1);
  }
  return made;
}

static void step(sqlite3_stmt *statement) {
  if (sqlite3_step(statement) != SQLITE_DONE) {
    fprintf(stderr, "floor: %s\n", sqlite3_errmsg(db));
    exit(1);
  }
  sqlite3_reset(statement);
}

static void commits(double seconds, long batch) {
  run("CREATE TABLE event (seq INTEGER PRIMARY KEY, at INTEGER, body BLOB) STRICT");
  char body[900];
  memset(body, 'x', sizeof body);
  sqlite3_stmt *insert = prepare("INSERT INTO event (at, body) VALUES (?1, ?2)");
  long rows = 0;
  double begun = now();
  while (now() - begun < seconds) {
    if (batch > 1 && rows % batch == 0) run("BEGIN IMMEDIATE");
    sqlite3_bind_int64(insert, 1, rows++);
    sqlite3_bind_blob(insert, 2, body, sizeof body, SQLITE_STATIC);
    step(insert);
    if (batch > 1 && rows % batch == 0) run("COMMIT");
  }
  printf("%.0f\n", (double)rows / (now() - begun));
}

static void apply(long messages) {
  run("CREATE TABLE journal (seq INTEGER PRIMARY KEY, at INTEGER, body TEXT) STRICT;"
      "CREATE TABLE lead (id INTEGER PRIMARY KEY, phone TEXT UNIQUE, name TEXT, last_at INTEGER,"
      "  preview TEXT, waiting INTEGER) STRICT;"
      "CREATE INDEX lead_order ON lead (waiting, last_at, id);"
      "CREATE TABLE message (id INTEGER PRIMARY KEY, lead INTEGER REFERENCES lead, provider_id TEXT"
      "  UNIQUE, at INTEGER, text TEXT) STRICT;"
      "CREATE INDEX message_order ON message (lead, at, id);"
      "CREATE VIRTUAL TABLE search USING fts5 (text, content='', prefix='2 3',"
      "  tokenize='unicode61 remove_diacritics 2')");
  sqlite3_stmt *raw = prepare("INSERT INTO journal (at, body) VALUES (?1, ?2)");
  sqlite3_stmt *lead = prepare(
      "INSERT INTO lead (phone, name, last_at, preview, waiting) VALUES (?1, ?2, ?3, ?4, 1)"
      " ON CONFLICT (phone) DO UPDATE SET last_at = excluded.last_at, preview = excluded.preview,"
      " waiting = 1 RETURNING id");
  sqlite3_stmt *message = prepare(
      "INSERT INTO message (lead, provider_id, at, text) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT DO NOTHING");
  sqlite3_stmt *search = prepare("INSERT INTO search (rowid, text) VALUES (?1, ?2)");
  char body[900], text[256], phone[32], id[32];
  memset(body, 'x', sizeof body - 1);
  body[sizeof body - 1] = 0;
  double begun = now();
  for (long i = 0; i < messages; i++) {
    if (i % 100 == 0) run("BEGIN IMMEDIATE");
    sqlite3_bind_int64(raw, 1, i);
    sqlite3_bind_text(raw, 2, body, -1, SQLITE_STATIC);
    step(raw);
    sprintf(phone, "4915%08ld", (i * 2654435761L) % 5000);
    sprintf(id, "wamid.%ld", i);
    sprintf(text, "Bench %ld quiero probar una clase de yoga mañana price please thanks guten Morgen"
                  " Probetraining wann visit friday %ld quiero probar una clase de yoga word%ld"
                  " mañana price please thanks %ld", i, i * 7, i % 977, i % 31);
    sqlite3_bind_text(lead, 1, phone, -1, SQLITE_STATIC);
    sqlite3_bind_text(lead, 2, "Lead Bench", -1, SQLITE_STATIC);
    sqlite3_bind_int64(lead, 3, i);
    sqlite3_bind_text(lead, 4, text, 80, SQLITE_STATIC);
    if (sqlite3_step(lead) != SQLITE_ROW) exit(1);
    sqlite3_bind_int64(message, 1, sqlite3_column_int64(lead, 0));
    sqlite3_reset(lead);
    sqlite3_bind_text(message, 2, id, -1, SQLITE_STATIC);
    sqlite3_bind_int64(message, 3, i);
    sqlite3_bind_text(message, 4, text, -1, SQLITE_STATIC);
    step(message);
    sqlite3_bind_int64(search, 1, sqlite3_last_insert_rowid(db));
    sqlite3_bind_text(search, 2, text, -1, SQLITE_STATIC);
    step(search);
    if (i % 100 == 99 || i + 1 == messages) run("COMMIT");
  }
  printf("%.0f\n", (double)messages / (now() - begun));
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: floor commits|batches FILE SECONDS | floor apply FILE MESSAGES\n");
    return 2;
  }
  if (sqlite3_open(argv[2], &db) != SQLITE_OK) return 1;
  run("PRAGMA journal_mode=WAL");
  run("PRAGMA synchronous=FULL");
  run("PRAGMA wal_autocheckpoint=0");
  if (!strcmp(argv[1], "commits"))
    commits(atof(argv[3]), 1);
  else if (!strcmp(argv[1], "batches"))
    commits(atof(argv[3]), 100);
  else
    apply(atol(argv[3]));
  sqlite3_close(db);
  return 0;
}
