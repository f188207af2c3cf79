#!/usr/bin/env bash
# Puts up a real MediaWiki for the tests: Debian's own package, unpacked and never installed,
# on SQLite and PHP's built-in server. Safe to run again: what is done is not done twice.
#
#     tests/mediawiki/setup.sh [DIR]          DIR: .mediawiki in the checkout
#
# Exit 0: DIR is ready for tests/mediawiki/bench.py.
# Exit 77: it cannot be had on this machine; one line says why, and DIR/why-not keeps it.
#
# In DIR: debs/ (downloads), php/ (only where PHP is not installed), bin/php, mw/ (the code,
# shared by all benches), pristine/ (the data of an untouched wiki), accounts.json, setup.log.
# As root, missing PHP packages are installed; anybody else gets them unpacked into DIR.

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "${1:-$here/../../.mediawiki}"
dir=$(cd "${1:-$here/../../.mediawiki}" && pwd)
log=$dir/setup.log
packages=(php-cli php-sqlite3 php-mbstring php-xml php-intl diffutils)
# In an order that lets each find what it builds on.
modules=(pdo ctype dom fileinfo iconv intl mbstring pdo_sqlite posix simplexml sqlite3 tokenizer
	xml xmlreader xmlwriter)

cannot() {
	rm -f "$dir/ready"
	echo "$1" >"$dir/why-not"
	echo "No MediaWiki for the tests: $1" >&2
	exit 77
}

# Whatever else goes wrong, it is one line too.
at_exit() {
	local code=$?
	[ $code = 0 ] || [ $code = 77 ] || cannot "setup.sh ended with exit code $code"
}
trap at_exit EXIT

# step WHAT COMMAND…: runs it quietly; a failure is one line, its details are in the log.
step() {
	local what=$1
	shift
	echo "== $what" >>"$log"
	"$@" >>"$log" 2>&1 || cannot "$what failed ($(basename "$dir")/setup.log says how)"
}

# --- packages ---

# Root uses the machine's apt; anybody else one of their own, whose lists are in DIR.
apt() {
	if [ "$(id -u)" = 0 ]; then
		apt-get -q -o APT::Sandbox::User=root "$@"
	else
		mkdir -p "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial"
		apt-get -q -o Dir::State::lists="$dir/apt/lists" -o Dir::Cache="$dir/apt/cache" \
			-o Debug::NoLocking=true "$@"
	fi
}

refresh_lists() {
	[ -n "${lists_are_fresh:-}" ] && return
	command -v apt-get >/dev/null || cannot "it is unpacked from Debian's packages, and there is no apt-get here"
	step "apt-get update" apt update
	lists_are_fresh=1
}

download() {
	mkdir -p "$dir/debs"
	(cd "$dir/debs" && apt download "$@")
}

downloaded() {
	find "$dir/debs" -name "$1_*.deb" 2>/dev/null | sort -V | tail -n 1
}

# --- PHP ---

loads_modules() {
	local loaded module
	loaded=" $("$@" -r 'echo strtolower(implode(" ", get_loaded_extensions()));' 2>/dev/null) " || return 1
	for module in "${modules[@]}"; do
		[[ $loaded == *" $module "* ]] || return 1
	done
}

write_php_command() {
	mkdir -p "$dir/bin"
	printf '#!/bin/sh\nexec %s "$@"\n' "$1" >"$dir/bin/php"
	chmod +x "$dir/bin/php"
}

# Unpacks what an installation would bring, and writes a php command that finds it there.
unpack_php() {
	local missing name root=$dir/php program library_path
	missing=$(apt install --simulate --no-install-recommends "${packages[@]}" 2>>"$log" |
		awk '$1 == "Inst" { print $2 }') || cannot "apt-get cannot put PHP together here"
	[ -n "$missing" ] || cannot "PHP is installed but lacks modules it should have"
	# shellcheck disable=SC2086  # a list of names
	step "the download of PHP" download $missing
	rm -rf "$root"
	for name in $missing; do
		step "unpacking $name" dpkg-deb -x "$(downloaded "$name")" "$root"
	done
	program=$(find "$root/usr/bin" -name 'php[0-9]*' -type f | head -n 1)
	library_path=$(find "$root" -name '*.so.*' -printf '%h\n' | sort -u | paste -sd:)
	{
		echo "extension_dir = \"$(dirname "$(find "$root" -name mbstring.so)")\""
		echo "zend_extension = opcache"
		printf 'extension = %s\n' "${modules[@]}"
	} >"$root/php.ini"
	write_php_command "env LD_LIBRARY_PATH='$library_path' PHP_INI_SCAN_DIR= '$program' -c '$root/php.ini'"
}

provide_php() {
	if command -v php >/dev/null && loads_modules php && command -v diff3 >/dev/null; then
		write_php_command "'$(command -v php)'"
	else
		refresh_lists
		if [ "$(id -u)" = 0 ]; then
			DEBIAN_FRONTEND=noninteractive step "the installation of PHP" \
				apt install -y --no-install-recommends "${packages[@]}"
			write_php_command "'$(command -v php)'"
		else
			unpack_php
		fi
	fi
	loads_modules "$dir/bin/php" || cannot "PHP does not load all its modules"
}

# --- MediaWiki ---

unpack_mediawiki() {
	local package
	for package in mediawiki mediawiki-classes; do
		if [ -z "$(downloaded "$package")" ]; then
			refresh_lists
			step "the download of $package" download "$package"
		fi
		step "unpacking $package" dpkg-deb -x "$(downloaded "$package")" "$dir/unpacked"
	done
	mv "$dir/unpacked/usr/share/mediawiki" "$dir/unpacked/mw"
	(
		cd "$dir/unpacked/mw"
		rm -f LocalSettings.php config extensions images # links to where it is not installed
		ln -s extensions-core extensions
		mkdir images cache
	)
	mv "$dir/unpacked/mw" "$dir/mw"
	rm -rf "$dir/unpacked"
}

secret() {
	# Bot passwords must match [0-9a-w]{32,}: hexadecimal does.
	od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

maintain() {
	local script=$1
	shift
	"$dir/bin/php" "$dir/mw/maintenance/$script" "$@"
}

# account ROLE NAME GRANTS [GROUP OPTION]: also adds the line of accounts.json.
account() {
	local role=$1 name=$2 grants=$3 password
	password=$(secret)
	if [ "$name" != Admin ]; then # install.php made that one
		# shellcheck disable=SC2086  # no option at all when there is no group
		step "the account $name" maintain createAndPromote.php ${4:-} "$name" "$(secret)"
	fi
	step "the bot password of $name" maintain createBotPassword.php --appid tests --grants "$grants" \
		"$name" "$password"
	printf '  "%s": {"account": "%s@tests", "password": "%s"}' "$role" "$name" "$password"
}

make_wiki() {
	export WIKIBOT_BENCH_DATA=$dir/new WIKIBOT_BENCH_SETUP=1
	rm -rf "$dir/new" "$dir/pristine" "$dir/mw/LocalSettings.php" "$dir"/mw/cache/*
	mkdir -p "$dir/new"
	step "the installation of the wiki" maintain install.php --dbtype sqlite --dbpath "$dir/new" \
		--dbname wiki --lang fr --server http://127.0.0.1 --scriptpath "" --confpath "$dir/new" \
		--pass "$(secret)" "Communs de test" Admin
	rm "$dir/new/LocalSettings.php"
	cp "$here/LocalSettings.php" "$dir/mw/"
	step "the tables of extensions" maintain update.php --quick
	step "the cache of messages" maintain rebuildLocalisationCache.php --lang fr,en
	local edit=basic,editpage,createeditmovepage
	{
		echo "{"
		account bot "Robot des communs" "$edit,highvolume" --bot && echo ","
		account human "Camille Martin" "$edit" && echo ","
		account admin Admin "$edit,highvolume,editprotected,editinterface,delete,protect,blockusers" && echo
		echo "}"
	} >"$dir/accounts.json"
	step "the first jobs" maintain runJobs.php
	mv "$dir/new" "$dir/pristine"
}

# --- all of it, by one process at a time ---

exec 9>"$dir/lock"
command -v flock >/dev/null && flock 9
recipe=$(cat "$here/setup.sh" "$here/LocalSettings.php" | cksum)
if [ "$(cat "$dir/ready" 2>/dev/null)" = "$recipe" ] && loads_modules "$dir/bin/php"; then
	exit 0
fi
rm -f "$dir/ready" "$dir/why-not"
: >"$log"
echo "Setting up MediaWiki for the tests in $(basename "$dir")/ …" >&2
provide_php
[ -f "$dir/mw/api.php" ] || unpack_mediawiki
make_wiki
echo "$recipe" >"$dir/ready"
