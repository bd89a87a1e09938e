#!/bin/sh
# Resolve the dependencies anew, for every platform and for Python 3.11 and later. Packages keep
# the versions they have unless arguments such as `--upgrade` or `--upgrade-package flask` say so.
set -eu
cd "$(dirname "$0")/.."

compile() {
    output=$1
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --output-file "$output" "$@"
}

compile requirements/runtime.txt "$@" setup.cfg requirements/build.in
compile requirements/test.txt "$@" --extra postgres --extra test \
    --constraint requirements/runtime.txt setup.cfg requirements/build.in
compile requirements/bench.txt "$@" --extra postgres --extra test --extra bench \
    --constraint requirements/test.txt setup.cfg requirements/build.in
compile requirements/fonts.txt "$@" requirements/fonts.in
