#!/usr/bin/env bash
# Lays out the Linux source folders of the routes from Debian's own package: a real tree to map.
# usage: linux-tree.sh VERSION FOLDER     VERSION as in the package's name, e.g. 6.12. Does nothing where the folder has it.
set -euo pipefail
[ $# -eq 2 ] || { sed -n '3p' "$0" >&2; exit 2; }
version=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)
[ -e "$folder/.complete" ] && exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
if ! apt-cache show "linux-source-$version" >/dev/null 2>&1; then
  [ "$(id -u)" -eq 0 ] || { echo "virtio-trace: apt does not know linux-source-$version. Run: sudo apt-get update" >&2; exit 1; }
  apt-get update -qq
fi
echo "virtio-trace: downloading linux-source-$version" >&2
apt-get download -qq -o APT::Sandbox::User=root "linux-source-$version"
dpkg-deb --fsys-tarfile linux-source-*.deb | tar -x --wildcards './usr/src/*.tar.xz'

echo "virtio-trace: unpacking the folders of the routes into $2" >&2
wanted=(
  Makefile fs/read_write.c fs/ioctl.c fs/eventfd.c fs/eventpoll.c lib/iomap.c include
  drivers/tty drivers/char/virtio_console.c drivers/virtio drivers/virt drivers/vhost drivers/block/virtio_blk.c
  arch/x86/include arch/x86/kernel/cpu/acrn.c arch/x86/kernel/irq.c arch/x86/kernel/idt.c arch/x86/kernel/apic
  kernel/irq kernel/sched kernel/workqueue.c kernel/kthread.c kernel/printk
)
tar -xJf usr/src/*.tar.xz -C "$folder" --strip-components=1 "${wanted[@]/#/linux-source-$version/}"
touch "$folder/.complete"
