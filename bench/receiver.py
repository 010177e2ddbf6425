# What one writes in an afternoon instead of inbox-relay, done right: FastAPI on uvicorn (uvloop,
# httptools), the signature checked, one synced SQLite commit a webhook before it answers. The
# yardstick of bench/webhooks.py: python receiver.py PORT FILE SECRET
import hashlib
import hmac
import sqlite3
import sys
import time

import uvicorn
from fastapi import FastAPI, Request, Response

port, path, secret = int(sys.argv[1]), sys.argv[2], sys.argv[3].encode()
database = sqlite3.connect(path, isolation_level=None)
database.execute("PRAGMA journal_mode = WAL")
database.execute("PRAGMA synchronous = FULL")
database.execute("CREATE TABLE event (seq INTEGER PRIMARY KEY, received_at INTEGER, sha256 BLOB, "
                 "body BLOB) STRICT")
app = FastAPI(openapi_url=None)


@app.get("/readyz")
async def ready():
    return Response(status_code=200)


@app.post("/webhooks/meta")
async def receive(request: Request):
    body = await request.body()
    expected = "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, request.headers.get("x-hub-signature-256", "")):
        return Response(status_code=401)
    database.execute("INSERT INTO event (received_at, sha256, body) VALUES (?, ?, ?)",
                     (int(time.time() * 1000), hashlib.sha256(body).digest(), body))
    return Response(status_code=200)


uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)
