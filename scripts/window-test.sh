#!/usr/bin/env bash
# Tests the window on its own display: opens the network of the article, drags a knob with the mouse, checks that every
# pane changes, undoes the change, checks that nothing is drawn while nothing changes, and quits.
#
#   scripts/window-test.sh [BINARY]     BINARY is target/debug/neurodial by default
#
# Needs Xvfb, xdotool and ImageMagick. The screenshots and the program's messages are kept in the folder
# WINDOW_TEST_PICTURES, or after a failure in a temporary folder.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=${1:-${CARGO_TARGET_DIR:-target}/debug/neurodial}
# Every wait polls a condition for at most this many seconds, which is enough for slow machines.
readonly timeout=60

# Regions of a window of 1280×800 pixels, in the notation of ImageMagick.
readonly knobs=302x716+10+46
readonly diagram=612x381+322+46
readonly curves=612x325+322+437
readonly formula=326x438+944+46
# The y of the slider of w₂₂, the x of its handle at −0.91, and the x to which it is dragged. The track from −5 to 5 is
# between x = 68 and x = 203.
readonly row=390 handle=124 goal=142
# A point where the pointer highlights nothing.
readonly rest_x=640 rest_y=797

problems=0
problem() {
    echo "  PROBLEM: $*" >&2
    problems=$((problems + 1))
}

die() {
    echo "  PROBLEM: $*" >&2
    exit 1
}

for tool in Xvfb xdotool import compare identify; do
    command -v "$tool" >/dev/null || die "$tool is missing"
done
[[ -x $binary ]] || die "there is no program $binary; run cargo build"

folder=$(mktemp -d)
screenshots=${WINDOW_TEST_PICTURES:-$folder/screenshots}
mkdir -p "$screenshots" "$folder"/{home,config,state,run}
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
        if [[ -s $screenshots/messages.txt ]]; then
            echo "  the program's messages:" >&2
            tail -n 20 "$screenshots/messages.txt" >&2
        fi
        echo "  the screenshots are in $screenshots" >&2
    else
        rm -rf "$folder"
    fi
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT TERM

# Repeats a command until it succeeds.
wait_for() {
    local end=$((SECONDS + timeout))
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
    import -window root "$screenshots/$1.png"
}

# difference REGION A B: prints the number of pixels that differ; rounding of colors is ignored.
difference() {
    local region=$1 a=$2 b=$3
    compare -metric AE -fuzz 2% "$screenshots/$a.png[$region]" "$screenshots/$b.png[$region]" null: 2>&1 || true
}

# True if two screenshots in a row are equal, so that no animation is running.
is_settled() {
    capture "$1"
    sleep 0.15
    capture next
    [[ $(difference 1280x800+0+0 "$1" next) == 0 ]]
}

# screenshot NAME: takes a screenshot when the window has settled
screenshot() {
    wait_for is_settled "$1" || die "the window did not settle for the screenshot “$1”"
    rm -f "$screenshots/next.png"
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

# expect_change REGION A B: reports a problem if a region is equal in two screenshots
expect_change() {
    local count
    count=$(difference "${!1}" "$2" "$3")
    if [[ $count =~ ^[0-9]+$ ]] && ((count >= 40)); then
        echo "  $1: $count pixels changed"
    else
        problem "$1 did not change with the knob ($count pixels changed)"
    fi
}

# Prints the CPU time of all threads of the program in clock ticks.
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

echo "== start a display"
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$folder/display" >"$folder/server.txt" 2>&1 &
server=$!
# The number is complete with the end of its line.
has_display() { (($(wc -l <"$folder/display"))); }
wait_for has_display || die "Xvfb does not start: $(cat "$folder/server.txt")"
DISPLAY=:$(<"$folder/display")
export DISPLAY
echo "  $DISPLAY"

echo "== open the window"
# Without the desktop, language, preferences and unsaved work of this machine.
unset WAYLAND_DISPLAY WAYLAND_SOCKET DBUS_SESSION_BUS_ADDRESS XDG_DATA_HOME
export HOME=$folder/home XDG_CONFIG_HOME=$folder/config XDG_STATE_HOME=$folder/state XDG_RUNTIME_DIR=$folder/run
export LC_ALL=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1 WINIT_X11_SCALE_FACTOR=1
xdotool mousemove $rest_x $rest_y
"$binary" article >"$screenshots/messages.txt" 2>&1 &
program=$!

window=''
is_mapped() {
    window=$(xdotool search --onlyvisible --pid "$program" 2>/dev/null | head -n 1) && [[ -n $window ]]
}
wait_for is_mapped || die "no window appears"
is_drawn() {
    capture first && (($(identify -format %k "$screenshots/first.png") > 200))
}
wait_for is_drawn || die "the window stays empty"
# There is no window manager that would focus the window.
xdotool windowfocus "$window"
# A click that moves nothing: the knob has the focus in both screenshots that must be equal.
screenshot unfocused
xdotool mousemove $handle $row click 1 mousemove $rest_x $rest_y
is_focused() {
    capture first
    (($(difference $knobs unfocused first) >= 40))
}
wait_for is_focused || die "a click does not focus the knob"
# An earlier second press would be a double-click.
sleep 0.6
screenshot first
[[ $(title) == "Article network"* ]] || problem "the title is “$(title)”"
is_saved || problem "the document is unsaved after opening"
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
screenshot dragged
for region in knobs diagram formula curves; do
    expect_change "$region" first dragged
done

echo "== undo"
xdotool key --window 0 ctrl+z
wait_for is_saved || problem "Ctrl+Z does not undo it: the title is “$(title)”"
screenshot undone
for region in knobs diagram formula curves; do
    count=$(difference "${!region}" first undone)
    if [[ $count =~ ^[0-9]+$ ]] && ((count <= 40)); then
        echo "  $region: $count pixels differ"
    else
        problem "$region differs after undo ($count pixels)"
    fi
done

echo "== idle"
# Other processes do not add to this CPU time, so one idle interval is enough; a window that keeps drawing has none.
used=''
wait_for is_idle || problem "the program uses CPU time while nothing changes: $used ticks in 3 seconds"
echo "  $used ticks of CPU in 3 seconds"

echo "== quit"
xdotool key --window 0 ctrl+q
has_ended() { ! is_running; }
SECONDS=0
for ((i = 0; i < 10 * timeout; i++)); do
    has_ended && break
    sleep 0.1
done
has_ended || die "Ctrl+Q does not end the program"
code=0
wait "$program" || code=$?
program=''
echo "  exit code $code after $SECONDS s"
((code == 0)) || problem "the exit code is $code"
((SECONDS <= 10)) || problem "the program takes $SECONDS s to end"
if grep -q panicked "$screenshots/messages.txt"; then
    problem "the program panicked"
fi
[[ -z $(find "$folder/state" -name '*.json') ]] || problem "the program left a recovery file"

((problems == 0)) || die "$problems problems"
echo "== the window works"
