#!/bin/sh
# Installs, on Debian as root, what tests and training want besides Python: a browser and typefaces.
# Everywhere else it says what is missing; the tests that need it skip and name it.
packages="chromium fonts-anonymous-pro fonts-bebas-neue fonts-cantarell fonts-comic-neue fonts-courier-prime
  fonts-croscore fonts-crosextra-caladea fonts-crosextra-carlito fonts-dancingscript fonts-dejavu-core fonts-dejavu-extra
  fonts-ebgaramond fonts-hack fonts-inconsolata fonts-inter fonts-lato fonts-liberation fonts-ocr-b fonts-open-sans
  fonts-quicksand fonts-roboto-unhinted fonts-urw-base35"

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
