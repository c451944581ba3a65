#!/usr/bin/env bash
# Creates crates/egui-figure/tests/figure/fonts: small subsets of Noto fonts for the tests of other scripts. The result is
# committed, so this script is needed only to change it.
#
#   sudo apt-get install fonts-noto-{core,cjk} python3-venv
#   scripts/make-test-fonts.sh
set -euo pipefail
cd "$(dirname "$0")/.."

noto=/usr/share/fonts/truetype/noto
cjk=/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet install 'fonttools==4.60.1'
export SOURCE_DATE_EPOCH=1700000000 # the same bytes in every run

out=crates/egui-figure/tests/figure/fonts
mkdir -p "$out"
subset() { # subset <from> <to> <text> [<option>...]
    "$work/venv/bin/pyftsubset" "$1" --output-file="$out/$2" --text="$3" --layout-features='*' --no-hinting \
        --desubroutinize --name-IDs='0,1,2,3,4,5,6,13,14' --notdef-outline "${@:4}"
}
subset $noto/NotoSansHebrew-Regular.ttf Hebrew.ttf 'שלוםעיבדהטמפרו'
subset $noto/NotoSansArabic-Regular.ttf Arabic.ttf 'درجةالحسلام١٢،'
subset $noto/NotoSansDevanagari-Regular.ttf Devanagari.ttf 'तापमान हिन्दी'
subset $noto/NotoSans-Regular.ttf Cyrillic.ttf 'температур'
subset $noto/NotoSansSymbols2-Regular.ttf Emoji.ttf '🌡🌧'
subset "$cjk" TraditionalChinese.otf '溫體氣' --font-number=3 --layout-features='' --drop-tables+=vhea,vmtx,VORG,BASE
subset "$cjk" Korean.otf '온도한글' --font-number=1 --layout-features='' --drop-tables+=vhea,vmtx,VORG,BASE
"$work/venv/bin/python" - "$out" <<'PYTHON'
import sys
from fontTools.ttLib import TTCollection, TTFont

collection = TTCollection()
collection.fonts = [TTFont(f"{sys.argv[1]}/{name}.otf") for name in ("TraditionalChinese", "Korean")]
collection.save(f"{sys.argv[1]}/Collection.ttc")
PYTHON
rm "$out/Korean.otf"
du -b "$out"/*
