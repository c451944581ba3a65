#!/usr/bin/env bash
# Fuzzes every reader for long, one after another: 1,000,000 inputs or 20 minutes each, in an optimized build.
# Arguments are passed to the tests, such as the name of one of them: scripts/fuzz-test.sh documents
set -euo pipefail
cd "$(dirname "$0")/.."

export FUZZ_INPUTS=${FUZZ_INPUTS:-1000000} FUZZ_SECONDS=${FUZZ_SECONDS:-1200}
cargo test --release --locked --test fuzz -- --nocapture --test-threads 1 "$@"
