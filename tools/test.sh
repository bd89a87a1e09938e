#!/bin/sh
# Run the whole test suite: everything but the browser on SQLite, on all cores; then the journeys in
# a browser, alone, since they measure how soon a published disclosure is found; then the other
# pages in browsers on all cores; then what speaks to a database once more, on PostgreSQL, with some
# journeys through the whole. Plain `pytest` runs all but the last in one process.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

echo "1 of 4: the suite on SQLite"
"$python" -m pytest -q -n auto --ignore=tests/browser "$@"
echo "2 of 4: in a browser, what measures"
"$python" -m pytest -q tests/browser/test_journeys.py "$@"
echo "3 of 4: in browsers, the rest"
"$python" -m pytest -q -n auto --maxschedchunk=1 tests/browser \
    --ignore=tests/browser/test_journeys.py "$@"
echo "4 of 4: on PostgreSQL, what uses a database"
"$python" -m pytest -q -n auto --database=postgresql \
    tests/storage tests/services tests/promises/test_models_match_migrations.py \
    tests/journeys/test_filing.py tests/journeys/test_approval.py tests/journeys/test_coverage.py \
    --ignore=tests/services/test_mutants.py --ignore=tests/services/test_sampling.py \
    --ignore=tests/services/test_quality.py "$@"
