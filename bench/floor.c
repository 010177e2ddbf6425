/* What SQLite itself can do here, at its C API: the yardstick of bench/webhooks.py.
 *
 *   floor commits FILE SECONDS    synced single commits of a 900 byte row, one connection
 *   floor batches FILE SECONDS    the same rows, 100 to a synced commit
 *   floor apply STORE MESSAGES    what the product stores for as many webhooks, 100 to a synced commit
 *
 * Prints rows a second and how many there were. WAL, synchronous=FULL, no automatic checkpoint, as the
 * product has it. */
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
  printf("%.0f %ld\n", (double)rows / (now() - begun), rows);
}

/* The rows that the product stores for `messages` webhooks of 5000 people, into a store it has made:
 * journal, person, identity, thread, lead, message, activity, full text, with all their indexes and
 * triggers, in as few statements as do it. */
static sqlite3_int64 number(const char *sql) {
  sqlite3_stmt *asked = prepare(sql);
  if (sqlite3_step(asked) != SQLITE_ROW) {
    fprintf(stderr, "floor: no row: %s\n", sql);
    exit(1);
  }
  sqlite3_int64 found = sqlite3_column_int64(asked, 0);
  sqlite3_finalize(asked);
  return found;
}

static sqlite3_stmt *bound(sqlite3_stmt *statement, sqlite3_int64 first, sqlite3_int64 second,
                           const char *text) {
  sqlite3_bind_int64(statement, 1, first);
  sqlite3_bind_int64(statement, 2, second);
  if (text) sqlite3_bind_text(statement, 3, text, -1, SQLITE_STATIC);
  return statement;
}

/* Inserts and returns the row's id. */
static sqlite3_int64 insert(sqlite3_stmt *statement) {
  step(statement);
  return sqlite3_last_insert_rowid(db);
}

static void apply(long messages) {
  sqlite3_int64 gym = number("SELECT gym_id FROM channel");
  char sql[700];
#define ROW(name, text)                                     \
  snprintf(sql, sizeof sql, text, (long long)gym);          \
  sqlite3_stmt *name = prepare(sql)
  ROW(journal, "INSERT INTO journal (log, seq, source, received_at, path, query, content_type, sha256,"
               " body, state, summary, applied_at) SELECT 'floor', ?1, 'meta', ?2, '/webhooks/meta', '',"
               " 'application/json', ?4, ?3, 'applied', 'text from 49150', ?2 WHERE %lld > 0");
  ROW(find, "SELECT person_id, id FROM identity WHERE gym_id = %lld AND scope = '' AND kind = 'phone'"
            " AND value = ?1 AND retired_at IS NULL AND kind <> 'username'");
  ROW(person, "INSERT INTO person (gym_id, name, name_source, created_at)"
              " SELECT %lld, 'Lead Bench', 'profile', ?1 WHERE ?2 = 0");
  ROW(identity, "INSERT INTO identity (gym_id, person_id, scope, kind, value, first_seen_at,"
                " last_seen_at) VALUES (%lld, ?1, '', 'phone', ?3, ?2, ?2)");
  ROW(thread, "INSERT INTO thread (gym_id, person_id, channel_id, last_inbound_at, rev)"
              " SELECT %lld, ?1, id, ?2, 1 FROM channel");
  ROW(lead, "INSERT INTO lead (gym_id, person_id, stage_id, created_at, first_touch_kind,"
            " first_touch_at, last_touch_kind, last_touch_at, channel_kind, last_message_at, rev,"
            " thread_id, preview, waiting_since, inbound_count) SELECT %lld, ?1, min(id), ?2,"
            " 'whatsapp', ?2, 'whatsapp', ?2, 'whatsapp', ?2, 1, ?4, substr(?3, 1, 160), ?2, 1"
            " FROM stage");
  ROW(activity, "INSERT INTO activity (gym_id, lead_id, at, actor_label, verb, after)"
                " VALUES (%lld, ?1, ?2, 'system', 'created', 'WhatsApp')");
  ROW(message, "INSERT INTO message (gym_id, thread_id, channel_id, provider_id, direction, kind, text,"
               " provider_at, received_at, status, journal_id, rev) SELECT %lld, ?1, id, ?4, 'in',"
               " 'text', ?3, ?2, ?2, 'received', ?5, 1 FROM channel");
  ROW(search, "INSERT INTO message_search (rowid, text) SELECT ?1, ?3 WHERE ?2 > 0 AND %lld > 0");
  ROW(known, "SELECT thread.id, lead.id FROM thread JOIN lead ON lead.person_id = thread.person_id"
             " AND lead.is_open = 1 WHERE thread.person_id = ?1 AND lead.gym_id = %lld");
  ROW(heard, "UPDATE thread SET last_inbound_at = ?2, rev = 1 WHERE id = ?1 AND gym_id = %lld");
  ROW(news, "UPDATE lead SET preview = substr(?3, 1, 160), last_message_at = ?2, rev = 1,"
            " inbound_count = inbound_count + 1 WHERE id = ?1 AND gym_id = %lld");
#undef ROW
  char body[900], text[256], phone[32], id[32], sha[65];
  memset(body, 'x', sizeof body);
  unsigned long chance = 1;
  double begun = now();
  for (long i = 0; i < messages; i++) {
    if (i % 100 == 0) run("BEGIN IMMEDIATE; UPDATE counter SET rev = rev + 1");
    sqlite3_int64 at = 1770000000000 + i;
    for (int n = 0; n < 4; n++) {
      chance = chance * 6364136223846793005UL + 1442695040888963407UL;
      sprintf(sha + 16 * n, "%016lx", chance);
    }
    sprintf(phone, "4915%08ld", (i * 2654435761L) % 5000);
    sprintf(id, "wamid.FLOOR%010ld", i);
    sprintf(text, "Bench %ld quiero probar una clase de yoga mañana price please thanks guten Morgen"
                  " Probetraining wann visit friday %ld quiero probar una clase de yoga word%ld"
                  " mañana price please thanks %ld", i, i * 7, i % 977, i % 31);
    bound(journal, i + 1, at, NULL);
    sqlite3_bind_blob(journal, 3, body, sizeof body, SQLITE_STATIC);
    sqlite3_bind_text(journal, 4, sha, -1, SQLITE_STATIC);
    sqlite3_int64 raw = insert(journal);
    sqlite3_bind_text(find, 1, phone, -1, SQLITE_STATIC);
    sqlite3_int64 who = sqlite3_step(find) == SQLITE_ROW ? sqlite3_column_int64(find, 0) : 0;
    sqlite3_reset(find);
    sqlite3_int64 where = 0;
    if (!who) {
      who = insert(bound(person, at, 0, NULL));
      step(bound(identity, who, at, phone));
      where = insert(bound(thread, who, at, NULL));
      sqlite3_bind_int64(lead, 4, where);
      step(bound(activity, insert(bound(lead, who, at, text)), at, NULL));
    } else {
      sqlite3_bind_int64(known, 1, who);
      if (sqlite3_step(known) != SQLITE_ROW) exit(1);
      where = sqlite3_column_int64(known, 0);
      sqlite3_int64 theirs = sqlite3_column_int64(known, 1);
      sqlite3_reset(known);
      step(bound(heard, where, at, NULL));
      step(bound(news, theirs, at, text));
    }
    sqlite3_bind_text(message, 4, id, -1, SQLITE_STATIC);
    sqlite3_bind_int64(message, 5, raw);
    step(bound(search, insert(bound(message, where, at, text)), 1, text));
    if (i % 100 == 99 || i + 1 == messages) run("COMMIT");
  }
  printf("%.0f %ld\n", (double)messages / (now() - begun), messages);
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
  run("PRAGMA temp_store=MEMORY");
  run("PRAGMA cache_size=-4096");
  if (!strcmp(argv[1], "commits"))
    commits(atof(argv[3]), 1);
  else if (!strcmp(argv[1], "batches"))
    commits(atof(argv[3]), 100);
  else
    apply(atol(argv[3]));
  sqlite3_close(db);
  return 0;
}
