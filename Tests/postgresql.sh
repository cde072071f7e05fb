#!/usr/bin/env bash
# A private PostgreSQL server in a folder, reached through a socket there. It ends when whoever started this goes away.
set -euo pipefail
folder="$1"
programs="$(dirname "$(ls -d /usr/lib/postgresql/*/bin/postgres | sort -V | tail -1)")"
as=()
if [ "$(id -u)" -eq 0 ]; then
  # The server refuses to run as root.
  chown postgres "$folder"
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
cd "$folder"
"${as[@]}" "$programs/initdb" -D "$folder/data" -U origami -A trust -E UTF8 --locale=C --no-sync >"$folder/initdb.log" 2>&1
# Nothing of a test has to survive a power cut; where time is measured, it has to (FSYNC=on).
start() {
  "${as[@]}" "$programs/postgres" -D "$folder/data" -k "$folder" -h '' -c fsync="${FSYNC:-off}" -c max_connections=400 \
    -c max_locks_per_transaction=256 -c max_pred_locks_per_transaction=256 >>"$folder/server.log" 2>&1 &
  server=$!
}
start
trap 'kill -INT $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$folder"' EXIT
for _ in $(seq 300); do
  "$programs/pg_isready" -q -h "$folder" && break
  sleep 0.05
done
touch "$folder/ready"
# Harm that is asked for; until the other end of the pipe is closed, by whatever end the one who started it came to.
while read -r harm; do
  case "$harm" in
    kill) pkill -KILL -P "$server" || true; kill -KILL "$server" ;;
    restart) kill -INT "$server" ;;
  esac
  { wait "$server" || true; } 2>/dev/null
  start
done
