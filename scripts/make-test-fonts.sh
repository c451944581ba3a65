#!/usr/bin/env bash
# Creates crates/egui-figure/tests/figure/fonts: small subsets of Noto fonts for the tests of other scripts. The result is
# committed, so this script is needed only to change it.
#
#   sudo apt-get install fonts-noto-{core,cjk,color-emoji} python3-venv
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

# Emoji in color: as bitmaps in the two formats, and as outlines with colors and gradients.
subset $noto/NotoColorEmoji.ttf ColorBitmaps.ttf '🌡🇨🇭👍🏽'
"$work/venv/bin/python" - "$out" <<'PYTHON'
import sys
from fontTools.colorLib.builder import buildCOLR, buildCPAL
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables import sbixGlyph, sbixStrike

def square(left, bottom, side):
    pen = TTGlyphPen(None)
    corners = [(left, bottom), (left, bottom + side), (left + side, bottom + side), (left + side, bottom)]
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()

def font(family, codes, shapes):
    names = [".notdef", *codes.values(), *shapes]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(codes)
    empty = TTGlyphPen(None).glyph()
    builder.setupGlyf({name: shapes.get(name, empty) for name in names})
    builder.setupHorizontalMetrics({name: (1200, builder.font["glyf"][name].xMin if name in shapes else 0) for name in names})
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-200, usWinAscent=900, usWinDescent=200)
    builder.setupPost()
    return builder.font

# 🟥 is two layers of version 0: a red square with a blue one inside; 🟦 is a gradient of version 1 from red to blue.
layers = font("Test Color Layers", {0x1F7E5: "red", 0x1F7E6: "blue"},
              {"outer": square(100, 0, 1000), "inner": square(400, 300, 400)})
gradient = {
    "Format": 10,  # PaintGlyph
    "Glyph": "outer",
    "Paint": {
        "Format": 4,  # PaintLinearGradient
        "ColorLine": {"Extend": "pad", "ColorStop": [
            {"StopOffset": 0.0, "PaletteIndex": 0, "Alpha": 1.0}, {"StopOffset": 1.0, "PaletteIndex": 1, "Alpha": 1.0}]},
        "x0": 100, "y0": 0, "x1": 1100, "y1": 0, "x2": 100, "y2": 1000,
    },
}
layers["COLR"] = buildCOLR({"red": [("outer", 0), ("inner", 1)], "blue": gradient})
layers["CPAL"] = buildCPAL([[(1.0, 0.0, 0.0, 1.0), (0.0, 0.0, 1.0, 1.0)]])
layers.save(f"{sys.argv[1]}/ColorLayers.ttf")

# 🌧 is the bitmap of 🌡.
bitmaps = TTFont(f"{sys.argv[1]}/ColorBitmaps.ttf")
image = bitmaps["CBDT"].strikeData[0][bitmaps.getBestCmap()[ord("🌡")]].imageData
strike = sbixStrike.Strike(ppem=109, resolution=72)
strike.glyphs["rain"] = sbixGlyph.Glyph(glyphName="rain", graphicType="png ", imageData=image,
                                        originOffsetX=0, originOffsetY=0)
sbix = font("Test Bitmaps", {0x1F327: "rain"}, {})
sbix["sbix"] = newTable("sbix")
sbix["sbix"].version, sbix["sbix"].flags, sbix["sbix"].strikes = 1, 1, {109: strike}
sbix.save(f"{sys.argv[1]}/AppleBitmaps.ttf")
PYTHON
du -b "$out"/*
