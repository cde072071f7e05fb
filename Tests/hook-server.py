"""A server that webhooks are sent to. Usage: hook-server.py FOLDER

Writes its port to FOLDER/port and every request to FOLDER/request-N.json, with whether its signature is right for the secret
that stands in FOLDER/secret. Answers with the status that stands in FOLDER/status (200 without one); 302 leads to /elsewhere.
"""

import hashlib
import hmac
import http.server
import json
import os
import sys

folder = sys.argv[1]
count = 0


def read(name, otherwise):
    try:
        with open(f"{folder}/{name}") as file:
            return file.read().strip()
    except FileNotFoundError:
        return otherwise


def write(name, text):
    with open(f"{folder}/{name}.part", "w") as file:
        file.write(text)
    os.rename(f"{folder}/{name}.part", f"{folder}/{name}")


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        global count
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signed = self.headers["Webhook-Timestamp"].encode() + b"." + body
        right = hmac.new(read("secret", "").encode(), signed, hashlib.sha256).hexdigest()
        count += 1
        status = int(read("status", "200"))
        write(
            f"request-{count}.json",
            json.dumps({
                "path": self.path,
                "id": self.headers["Webhook-Id"],
                "isSigned": hmac.compare_digest("v1=" + right, self.headers["Webhook-Signature"]),
                "body": body.decode("utf-8"),
                "message": json.loads(body),
            }))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *words):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
write("port", str(server.server_port))
server.serve_forever()
