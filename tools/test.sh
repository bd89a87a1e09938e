#!/bin/sh
# Run the whole test suite: everything but the browser on SQLite, on all cores; then the browser,
# alone, since it measures how soon a published disclosure is found; then what speaks to a database
# once more, on PostgreSQL, with some journeys through the whole. Plain `pytest` runs the first two
# in one process.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

echo "1 of 3: the suite on SQLite"
"$python" -m pytest -q -n auto --ignore=tests/browser "$@"
echo "2 of 3: in a browser"
"$python" -m pytest -q tests/browser "$@"
echo "3 of 3: on PostgreSQL, what uses a database"
"$python" -m pytest -q -n auto --database=postgresql \
    tests/storage tests/services tests/promises/test_models_match_migrations.py \
    tests/journeys/test_filing.py tests/journeys/test_approval.py tests/journeys/test_coverage.py \
    --ignore=tests/services/test_mutants.py --ignore=tests/services/test_sampling.py \
    --ignore=tests/services/test_quality.py "$@"
