#!/usr/bin/env bash
# Compiles network diagrams in TikZ with pdfLaTeX and LuaLaTeX of Debian. Not part of .ci/run, because LaTeX takes 300 MB.
#
#   sudo apt-get install --no-install-recommends texlive-{latex-base,pictures,luatex,latex-recommended}
#   scripts/tikz-test.sh [PROGRAM]
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ ${1-} ]]; then
    program=$(realpath "$1")
else
    cargo build --quiet
    program=$PWD/target/debug/neurodial
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$program" new --layers 2,8,8,1 --activations tanh --biases -o small.json
"$program" new --layers 784,128,64,10 --activations relu,relu,softmax -o large.json
"$program" new --layers 3,5,5,5,5,5,5,5,5,2 --activations relu -o deep.json
"$program" new --layers 64,16,10 --activations relu,softmax -o digits0.json
"$program" train digits0.json --data digits --epochs 1 -o digits.json 2>/dev/null
cat >names.json <<'JSON'
{"neurodial":1,"input_names":["50 % of_x & y","Δt < 5 °C {é}"],"layers":[{"activation":"sigmoid","weights":[[1,-2]],
"biases":[0.5],"names":["a\\b^~#$"]}]}
JSON
cat >chinese.json <<'JSON'
{"neurodial":1,"input_names":["温度"],"layers":[{"activation":"relu","weights":[[1]],"biases":[0]}]}
JSON
figure() { # figure <name> <document> [<option>...]
    "$program" figure "$2" --pane diagram -o "$1.tex" "${@:3}"
}
figure small small.json
figure large large.json --layer-colors --bias node
figure names names.json --bias node --labels all
figure bare small.json --labels none --no-legend --width 85mm --theme grayscale
figure article article --labels selected --select 'neuron[1,2]'
figure deep deep.json --bias node --width 85mm --theme dark
figure digits digits.json --layer-colors --labels selected --select 'neuron[2,3]'
figure chinese chinese.json --language zh-Hans
"$program" figure large.json --pane formula -o formula-lines.tex
printf '%s\n' '\documentclass{article}\usepackage{amsmath}\begin{document}' '\input{formula-lines}' '\end{document}' >formula.tex

for file in small large names bare article deep digits formula; do
    for engine in pdflatex lualatex; do
        if ! "$engine" -interaction=nonstopmode -halt-on-error "$file.tex" >log.txt; then
            tail -n 30 log.txt
            echo "$engine can't compile $file.tex" >&2
            exit 1
        fi
        if grep -E 'Missing character|Overfull|LaTeX (Font )?Warning' log.txt; then
            echo "$engine warns about $file.tex" >&2
            exit 1
        fi
        if [[ $file != formula ]] && ! grep -q '(1 page' log.txt; then
            echo "$file.tex is not one page" >&2
            exit 1
        fi
    done
done
# Names in Chinese need LuaLaTeX; pdfLaTeX says so.
lualatex -interaction=nonstopmode -halt-on-error chinese.tex >log.txt
! pdflatex -interaction=nonstopmode -halt-on-error chinese.tex >log.txt
grep -q 'use lualatex' log.txt
echo "All pictures compile."
if [[ ${KEEP-} ]]; then cp ./*.pdf ./*.tex "$KEEP"; fi
