#!/bin/sh
# Put SleepScorer into the menu of this user's desktop and let it open its files; what it registers
# is the folder that this script lies in. Usage: sh install.sh [--remove]
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
share="${XDG_DATA_HOME:-$HOME/.local/share}"
desktop="$share/applications/sleepscorer.desktop"
icon="$share/icons/hicolor/256x256/apps/sleepscorer.png"
types="$share/mime/packages/sleepscorer.xml"

if [ "${1:-}" = --remove ]; then
    rm -f "$desktop" "$icon" "$types"
else
    mkdir -p "$(dirname "$desktop")" "$(dirname "$icon")" "$(dirname "$types")"
    # Quoted as desktop entries ask: the folder may have blanks in its name.
    program="$(printf '%s' "$here/sleepscorer" | sed 's/[\\"`$]/\\\\&/g; s/%/%%/g')"
    while IFS= read -r line; do
        case "$line" in
            Exec=*) printf 'Exec="%s" %%f\n' "$program" ;;
            *) printf '%s\n' "$line" ;;
        esac
    done <"$here/share/sleepscorer.desktop" >"$desktop"
    cp "$here/share/sleepscorer.png" "$icon"
    cp "$here/share/sleepscorer-mime.xml" "$types"
fi
for update in "update-mime-database $share/mime" "update-desktop-database $share/applications"; do
    if command -v "${update%% *}" >/dev/null; then
        "${update%% *}" "${update#* }" || true # the desktop reads them by itself, later
    fi
done
