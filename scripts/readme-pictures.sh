#!/usr/bin/env bash
# Draws the pictures of README.md and README.zh-CN.md: the window with the article's network, in English and Chinese.
#
#   scripts/readme-pictures.sh [BINARY]     BINARY is target/debug/neurodial by default
set -euo pipefail
cd "$(dirname "$0")/.."

readonly binary=${1:-${CARGO_TARGET_DIR:-target}/debug/neurodial}
[[ -x $binary ]] || { echo "there is no program $binary; run cargo build" >&2; exit 1; }

draw() {
    "$binary" figure article --pane window --select 'neuron[1,2]' --language "$1" -o "$2"
}

draw en assets/window.png
draw zh-Hans assets/window.zh-CN.png
