#!/bin/sh
# Make .venv ready: `tools/setup.sh` for running the register, `tools/setup.sh test` for working
# on it, `tools/setup.sh bench` for measuring it beside others. What is installed already is left
# alone; PYTHON names the interpreter to use.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-runtime}

fail() {
    echo "$*" >&2
    exit 1
}

is_recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for python in ${PYTHON:-python3 python python3.13 python3.12 python3.11 python3.14}; do
        if is_recent "$python"; then
            echo "$python"
            return
        fi
    done
}

make_venv() {
    python=$(find_python)
    [ -n "$python" ] || fail "Install Python 3.11 or later, or name one: make run PYTHON=…"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "Install python3-venv (Debian: apt install python3-venv); $python lacks it."
    "$python" -m venv --clear .venv
    pwd -P >.venv/place
}

# A virtual environment does not survive being moved, nor its interpreter's removal.
if ! is_recent .venv/bin/python || [ "$(cat .venv/place 2>/dev/null)" != "$(pwd -P)" ]; then
    make_venv
fi

locked=$(cat requirements/*.txt setup.cfg pyproject.toml | cksum)
has() {
    [ "$(cat ".venv/installed-$1" 2>/dev/null)" = "$locked" ]
}

# Each set contains those before it.
is_ready() {
    case $kind in
    bench) has bench ;;
    test) has test || has bench ;;
    *) has "$kind" || has test || has bench ;;
    esac
}

if ! is_ready; then
    echo "Installing the locked packages (requirements/$kind.txt) into .venv"
    .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
        --require-hashes -r "requirements/$kind.txt"
    .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
        --no-deps --no-build-isolation -e .
    rm -f .venv/installed-*
    echo "$locked" >".venv/installed-$kind"
fi

.venv/bin/python -m tools.catalogues compile

# Fonts are a courtesy: a set-up without them is complete.
if [ "$kind" = runtime ] && [ ! -e static/fonts/SOURCE.txt ]; then
    .venv/bin/python -m tools.fonts.fetch || true
fi
