#!/bin/sh
# Pack dist/SleepScorer, which packaging/freeze.sh made, into a tarball, and an AppImage where
# appimagetool is installed; their checksums go into dist/SHA256SUMS. Nothing is downloaded.
# Usage: sh packaging/linux/release.sh
set -eu
cd "$(dirname "$0")/../.."

version="$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' sleepscorer/__init__.py)"
name="SleepScorer-$version-linux-$(uname -m)"
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}"

rm -rf "dist/$name"
cp -a dist/SleepScorer "dist/$name"
mkdir "dist/$name/share"
cp packaging/linux/install.sh "dist/$name/"
cp packaging/linux/sleepscorer.desktop packaging/linux/sleepscorer-mime.xml \
    resources/icon/sleepscorer.png "dist/$name/share/"

# The same bytes for the same files, whoever packs them and when.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
    --directory dist --create "$name" | xz --threads=0 >"dist/$name.tar.xz"

if command -v appimagetool >/dev/null; then
    image="dist/$name.AppDir"
    rm -rf "$image"
    mkdir -p "$image/usr/share/mime/packages"
    mv "dist/$name" "$image/app"
    cp packaging/linux/sleepscorer.desktop resources/icon/sleepscorer.png "$image/"
    cp packaging/linux/sleepscorer-mime.xml "$image/usr/share/mime/packages/sleepscorer.xml"
    ln -s app/sleepscorer "$image/AppRun"
    # With the runtime that is installed beside the tool: by itself it would fetch one.
    appimagetool --runtime-file "${APPIMAGE_RUNTIME:?names the runtime of type 2}" "$image" \
        "dist/$name.AppImage"
    rm -rf "$image"
fi
rm -rf "dist/$name"
cp dist/SleepScorer/_internal/sleepscorer.cdx.json "dist/$name.cdx.json"
cd dist
sha256sum "$name".* >SHA256SUMS
cat SHA256SUMS
