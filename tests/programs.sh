#!/usr/bin/env bash
# Installs the programs that some tests drive, from Debian's packages: Chromium, which opens our
# pages, and LibreOffice Calc, which opens our workbooks. What is there is not installed again.
#
# Exit 0: all are there. Exit 77: one is not and cannot be had here; a line says why.

set -euo pipefail

wanted=()
command -v chromium >/dev/null || wanted+=(chromium)
command -v soffice >/dev/null || wanted+=(libreoffice-calc-nogui)
[ ${#wanted[@]} = 0 ] && exit 0

cannot() {
	echo "Not here for the tests: ${wanted[*]}: $1" >&2
	exit 77
}

command -v apt-get >/dev/null || cannot "they are Debian's packages, and there is no apt-get"
[ "$(id -u)" = 0 ] || cannot "run: apt-get install --no-install-recommends ${wanted[*]}"
log=$(mktemp)
if ! { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -qy install \
	--no-install-recommends "${wanted[@]}"; } >"$log" 2>&1; then
	tail -n 5 "$log" >&2
	cannot "apt-get could not install them"
fi
rm -f "$log"
