#!/bin/sh
# Answers a missing or too old Node.js with one clear line; npm itself cannot. Silent where all is well.
root=$(dirname "$0")/..
needed=$(sed -n 's/^ *"node": *">=\([0-9.]*\)".*/\1/p' "$root/package.json")
if ! command -v node >/dev/null 2>&1; then
  echo "virtio-trace: Node.js $needed or newer is needed, and no 'node' is on the PATH. Install it and try again." >&2
  exit 1
fi
if ! command -v npm >/dev/null 2>&1; then
  echo "virtio-trace: npm is needed (it comes with Node.js), and no 'npm' is on the PATH. Install it and try again." >&2
  exit 1
fi
exec node -e 'require(require("path").resolve(process.argv[1], "scripts/setup.cjs")).requireNode()' "$root"
