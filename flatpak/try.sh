#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# try.sh FOLDER PACKAGE...: builds the program as a flatpak, on a runtime made of these packages of
# Debian 12 where the real one cannot be fetched, installs it below FOLDER and starts it on a screen
# that nobody sees. Ends well when its first window is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
application=org.juanzong.Juanzong
runtime=org.juanzong.DebianSdk
version=12
patience=60

folder=$(realpath -m "$1")
shift
export FLATPAK_USER_DIR=$folder/user
mkdir -p "$folder"

# make_runtime PACKAGE...: a runtime is a file system of which the program sees /usr only.
make_runtime () {
  local tree=$folder/runtime include mirror
  include=$(IFS=,; echo "$*")
  # Whence this machine has its own packages.
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | head -n 1)
  rm -rf "$tree" "$folder/runtime.repo"
  mmdebstrap --quiet --variant=apt --include="$include" bookworm "$folder/root.tar" "$mirror"
  mkdir -p "$tree"/{files,var,usr/etc}
  tar -C "$tree/usr" --strip-components=2 -xf "$folder/root.tar" ./usr
  tar -C "$tree/usr/etc" --strip-components=2 --exclude='./etc/*shadow*' -xf "$folder/root.tar" ./etc
  printf '[Runtime]\nname=%s\nruntime=%s/x86_64/%s\nsdk=%s/x86_64/%s\n' \
    "$runtime" "$runtime" "$version" "$runtime" "$version" > "$tree/metadata"
  flatpak build-export --runtime --disable-fsync "$folder/runtime.repo" "$tree" "$version"
  flatpak --user remote-add --if-not-exists --no-gpg-verify runtime "$folder/runtime.repo"
  flatpak --user install -y --noninteractive --or-update runtime "$runtime//$version"
  rm -rf "$folder/root.tar" "$tree"
  printf '%s\n' "$*" > "$folder/packages"
}

build () {
  local source=$folder/source
  rm -rf "$source" "$folder/application"
  mkdir -p "$source"
  # The tree as it lies here, without what builds have left.
  git ls-files -z --cached --others --exclude-standard |
    xargs -0 sh -c 'for file; do [ ! -f "$file" ] || printf "%s\0" "$file"; done' sh |
    tar -c --null --files-from=- | tar -x -C "$source"
  python3 flatpak/substitute.py "flatpak/$application.json" "$runtime" "$version" "$source" \
    > "$folder/$application.json"
  flatpak-builder --user --disable-rofiles-fuse --disable-download --force-clean \
    --state-dir="$folder/state" --repo="$folder/application.repo" "$folder/application" \
    "$folder/$application.json"
  flatpak build-update-repo "$folder/application.repo"
  flatpak --user remote-add --if-not-exists --no-gpg-verify application "$folder/application.repo"
  flatpak --user install -y --noninteractive --or-update --reinstall application "$application"
}

# What stands in the shell's words runs on the screen that nobody sees.
start () {
  export application patience
  LANG=C.UTF-8 LANGUAGE=zh_CN python3 tests/e2e/display.py bash -c '
    flatpak run --user --env=GSK_RENDERER=cairo "$application" &
    started=$!
    if timeout "$patience" xdotool search --sync --onlyvisible --class juanzong >/dev/null; then
      seen=0
    else
      seen=1
    fi
    flatpak kill "$application" || true
    wait "$started" || true
    exit "$seen"'
}

if [ "$(cat "$folder/packages" 2>/dev/null)" != "$*" ]; then
  make_runtime "$@"
fi
build
if start; then
  echo 'The flatpak was built, installed and started; its window was seen.'
else
  echo "The flatpak was built and installed; no window was seen within $patience seconds." >&2
  exit 1
fi
