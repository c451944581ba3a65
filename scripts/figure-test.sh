#!/usr/bin/env bash
# Figures, read by programs that did not write them: every preset's diagram, every pane of the article's network and
# the article's own figures, as SVG with text, SVG with outlines, PNG and PDF.
#
#   scripts/figure-test.sh [BINARY]     BINARY is target/debug/neurodial unless given
#
# - xmllint and Python's parser read the SVG; qpdf, pdffonts and pdftotext the PDF.
# - Chromium draws the SVG with text (no font of ours is installed, so it must take the embedded ones), rsvg-convert
#   the one with outlines, pdftoppm the PDF: each must look like our PNG. A label that is moved by two points is
#   seen, and that this is so is tried first.
# - What a PDF carries is still there after qpdf has rewritten it.
#
# The pictures stay in the folder that FIGURE_TEST_PICTURES names, or in a temporary one if something is wrong.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=$(realpath "${1:-${CARGO_TARGET_DIR:-target}/debug/neurodial}")
# Pixels of a figure's width, and how many of them a point of the page has.
readonly width=600 fine=2
# The most that two pictures may differ anywhere, of 1, once single pixels are smoothed away. Edges that are drawn by
# another program differ by up to 0.1; a label that is moved by two points differs by 0.2.
readonly most=0.14

problems=0
problem() {
    echo "  WRONG: $*" >&2
    problems=$((problems + 1))
}

die() {
    echo "  WRONG: $*" >&2
    exit 1
}

for tool in xmllint python3 qpdf pdffonts pdftotext pdftoppm rsvg-convert chromium convert compare identify; do
    command -v "$tool" >/dev/null || die "$tool is missing"
done
[[ -x $binary ]] || die "there is no program $binary; cargo build makes it"

folder=$(mktemp -d)
pictures=${FIGURE_TEST_PICTURES:-$folder/pictures}
mkdir -p "$pictures" "$folder/home"

finish() {
    local code=$?
    trap - EXIT
    if ((code != 0)); then
        rm -rf "$folder/home" "$folder"/browser.*
        echo "  the pictures are in $pictures" >&2
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

# browser_draws SVG PNG WIDTH HEIGHT (in pixels of the picture)
browser_draws() {
    local profile tries
    # A browser that was starved of time leaves no picture; that is no fault of the figure's.
    for tries in 1 2 3; do
        profile=$(mktemp -d "$folder/browser.XXXX")
        HOME=$profile timeout 90 chromium --headless --no-sandbox --disable-gpu --disable-background-networking \
            --no-first-run --hide-scrollbars --user-data-dir="$profile" --force-device-scale-factor=$fine \
            --window-size=$((($3 + fine - 1) / fine)),$((($4 + fine - 1) / fine)) \
            --screenshot="$2" "file://$1" >"$folder/browser.log" 2>&1 || true
        rm -rf "$profile"
        [[ -s $2 ]] && return
    done
    problem "chromium draws no picture of $1"
    tail -n 5 "$folder/browser.log" >&2
    return 1
}

# difference PNG PNG: the greatest of any place, 0 to 1, once single pixels are smoothed away
difference() {
    local size picture
    size=$(identify -format '%wx%h' "$1")
    for picture in "$1" "$2"; do
        convert "$picture" -background white -alpha remove -gravity NorthWest -extent "$size" \
            -blur 0x3 -resize 25% "$folder/smooth-$(basename "$picture")"
    done
    # It exits with 1 if the two differ at all.
    compare -metric PAE "$folder/smooth-$(basename "$1")" "$folder/smooth-$(basename "$2")" null: 2>&1 |
        sed -n 's/.*(\(.*\)).*/\1/p' || true
}

# is_alike NAME PNG PNG: says so if they are not
is_alike() {
    local found
    found=$(difference "$2" "$3")
    [[ -n $found ]] || { problem "$1 can't be compared" && return; }
    if awk -v found="$found" -v most=$most 'BEGIN { exit !(found > most) }'; then
        problem "$1 differs by $found, which is more than $most: $2 and $3"
    fi
    worst=$(awk -v a="$worst" -v b="$found" 'BEGIN { print (a > b ? a : b) }')
}

is_xml() {
    xmllint --noout --nonet "$1" || problem "$1 is no XML, says xmllint"
    python3 - "$1" <<'PYTHON' || problem "$1 is no sound SVG, says Python"
import sys
import xml.etree.ElementTree as tree

root = tree.parse(sys.argv[1]).getroot()
assert root.tag == "{http://www.w3.org/2000/svg}svg", root.tag
ids = [element.get("id") for element in root.iter() if element.get("id")]
assert len(ids) == len(set(ids)), "an id is there twice"
names = {f"#{name}" for name in ids}
for element in root.iter():
    for value in element.attrib.values():
        if value.startswith("url("):
            assert value[4:-1] in names, f"{value} is nowhere"
PYTHON
}

# is_page PDF WORDS…: a sound file of one page, its fonts embedded, these words in its text
is_page() {
    local pdf=$1 word
    shift
    qpdf --check "$pdf" >"$folder/qpdf.log" 2>&1 || { problem "$pdf is unsound, says qpdf" && cat "$folder/qpdf.log" >&2; }
    # Behind two lines of head: name, type, encoding, emb, sub, uni, object.
    pdffonts "$pdf" 2>/dev/null | awk 'NR > 2 && !/ yes yes yes +[0-9]+ +[0-9]+ *$/ { print; wrong = 1 } END { exit wrong }' ||
        problem "$pdf has a font that is not an embedded subset with Unicode"
    pdftotext -layout "$pdf" "$folder/text.txt"
    for word in "$@"; do
        grep -qF -- "$word" "$folder/text.txt" || problem "$pdf has no text “$word”"
    done
}

# compare_forms NAME: what all programs make of NAME.svg, NAME-outline.svg and NAME.pdf looks like NAME.png
compare_forms() {
    local name=$1 w h
    w=$(identify -format %w "$name.png") h=$(identify -format %h "$name.png")
    if browser_draws "$name.svg" "$name-chromium.png" "$w" "$h"; then
        is_alike "$(basename "$name") in Chromium" "$name.png" "$name-chromium.png"
    fi
    rsvg-convert --width "$w" --height "$h" "$name-outline.svg" --output "$name-librsvg.png"
    is_alike "$(basename "$name") with outlines in librsvg" "$name.png" "$name-librsvg.png"
    if [[ -e $name.pdf ]]; then
        pdftoppm -r $((96 * fine)) -png -singlefile "$name.pdf" "$name-poppler"
        is_alike "$(basename "$name") as PDF in poppler" "$name.png" "$name-poppler.png"
    fi
}

# draw NAME DOCUMENT OPTIONS…: in all forms
draw() {
    local name=$1
    shift
    neurodial figure "$@" --width ${width}px -o "$name.svg"
    neurodial figure "$@" --width ${width}px --outline -o "$name-outline.svg"
    neurodial figure "$@" --width ${width}px --dpi $((96 * fine)) -o "$name.png"
    neurodial figure "$@" --width ${width}px -o "$name.pdf"
}

worst=0

echo "  a label that is moved by two points is seen"
draw "$pictures/moved" article
python3 - "$pictures/moved-outline.svg" <<'PYTHON'
import re
import sys

text = open(sys.argv[1]).read()
label = '<g role="img" aria-label="−0.910"'
assert text.count(label) == 1, text.count(label)
open(sys.argv[1], "w").write(text.replace(label, label.replace("<g", '<g transform="translate(2 0)"')))
PYTHON
rsvg-convert --width $((width * fine)) "$pictures/moved-outline.svg" --output "$pictures/moved-librsvg.png"
found=$(difference "$pictures/moved.png" "$pictures/moved-librsvg.png")
awk -v found="$found" -v most=$most 'BEGIN { exit !(found > most) }' || problem "a moved label differs by only $found"

echo "  every preset’s diagram, and every pane of the article’s network"
panes=$(neurodial figure article --pane nothing -o nothing.svg 2>&1 | sed 's/.*the panes are \(.*\) and window/\1/; s/,//g') || true
[[ $panes == *curves* ]] || die "the panes are not told: $panes"
jobs=()
for preset in $(neurodial presets | awk '{ print $1 }'); do jobs+=("$preset diagram"); done
neurodial new --layers 4,3 --activations softmax --seed 1 -o "$folder/flowers.json"
for pane in $panes; do
    case $pane in
    diagram) ;;
    loss | data | confusion | landscape) jobs+=("flowers $pane") ;;
    *) jobs+=("article $pane") ;;
    esac
done
for job in "${jobs[@]}"; do
    read -r document pane <<<"$job"
    name=$pictures/$document-$pane
    if [[ $document == flowers ]]; then
        draw "$name" "$folder/flowers.json" --pane "$pane" --data iris --test 0.2 --epochs 5
    else
        draw "$name" "$document" --pane "$pane"
    fi
    is_xml "$name.svg"
    is_xml "$name-outline.svg"
    grep -q '<text' "$name-outline.svg" && problem "$name-outline.svg has text"
    is_page "$name.pdf"
    compare_forms "$name"
done
is_page "$pictures/article-diagram.pdf" −0.910 4.800 inputs

echo "  the article’s own figures"
neurodial article-figures -o "$pictures/own"
neurodial article-figures --outline -o "$pictures/own-outline"
for svg in "$pictures"/own/*.svg; do
    name=${svg%.svg}
    mv "$pictures/own-outline/$(basename "$svg")" "$name-outline.svg"
    is_xml "$svg"
    is_xml "$name-outline.svg"
    # There is no PNG of ours; librsvg's of the outlines stands for it.
    rsvg-convert --zoom $fine "$name-outline.svg" --output "$name.png"
    if browser_draws "$svg" "$name-chromium.png" "$(identify -format %w "$name.png")" "$(identify -format %h "$name.png")"; then
        is_alike "$(basename "$svg") in Chromium and librsvg" "$name.png" "$name-chromium.png"
    fi
done

echo "  the state of a PDF that qpdf has rewritten"
neurodial figure deep -o "$pictures/state.pdf"
qpdf --object-streams=generate --stream-data=compress --linearize "$pictures/state.pdf" "$pictures/rewritten.pdf"
[[ $(neurodial show "$pictures/rewritten.pdf" --json) == "$(neurodial show deep --json)" ]] ||
    problem "the rewritten PDF carries another network"

((problems == 0)) || die "$problems things are wrong"
echo "  all is well; the greatest difference of two pictures is $worst of $most"
