#!/usr/bin/env bash
# The real window, once, on a display of its own: opens the article's network, drags a knob with the mouse, sees
# every pane follow, takes it back, sees that nothing is drawn while nothing changes, and quits.
#
#   scripts/window-test.sh [BINARY]     BINARY is target/debug/neurodial unless given
#
# Needs Xvfb, xdotool and ImageMagick. The pictures and the program's messages stay in the folder that
# WINDOW_TEST_PICTURES names, or in a temporary one if something is wrong.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=${1:-${CARGO_TARGET_DIR:-target}/debug/neurodial}
# A slow machine is no fault, so every wait is a poll up to this many seconds.
readonly patience=60

# Regions of the window at 1280×800, as ImageMagick writes them.
readonly knobs=302x716+10+46
readonly diagram=612x381+322+46
readonly curves=612x325+322+437
readonly formula=326x438+944+46
# The row of w₂₂: its handle at −0.91, and where it is dragged to. The track is x 68 to 203 for −5 to 5.
readonly row=409 handle=124 goal=175
# Where the pointer rests without lighting anything up.
readonly rest_x=640 rest_y=797

problems=0
problem() {
    echo "  WRONG: $*" >&2
    problems=$((problems + 1))
}

die() {
    echo "  WRONG: $*" >&2
    exit 1
}

for tool in Xvfb xdotool import compare identify; do
    command -v "$tool" >/dev/null || die "$tool is missing"
done
[[ -x $binary ]] || die "there is no program $binary; cargo build makes it"

folder=$(mktemp -d)
pictures=${WINDOW_TEST_PICTURES:-$folder/pictures}
mkdir -p "$pictures" "$folder"/{home,config,state,run}
chmod 700 "$folder/run"
server='' program=''

finish() {
    local code=$?
    trap - EXIT
    for process in $program $server; do
        kill "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    if ((code != 0)); then
        if [[ -s $pictures/messages.txt ]]; then
            echo "  the program's messages:" >&2
            tail -n 20 "$pictures/messages.txt" >&2
        fi
        echo "  the pictures are in $pictures" >&2
    else
        rm -rf "$folder"
    fi
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT TERM

# Runs a command until it succeeds.
wait_for() {
    local end=$((SECONDS + patience))
    until "$@"; do
        ((SECONDS < end)) || return 1
        [[ -z $program ]] || is_running || return 1
        sleep 0.1
    done
}

is_running() {
    kill -0 "$program" 2>/dev/null
}

capture() {
    import -window root "$pictures/$1.png"
}

# How many pixels differ between two pictures, in a region. The fuzz forgives a step of a shade.
difference() {
    local region=$1 a=$2 b=$3
    compare -metric AE -fuzz 2% "$pictures/$a.png[$region]" "$pictures/$b.png[$region]" null: 2>&1 || true
}

# Takes a picture once two in a row are the same: hovering and scrolling have come to rest.
is_at_rest() {
    capture "$1"
    sleep 0.15
    capture next
    [[ $(difference 1280x800+0+0 "$1" next) == 0 ]]
}

picture() {
    wait_for is_at_rest "$1" || die "the window never came to rest for the picture “$1”"
    rm -f "$pictures/next.png"
}

title() {
    xdotool getwindowname "$window" 2>/dev/null || true
}

is_unsaved() {
    [[ $(title) == *"(unsaved)"* ]]
}

is_saved() {
    ! is_unsaved
}

expect_change() {
    local count
    count=$(difference "${!1}" "$2" "$3")
    if [[ $count =~ ^[0-9]+$ ]] && ((count >= 40)); then
        echo "  $1: $count pixels changed"
    else
        problem "$1 did not follow the knob ($count pixels changed)"
    fi
}

# Clock ticks of CPU that the program has used, all threads together.
ticks() {
    local line
    line=$(<"/proc/$program/stat")
    # The second field is a name in parentheses; utime and stime are the 14th and 15th.
    read -ra fields <<<"${line##*) }"
    echo $((fields[11] + fields[12]))
}

is_idle() {
    local before
    before=$(ticks)
    sleep 3
    used=$(($(ticks) - before))
    ((used <= 3))
}

echo "== a display"
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$folder/display" >"$folder/server.txt" 2>&1 &
server=$!
has_display() { [[ -s $folder/display ]]; }
wait_for has_display || die "Xvfb does not start: $(cat "$folder/server.txt")"
DISPLAY=:$(<"$folder/display")
export DISPLAY
echo "  $DISPLAY"

echo "== the window"
# Nothing of this machine's desktop, preferences or unsaved work.
unset WAYLAND_DISPLAY WAYLAND_SOCKET DBUS_SESSION_BUS_ADDRESS XDG_DATA_HOME
export HOME=$folder/home XDG_CONFIG_HOME=$folder/config XDG_STATE_HOME=$folder/state XDG_RUNTIME_DIR=$folder/run
export LIBGL_ALWAYS_SOFTWARE=1 WINIT_X11_SCALE_FACTOR=1
xdotool mousemove $rest_x $rest_y
"$binary" article >"$pictures/messages.txt" 2>&1 &
program=$!

window=''
is_mapped() {
    window=$(xdotool search --onlyvisible --pid "$program" 2>/dev/null | head -n 1) && [[ -n $window ]]
}
wait_for is_mapped || die "no window appears"
is_drawn() {
    capture first && (($(identify -format %k "$pictures/first.png") > 200))
}
wait_for is_drawn || die "the window stays empty"
# There is no window manager to give the keyboard to it.
xdotool windowfocus "$window"
# A press that moves nothing: the knob has the focus and is lit in both pictures that shall be the same.
xdotool mousemove $handle $row click 1 mousemove $rest_x $rest_y
# A second press sooner would be a double click.
sleep 0.6
picture first
[[ $(title) == article* ]] || problem "the title is “$(title)”"
is_saved || problem "it opens unsaved"
echo "  “$(title)”"

echo "== drag w₂₂"
xdotool mousemove $handle $row mousedown 1
for ((x = handle + 6; x <= goal; x += 6)); do
    xdotool mousemove "$x" $row
    sleep 0.03
done
xdotool mousemove $goal $row mouseup 1
wait_for is_unsaved || problem "dragging changed nothing: the title is “$(title)”"
xdotool mousemove $rest_x $rest_y
picture dragged
for region in knobs diagram formula curves; do
    expect_change "$region" first dragged
done

echo "== take it back"
xdotool key --window 0 ctrl+z
wait_for is_saved || problem "Ctrl+Z does not take it back: the title is “$(title)”"
picture back
for region in knobs diagram formula curves; do
    count=$(difference "${!region}" first back)
    if [[ $count =~ ^[0-9]+$ ]] && ((count <= 40)); then
        echo "  $region: $count pixels differ"
    else
        problem "$region is not as it was ($count pixels differ)"
    fi
done

echo "== nothing happens"
# Other processes can't add to the count, so one quiet stretch is enough; a window that draws has none.
used=''
wait_for is_idle || problem "it works while nothing changes: $used ticks in 3 seconds"
echo "  $used ticks of CPU in 3 seconds"

echo "== quit"
xdotool key --window 0 ctrl+q
has_ended() { ! is_running; }
SECONDS=0
for ((i = 0; i < 10 * patience; i++)); do
    has_ended && break
    sleep 0.1
done
has_ended || die "Ctrl+Q does not end it"
code=0
wait "$program" || code=$?
program=''
echo "  exit code $code after $SECONDS s"
((code == 0)) || problem "it ends with exit code $code"
((SECONDS <= 10)) || problem "it takes $SECONDS s to end"
if grep -q panicked "$pictures/messages.txt"; then
    problem "something panicked"
fi
[[ -z $(find "$folder/state" -name '*.json') ]] || problem "it leaves unsaved work behind"

((problems == 0)) || die "$problems problems"
echo "== the window works"
