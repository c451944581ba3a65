#!/usr/bin/env bash
# Compares the core with NumPy and brain.js, each in one thread. Skips what is not installed.
#
#     benches/peers.sh
#
# NumPy computes in f64. brain.js is installed from npm into a temporary folder.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1

# All run on the same processor, one after the other.
pinned=()
if command -v taskset >/dev/null; then
    pinned=(taskset -c "$(($(nproc) - 1))")
fi

cargo bench --no-run --bench speed
NEURODIAL_MEDIANS="$folder/ours.tsv" "${pinned[@]}" cargo bench --bench speed

if python3 -c 'import numpy' 2>/dev/null; then
    "${pinned[@]}" python3 benches/peers.py >"$folder/numpy.tsv"
else
    echo "Python has no NumPy here: left out"
fi
if command -v npm >/dev/null && (cd "$folder" && npm install --silent --no-audit --no-fund --ignore-scripts brain.js >/dev/null 2>&1); then
    cp benches/peers.js "$folder"
    (cd "$folder" && "${pinned[@]}" node peers.js >"$folder/brain.js.tsv") || echo "brain.js did not run: left out"
else
    echo "brain.js could not be installed: left out"
fi

echo
printf '%-42s %12s %12s %10s\n' "" ours peer "times"
for peer in numpy brain.js; do
    [[ -s "$folder/$peer.tsv" ]] || continue
    awk -F '\t' -v peer="$peer" '
        NR == FNR { ours[$1] = $2; next }
        $1 in ours { printf "%-42s %9.3f µs %9.3f µs %8.1f ×  %s\n", $1, ours[$1] * 1e6, $2 * 1e6, $2 / ours[$1], peer }
    ' "$folder/ours.tsv" "$folder/$peer.tsv"
done
