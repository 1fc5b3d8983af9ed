#!/bin/sh
# Pack dist/SleepScorer.app, which packaging/freeze.sh made, into a disk image. Its bill of
# materials lies beside it, and the checksums of both in dist/SHA256SUMS.
# Usage: sh packaging/macos/dmg.sh. With CODESIGN_IDENTITY set, the application is signed first.
set -eu
cd "$(dirname "$0")/../.."

version="$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' sleepscorer/__init__.py)"
name="SleepScorer-$version-macos-$(uname -m)"
if [ -n "${CODESIGN_IDENTITY:-}" ]; then
    codesign --force --deep --options runtime --timestamp --sign "$CODESIGN_IDENTITY" \
        dist/SleepScorer.app
fi
folder="dist/$name"
rm -rf "$folder" "$folder.dmg"
mkdir "$folder"
cp -R dist/SleepScorer.app "$folder/"
ln -s /Applications "$folder/Applications"
hdiutil create -volname "SleepScorer $version" -srcfolder "$folder" -format UDZO "$folder.dmg"
rm -rf "$folder"
cp dist/SleepScorer/_internal/sleepscorer.cdx.json "dist/$name.cdx.json"
cd dist
shasum -a 256 "$name".* >SHA256SUMS
cat SHA256SUMS
