#!/usr/bin/env bash
# Creates crates/egui-figure/assets/fonts: subsets of fonts from Debian packages, with their licenses and a README.
# The result is committed, so this script is needed only to change a font or its characters.
#
#   sudo apt-get install fonts-inter fonts-noto-{core,extra,mono,cjk} python3-venv
#   scripts/make-fonts.sh         # all fonts
#   scripts/make-fonts.sh cjk     # only the Chinese font
set -euo pipefail
cd "$(dirname "$0")/.."

fonts=/usr/share/fonts
doc=/usr/share/doc
inter=$fonts/opentype/inter
noto=$fonts/truetype/noto
cjk=$fonts/opentype/noto/NotoSansCJK-Regular.ttc

need() { # need <font file>...: fails if one is missing
    local file
    for file; do
        [[ -r $file ]] || {
            echo "$file is missing: apt-get install fonts-inter fonts-noto-{core,extra,mono,cjk}" >&2
            exit 1
        }
    done
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet install 'fonttools==4.60.1' brotli
export SOURCE_DATE_EPOCH=1700000000 # the same bytes in every run

out=crates/egui-figure/assets/fonts
mkdir -p "$out"

# All fonts get the ascent and descent of Inter, so that texts of the same size have the same baseline. They get their
# own names, so that no program uses an installed Inter or Noto instead of these subsets, which would move the text of a
# figure.
name_fonts() { # name_fonts <folder>
    "$work/venv/bin/python" - "$1" <<'PYTHON'
import sys
from pathlib import Path
from fontTools.ttLib import TTFont

NAMES = {  # file: family, style
    "Inter-Regular.otf": ("Neurodial Sans", "Regular"),
    "Inter-SemiBold.otf": ("Neurodial Sans", "SemiBold"),
    "NotoSerif-Regular.ttf": ("Neurodial Serif", "Regular"),
    "NotoSerif-Italic.ttf": ("Neurodial Serif", "Italic"),
    "NotoSerif-SemiBold.ttf": ("Neurodial Serif", "SemiBold"),
    "NotoSansMono-Regular.ttf": ("Neurodial Mono", "Regular"),
    "Symbols-Regular.ttf": ("Neurodial Symbols", "Regular"),
    "NotoSansSC-Regular.otf": ("Neurodial CJK", "Regular"),
}
for file, (family, style) in NAMES.items():
    path = Path(sys.argv[1], file)
    if not path.exists():
        continue
    font = TTFont(path)
    em = font["head"].unitsPerEm
    ascent, descent = round(em * 0.96875), round(em * 0.2415)
    line, system = font["hhea"], font["OS/2"]
    line.ascent, line.descent, line.lineGap = ascent, -descent, 0
    system.sTypoAscender, system.sTypoDescender, system.sTypoLineGap = ascent, -descent, 0
    system.usWinAscent, system.usWinDescent = ascent, descent

    whole = family if style == "Regular" else f"{family} {style}"
    postscript = f"{family.replace(' ', '')}-{style}"
    texts = {3: f"{whole} {font['name'].getDebugName(5)}", 4: whole, 6: postscript}
    if style in ("Regular", "Italic"):
        texts.update({1: family, 2: style})
    else:  # old programs know only four styles per family
        texts.update({1: whole, 2: "Regular", 16: family, 17: style})
    for identifier in (1, 2, 3, 4, 6, 16, 17, 21, 22, 25):
        font["name"].removeNames(nameID=identifier)
    for identifier, text in texts.items():
        font["name"].setName(text, identifier, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [postscript]
        top = cff.topDictIndex[0]
        top.FullName, top.FamilyName, top.Weight = whole, family, style
    font.save(path)
PYTHON
}

license() { # license <package> <copyright line> <name of the license in Debian's file>: prints the license
    printf '%s\n\n' "$2"
    printf 'This Font Software is licensed under the SIL Open Font License, Version 1.1.\n'
    printf 'This license is also available with a FAQ at: https://openfontlicense.org\n\n'
    printf 'SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007\n\n'
    awk -v start="License: $3" '
        $0 == start { reading++; next }
        text && /^[^ ]/ { exit }
        /^[^ ]/ { reading = 0 }
        reading && /PREAMBLE/ { text = 1 }
        reading && text { sub(/^ /, ""); sub(/^\.$/, ""); sub(/[ \t]+$/, ""); print }
    ' "$doc/$1/copyright" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
}

# The Chinese font has the characters of GB/T 2312, levels 1 and 2, Chinese punctuation, kana, full-width forms, ℃, and
# numbers in circles and in Roman letters. It is stored compressed.
cjk_font() {
    local hanzi
    need "$cjk"
    hanzi=$("$work/venv/bin/python" - <<'PYTHON'
rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
characters = "".join(row.decode("gb2312", "ignore") for row in rows)
assert len(characters) == 6763
print(",".join(f"U+{ord(character):04X}" for character in characters))
PYTHON
)
    mkdir "$work/cjk"
    "$work/venv/bin/pyftsubset" "$cjk" --font-number=2 --output-file="$work/cjk/NotoSansSC-Regular.otf" \
        --unicodes="$hanzi,U+2103,U+2160-216B,U+2460-2473,U+3000-303F,U+3041-3096,U+3099-30FF,U+FF01-FF5E,U+FFE0-FFE6" --layout-features='' \
        --no-hinting --desubroutinize --name-IDs='0,1,2,3,4,5,6,13,14' --notdef-outline \
        --drop-tables+=DSIG,FFTM,meta,vhea,vmtx,VORG,BASE
    name_fonts "$work/cjk"
    gzip --best --no-name --stdout "$work/cjk/NotoSansSC-Regular.otf" >"$out/NotoSansSC-Regular.otf.gz"
    license fonts-noto-cjk '© 2014-2021 Adobe (http://www.adobe.com/).' SIL-1.1 >"$out/OFL-NotoCJK.txt"
}

cjk_font
if [[ ${1-} == cjk ]]; then
    du -b "$out"/*.gz
    exit
fi

# Latin, Latin-1, Latin Extended-A, Greek, punctuation, superscripts and subscripts; arrows, mathematics and symbols of
# the interface.
text=U+0020-007E,U+00A0-017F,U+0192,U+0218-021B,U+02BC,U+02C6-02DD,U+0300-0304,U+0307-0308,U+030C,U+0384-03CE
text+=,U+03D1,U+03D5,U+03F5,U+1D40,U+2002-200A,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032-2034
text+=,U+2039-203A,U+2044,U+2070-2071,U+2074-209C,U+1D62-1D65,U+2C7C,U+20AC,U+2116,U+2122,U+00B7
signs=U+2190-2199,U+21A6,U+21A9-21AA,U+21B6-21B7,U+21BA-21BB,U+21C4,U+21D0-21D4,U+21E7,U+27F2-27F3
signs+=,U+2200,U+2202-2203,U+2205-2209,U+220F,U+2211-2213,U+2217-221A,U+221D-221E,U+2225,U+2227-222B
signs+=,U+2248,U+2260-2261,U+2264-2265,U+226A-226B,U+2282,U+2295,U+2297,U+2299,U+22A4,U+22C5,U+22EE-22EF
signs+=,U+2303,U+2318,U+2325,U+2326,U+232B,U+23CE,U+23E9-23EF,U+23F5-23FA,U+25A0-25A1,U+25AA-25AB,U+25B2-25C5,U+25C6-25C7
signs+=,U+25CB,U+25CF-25D3,U+25E6,U+2600,U+2605-2606,U+2699,U+263E,U+26A0,U+2713-2718
signs+=,U+1F512-1F513,U+1F50D,U+1F4CC

need "$inter"/Inter-{Regular,SemiBold}.otf \
    "$noto"/Noto{Serif-Regular,Serif-Italic,Serif-SemiBold,SansMono-Regular,Sans-Regular}.ttf \
    "$noto"/NotoSans{Math,Symbols,Symbols2}-Regular.ttf
rm -f "$out"/*.ttf "$out"/*.otf

subset() { # subset <from> <to> <unicodes> <features>
    "$work/venv/bin/pyftsubset" "$1" --output-file="$2" --unicodes="$3" --layout-features="$4" \
        --no-hinting --desubroutinize --name-IDs='0,1,2,3,4,5,6,13,14' --notdef-outline --drop-tables+=DSIG,FFTM,meta
}

# Inter gets only tabular digits, all of exactly the same width, and the tabular comma and period.
# The feature `calt` is left out of all fonts, because it shows -> as an arrow.
for weight in Regular SemiBold; do
    "$work/venv/bin/python" - "$inter/Inter-$weight.otf" "$work/Inter-$weight.otf" <<'PYTHON'
import sys
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

font = TTFont(sys.argv[1])
names, substitutions = font.getBestCmap(), font["GSUB"].table
tabular = {}
for record in substitutions.FeatureList.FeatureRecord:
    if record.FeatureTag == "tnum":
        for index in record.Feature.LookupListIndex:
            for table in substitutions.LookupList.Lookup[index].SubTable:
                tabular.update(getattr(table, "ExtSubTable", table).mapping)
frozen = {ord(c): tabular[names[ord(c)]] for c in "0123456789.,"}
for table in font["cmap"].tables:
    if table.isUnicode():
        table.cmap.update({code: glyph for code, glyph in frozen.items() if code in table.cmap})
width = max(font["hmtx"][frozen[ord(c)]][0] for c in "0123456789")
for characters, width_of_all in (("0123456789", width), (".,", font["hmtx"][frozen[ord(".")]][0])):
    for c in characters:
        glyph = frozen[ord(c)]
        advance, bearing = font["hmtx"][glyph]
        assert abs(advance - width_of_all) <= 4, (c, advance, width_of_all)
        if advance != width_of_all:
            strings = font["CFF "].cff.topDictIndex[0].CharStrings
            pen = T2CharStringPen(width_of_all - strings[glyph].private.nominalWidthX, font.getGlyphSet())
            font.getGlyphSet()[glyph].draw(pen)
            strings[glyph] = pen.getCharString(strings[glyph].private, strings.globalSubrs)
            font["hmtx"][glyph] = (width_of_all, bearing)
font.save(sys.argv[2])
PYTHON
    subset "$work/Inter-$weight.otf" "$out/Inter-$weight.otf" "$text,$signs" kern,mark,mkmk,ccmp,locl
done

# Noto Serif has no minus sign, and that of another font does not have the width of its plus sign. So it gets the bar of
# its plus sign.
for face in Regular Italic SemiBold; do
    "$work/venv/bin/python" - "$noto/NotoSerif-$face.ttf" "$work/NotoSerif-$face.ttf" <<'PYTHON'
import sys
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

font = TTFont(sys.argv[1])
assert 0x2212 not in font.getBestCmap()
glyphs, plus = font.getGlyphSet(), font.getBestCmap()[ord("+")]
outline = DecomposingRecordingPen(glyphs)
glyphs[plus].draw(outline)
points = [point for _, points in outline.value for point in points]
left, right = min(x for x, _ in points), max(x for x, _ in points)
sides = [y for x, y in points if x in (left, right)]
bottom, top = min(sides), max(sides)
pen = TTGlyphPen(glyphs)
pen.moveTo((left, bottom))
for corner in ((left, top), (right, top), (right, bottom)):
    pen.lineTo(corner)
pen.closePath()
font.setGlyphOrder([*font.getGlyphOrder(), "minus.of.plus"])
font["glyf"]["minus.of.plus"] = pen.glyph()
font["hmtx"]["minus.of.plus"] = font["hmtx"][plus]
for table in font["cmap"].tables:
    if table.isUnicode():
        table.cmap[0x2212] = "minus.of.plus"
font.save(sys.argv[2])
PYTHON
    subset "$work/NotoSerif-$face.ttf" "$out/NotoSerif-$face.ttf" "$text,$signs" kern,mark,mkmk,ccmp,locl
done
subset "$noto/NotoSansMono-Regular.ttf" "$out/NotoSansMono-Regular.ttf" "$text,$signs" kern,mark,mkmk,ccmp,locl

# One font for all symbols that the text fonts lack. A symbol comes from the first of these fonts that has it.
taken=
for face in NotoSansMath NotoSansSymbols2 NotoSansSymbols NotoSans; do
    wanted=$signs
    [[ $face == NotoSans ]] && wanted=$text
    wanted=$("$work/venv/bin/python" - "$noto/$face-Regular.ttf" "$wanted" "$taken" <<'PYTHON'
import sys
from fontTools.ttLib import TTFont

has = set(TTFont(sys.argv[1]).getBestCmap())
def codes(text):
    for part in filter(None, text.replace("U+", "").split(",")):
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)
wanted = (has & set(codes(sys.argv[2]))) - set(codes(sys.argv[3]))
print(",".join(f"U+{code:04X}" for code in sorted(wanted)))
PYTHON
)
    taken=$taken,$wanted
    subset "$noto/$face-Regular.ttf" "$work/$face.ttf" "$wanted" ''
done
"$work/venv/bin/python" - "$out/Symbols-Regular.ttf" "$work"/NotoSans{,Math,Symbols2,Symbols}.ttf <<'PYTHON'
import sys
from fontTools.merge import Merger
from fontTools.merge import Options

font = Merger(Options(drop_tables=["GSUB", "GPOS", "GDEF", "STAT", "MATH", "meta", "vhea", "vmtx"])).merge(sys.argv[2:])
font.save(sys.argv[1])
PYTHON

name_fonts "$out"

license fonts-inter 'Copyright 2016-2022 The Inter Project Authors (https://github.com/rsms/inter)' OFL-1.1 \
    >"$out/OFL-Inter.txt"
license fonts-noto-core 'Copyright 2010-2020 Google LLC (https://github.com/notofonts)' OFL-1.1 >"$out/OFL-Noto.txt"

cat >"$out/README.md" <<'MARKDOWN'
# Fonts
Subsets that `scripts/make-fonts.sh` creates from Debian packages; change that script, not these files.

| file | family name | font | Debian package | license |
| --- | --- | --- | --- | --- |
| `Inter-Regular.otf`, `Inter-SemiBold.otf` | Neurodial Sans | Inter with tabular digits only | fonts-inter | `OFL-Inter.txt` |
| `NotoSerif-Regular.ttf`, `NotoSerif-Italic.ttf` | Neurodial Serif | Noto Serif with a minus sign made from its plus sign | fonts-noto-core | `OFL-Noto.txt` |
| `NotoSerif-SemiBold.ttf` | Neurodial Serif | the same | fonts-noto-extra | `OFL-Noto.txt` |
| `NotoSansMono-Regular.ttf` | Neurodial Mono | Noto Sans Mono | fonts-noto-mono | `OFL-Noto.txt` |
| `Symbols-Regular.ttf` | Neurodial Symbols | merged symbols of Noto Sans Math, Symbols 2, Symbols and Noto Sans | fonts-noto-core | `OFL-Noto.txt` |
| `NotoSansSC-Regular.otf.gz` | Neurodial CJK | Noto Sans CJK SC: GB/T 2312 levels 1 and 2, punctuation, kana, full-width forms | fonts-noto-cjk | `OFL-NotoCJK.txt` |

Install these fonts where other programs need to show or edit the text of figures.

All licenses are the SIL Open Font License 1.1; none declares a reserved font name.
MARKDOWN

du -bc "$out"/*.ttf "$out"/*.otf
