#!/bin/sh
# Run the whole test suite: everything but the browser on SQLite, then the browser, then what speaks
# to a database once more, on PostgreSQL, with some journeys through the whole. Plain `pytest` runs
# all but the last in one process.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

# What tests write is thrown away: nothing needs to wait for a disk where there is memory enough.
shared=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
memory=$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo 2>/dev/null || true)
if [ -z "${TMPDIR:-}" ] && [ "${shared:-0}" -gt 4000000 ] && [ "${memory:-0}" -gt 8000000 ]; then
    TMPDIR=$(mktemp -d /dev/shm/register-tests.XXXXXX)
    chmod 755 "$TMPDIR" # a PostgreSQL that was started by root must come in
    export TMPDIR
    trap 'rm -rf "$TMPDIR"' EXIT
    trap 'exit 1' HUP INT TERM
fi

# A worker takes from another one only at the end, so that what a file shares is mostly made once.
many="-n auto --dist worksteal"

echo "1 of 3: the suite on SQLite"
"$python" -m pytest -q $many --ignore=tests/browser "$@"
echo "2 of 3: in browsers"
"$python" -m pytest -q -n auto --maxschedchunk=1 tests/browser "$@"
echo "3 of 3: on PostgreSQL, what uses a database"
"$python" -m pytest -q $many --database=postgresql \
    tests/storage tests/services tests/promises/test_models_match_migrations.py \
    tests/journeys/test_filing.py tests/journeys/test_approval.py tests/journeys/test_coverage.py \
    tests/journeys/api/test_sending_once.py tests/journeys/api/test_reading_with_a_token.py \
    --ignore=tests/services/test_mutants.py --ignore=tests/services/test_sampling.py \
    --ignore=tests/services/test_quality.py --ignore=tests/services/test_moves.py \
    --ignore=tests/services/test_register_1_hostile.py "$@"
