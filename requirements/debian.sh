#!/bin/sh
# Installs, on Debian as root, what a few tests want besides Python: a browser and fonts.
# Everywhere else it says what is missing; those tests then skip and name it.
packages="chromium fonts-dejavu-core fonts-liberation fonts-noto-core fonts-roboto fonts-lato fonts-open-sans"

missing=""
for package in $packages; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing for the tests:$missing"
  export DEBIAN_FRONTEND=noninteractive
  { timeout 120 apt-get update -qq && timeout 300 apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1 \
    || echo "apt-get could not install them; the tests that need them will skip."
else
  echo "Not here:$missing. The tests that need them will skip."
fi
exit 0
