#!/usr/bin/env bash
# Installs the named Debian packages that are missing, and says so. usage: debian-packages.sh PACKAGE...
set -euo pipefail
missing=()
for package in "$@"; do
  status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [ "$status" = 'install ok installed' ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
if ! command -v apt-get >/dev/null; then
  echo "virtio-trace: this needs a Debian system with the packages ${missing[*]}; here is no apt-get." >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "virtio-trace: Debian packages are missing. Run: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
echo "virtio-trace: installing the Debian packages ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >&2
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
