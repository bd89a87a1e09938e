#!/bin/sh
# Run the whole test suite: everything but the browser on SQLite, on all cores; then the browser,
# alone, since it measures how soon a published disclosure is found; then what uses a database
# once more, on PostgreSQL. Plain `pytest` runs the first two in one process.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

echo "1 of 3: the suite on SQLite"
"$python" -m pytest -q -n auto --ignore=tests/browser "$@"
echo "2 of 3: in a browser"
"$python" -m pytest -q tests/browser "$@"
echo "3 of 3: on PostgreSQL, what uses a database"
"$python" -m pytest -q -n auto --database=postgresql \
    tests/storage tests/services tests/journeys tests/promises tests/cli "$@"
