#!/usr/bin/env bash
# Checks figures with other programs: the diagram of every preset, every pane with the network of the article, and the
# figures of the article, as SVG with text, SVG with outlines, PNG and PDF.
#
#   scripts/figure-test.sh [BINARY]     BINARY is target/debug/neurodial by default
#
# - xmllint and Python's parser read the SVG; qpdf, pdffonts and pdftotext read the PDF.
# - Chromium draws the SVG with text (the fonts are not installed, so it must use the embedded ones), rsvg-convert draws
#   the SVG with outlines, and pdftoppm the PDF. Each image must look like neurodial's PNG. The first check proves that
#   the comparison finds a label that is moved by two points.
# - A PDF still contains its network after qpdf has rewritten it.
#
# The images are kept in the folder FIGURE_TEST_PICTURES, or after a failure in a temporary folder.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=$(realpath "${1:-${CARGO_TARGET_DIR:-target}/debug/neurodial}")
# The width of a figure in CSS pixels, and the number of image pixels per CSS pixel.
readonly width=600 scale=2
# The maximum difference of two smoothed images at any place, from 0 to 1. Edges that different programs draw differ by
# up to 0.1; a label that is moved by two points differs by 0.2.
readonly max_difference=0.14

problems=0
problem() {
    echo "  PROBLEM: $*" >&2
    problems=$((problems + 1))
}

die() {
    echo "  PROBLEM: $*" >&2
    exit 1
}

for tool in xmllint python3 qpdf pdffonts pdftotext pdftoppm rsvg-convert chromium convert compare identify; do
    command -v "$tool" >/dev/null || die "$tool is missing"
done
[[ -x $binary ]] || die "there is no program $binary; run cargo build"

folder=$(mktemp -d)
images=${FIGURE_TEST_PICTURES:-$folder/images}
mkdir -p "$images" "$folder/home"

finish() {
    local code=$?
    trap - EXIT
    if ((code != 0)); then
        rm -rf "$folder/home" "$folder"/browser.*
        echo "  the images are in $images" >&2
    else
        rm -rf "$folder"
    fi
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT TERM

neurodial() {
    env -u DISPLAY HOME="$folder/home" "$binary" "$@"
}

# draw_in_browser SVG PNG WIDTH HEIGHT: draws an SVG with Chromium; the size is in image pixels
draw_in_browser() {
    local profile tries height=$((($4 + scale - 1) / scale))
    # Chromium draws nothing in a very low window; the comparison cuts off what is below the figure.
    ((height >= 300)) || height=300
    # Chromium sometimes writes no image on a machine under load; that is no problem of the figure.
    for tries in 1 2 3; do
        profile=$(mktemp -d "$folder/browser.XXXX")
        HOME=$profile timeout 90 chromium --headless --no-sandbox --disable-gpu --disable-background-networking \
            --no-first-run --hide-scrollbars --user-data-dir="$profile" --force-device-scale-factor=$scale \
            --window-size=$((($3 + scale - 1) / scale)),$height \
            --screenshot="$2" "file://$1" >"$folder/browser.log" 2>&1 || true
        rm -rf "$profile"
        [[ -s $2 ]] && return
    done
    problem "Chromium draws no image of $1"
    tail -n 5 "$folder/browser.log" >&2
    return 1
}

# difference PNG PNG: prints the maximum difference of the smoothed images, from 0 to 1
difference() {
    local size image
    size=$(identify -format '%wx%h' "$1")
    for image in "$1" "$2"; do
        convert "$image" -background white -alpha remove -gravity NorthWest -extent "$size" \
            -blur 0x3 -resize 25% "$folder/smooth-$(basename "$image")"
    done
    # compare exits with 1 if the images differ at all.
    compare -metric PAE "$folder/smooth-$(basename "$1")" "$folder/smooth-$(basename "$2")" null: 2>&1 |
        sed -n 's/.*(\(.*\)).*/\1/p' || true
}

# check_similar NAME PNG PNG: reports a problem if the images differ too much
check_similar() {
    local found
    found=$(difference "$2" "$3")
    [[ -n $found ]] || { problem "$1 cannot be compared" && return; }
    if awk -v found="$found" -v max=$max_difference 'BEGIN { exit !(found > max) }'; then
        problem "$1 differs by $found, more than $max_difference: $2 and $3"
    fi
    largest=$(awk -v a="$largest" -v b="$found" 'BEGIN { print (a > b ? a : b) }')
}

# check_svg SVG: reports a problem if the file is not well-formed or has duplicate ids or missing references
check_svg() {
    xmllint --noout --nonet "$1" || problem "$1 is no well-formed XML (xmllint)"
    python3 - "$1" <<'PYTHON' || problem "$1 has wrong ids or references (Python)"
import sys
import xml.etree.ElementTree as tree

root = tree.parse(sys.argv[1]).getroot()
assert root.tag == "{http://www.w3.org/2000/svg}svg", root.tag
ids = [element.get("id") for element in root.iter() if element.get("id")]
assert len(ids) == len(set(ids)), "an id is used twice"
names = {f"#{name}" for name in ids}
for element in root.iter():
    for value in element.attrib.values():
        if value.startswith("url("):
            assert value[4:-1] in names, f"there is no {value}"
PYTHON
}

# check_pdf PDF WORDS…: reports a problem if the file is damaged, has fonts that are not embedded or lacks a word
check_pdf() {
    local pdf=$1 word
    shift
    qpdf --check "$pdf" >"$folder/qpdf.log" 2>&1 || { problem "$pdf is damaged (qpdf)" && cat "$folder/qpdf.log" >&2; }
    # After two header lines, the columns are: name, type, encoding, emb, sub, uni, object.
    pdffonts "$pdf" 2>/dev/null | awk 'NR > 2 && !/ yes yes yes +[0-9]+ +[0-9]+ *$/ { print; bad = 1 } END { exit bad }' ||
        problem "$pdf has a font that is not an embedded subset with Unicode"
    pdftotext -layout "$pdf" "$folder/text.txt"
    for word in "$@"; do
        grep -qF -- "$word" "$folder/text.txt" || problem "$pdf has no text “$word”"
    done
}

# compare_formats NAME: draws NAME.svg, NAME-outline.svg and NAME.pdf with other programs and compares with NAME.png
compare_formats() {
    local name=$1 w h
    w=$(identify -format %w "$name.png") h=$(identify -format %h "$name.png")
    if draw_in_browser "$name.svg" "$name-chromium.png" "$w" "$h"; then
        check_similar "$(basename "$name") in Chromium" "$name.png" "$name-chromium.png"
    fi
    rsvg-convert --width "$w" --height "$h" "$name-outline.svg" --output "$name-librsvg.png"
    check_similar "$(basename "$name") with outlines in librsvg" "$name.png" "$name-librsvg.png"
    if [[ -e $name.pdf ]]; then
        pdftoppm -r $((96 * scale)) -png -singlefile "$name.pdf" "$name-poppler"
        check_similar "$(basename "$name") as PDF in poppler" "$name.png" "$name-poppler.png"
    fi
}

# draw NAME DOCUMENT OPTIONS…: draws a figure in all formats
draw() {
    local name=$1
    shift
    neurodial figure "$@" --width ${width}px -o "$name.svg"
    neurodial figure "$@" --width ${width}px --outline -o "$name-outline.svg"
    neurodial figure "$@" --width ${width}px --dpi $((96 * scale)) -o "$name.png"
    neurodial figure "$@" --width ${width}px -o "$name.pdf"
}

largest=0

echo "  the comparison finds a label that is moved by two points"
draw "$images/moved" article
python3 - "$images/moved-outline.svg" <<'PYTHON'
import re
import sys

text = open(sys.argv[1]).read()
label = '<g role="img" aria-label="−0.910"'
assert text.count(label) == 1, text.count(label)
open(sys.argv[1], "w").write(text.replace(label, label.replace("<g", '<g transform="translate(2 0)"')))
PYTHON
rsvg-convert --width $((width * scale)) "$images/moved-outline.svg" --output "$images/moved-librsvg.png"
found=$(difference "$images/moved.png" "$images/moved-librsvg.png")
awk -v found="$found" -v max=$max_difference 'BEGIN { exit !(found > max) }' || problem "a moved label differs by only $found"

echo "  the diagram of every preset and every pane with the network of the article"
panes=$(neurodial figure article --pane nothing -o nothing.svg 2>&1 | sed 's|.*possible values: \(.*\), window\].*|\1|; s|,||g') || true
[[ $panes == *curves* ]] || die "the error does not list the panes: $panes"
jobs=()
for preset in $(neurodial presets | awk '{ print $1 }'); do jobs+=("$preset diagram"); done
neurodial new --layers 4,3 --activations softmax --seed 1 -o "$folder/iris.json"
# The network of the article with rows for the panes that would be empty.
neurodial set article 'x[1]=1' -o "$folder/rows.json"
python3 - "$folder/rows.json" <<'PYTHON'
import json
import sys

document = json.load(open(sys.argv[1]))
layers = document["layers"]
knobs = [weight for layer in layers for row in layer["weights"] for weight in row]
knobs += [bias for layer in layers for bias in layer["biases"]]
state = {"name": "first", "knobs": knobs, "inputs": document["inputs"]}
document.update(cases=[document["inputs"], [0, 0, 0, 0]], pins=[state], experiments=[state])
json.dump(document, open(sys.argv[1], "w"))
PYTHON
for pane in $panes; do
    case $pane in
    diagram) ;;
    saved-inputs | compare | experiments) jobs+=("rows $pane") ;;
    training | data | confusion-matrix | loss-landscape) jobs+=("iris $pane") ;;
    *) jobs+=("article $pane") ;;
    esac
done
for job in "${jobs[@]}"; do
    read -r document pane <<<"$job"
    name=$images/$document-$pane
    if [[ $document == iris ]]; then
        draw "$name" "$folder/iris.json" --pane "$pane" --data iris --test 0.2 --epochs 5
    elif [[ $document == rows ]]; then
        draw "$name" "$folder/rows.json" --pane "$pane"
    else
        draw "$name" "$document" --pane "$pane"
    fi
    check_svg "$name.svg"
    check_svg "$name-outline.svg"
    grep -q '<text' "$name-outline.svg" && problem "$name-outline.svg has text"
    check_pdf "$name.pdf"
    compare_formats "$name"
done
check_pdf "$images/article-diagram.pdf" −0.910 4.800 inputs

echo "  the figures of the article"
neurodial article-figures --embed-fonts -o "$images/own"
neurodial article-figures -o "$images/own-outline"
for svg in "$images"/own/*.svg; do
    name=${svg%.svg}
    mv "$images/own-outline/$(basename "$svg")" "$name-outline.svg"
    check_svg "$svg"
    check_svg "$name-outline.svg"
    # neurodial writes no PNG of them; that of librsvg takes its place.
    rsvg-convert --zoom $scale "$name-outline.svg" --output "$name.png"
    if draw_in_browser "$svg" "$name-chromium.png" "$(identify -format %w "$name.png")" "$(identify -format %h "$name.png")"; then
        check_similar "$(basename "$svg") in Chromium and librsvg" "$name.png" "$name-chromium.png"
    fi
done

echo "  the network in a PDF that qpdf has rewritten"
neurodial figure deep -o "$images/state.pdf"
qpdf --object-streams=generate --stream-data=compress --linearize "$images/state.pdf" "$images/rewritten.pdf"
[[ $(neurodial show "$images/rewritten.pdf" --json) == "$(neurodial show deep --json)" ]] ||
    problem "the rewritten PDF contains another network"

((problems == 0)) || die "$problems problems"
echo "  no problems; the largest difference of two images is $largest of $max_difference"
