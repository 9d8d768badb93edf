#!/usr/bin/env bash
# Has the C compiler check every .c and .S file of sample/ without keeping anything; ends with one line of counts.
# The sample is x86-64 code: another compiler can be named in CC.
set -uo pipefail
cd "$(dirname "$0")/../sample" || exit 1

cc=${CC:-cc}
if ! command -v "$cc" >/dev/null; then
  echo "check-sample: no C compiler $cc; on Debian: apt-get install gcc libc6-dev" >&2
  exit 1
fi

ok=0 failed=0

# check FOLDER FLAGS...: the files below FOLDER, with these flags; include folders are relative to FOLDER.
check() {
  local folder=$1; shift
  local before=$ok file mode
  while IFS= read -r file; do
    case $file in *.S) mode=(-c -o /dev/null) ;; *) mode=(-fsyntax-only) ;; esac
    if (cd "$folder" && "$cc" -std=gnu11 "${mode[@]}" -Wall -Wextra -Werror "$@" "$file"); then
      ok=$((ok + 1))
    else
      failed=$((failed + 1))
      echo "check-sample: not valid: $folder/${file#./}" >&2
    fi
  done < <(cd "$folder" && find . -name '*.[cS]' | sort)
  [ "$ok" -gt "$before" ] || { failed=$((failed + 1)); echo "check-sample: no file is valid in $folder" >&2; }
}

kernel=(-ffreestanding -nostdinc)

check linux "${kernel[@]}" -Iinclude -Iarch/x86/include -Iinclude/uapi
check acrn/hypervisor "${kernel[@]}" -Iinclude/lib -Iinclude/arch/x86 -Iinclude/common -Iinclude/dm -Iinclude/public \
  -Iinclude/debug
check acrn/devicemodel -D_GNU_SOURCE -Iinclude -I../hypervisor/include/public

echo "check-sample: $ok files valid, $failed not"
[ "$failed" -eq 0 ]
