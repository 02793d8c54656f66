#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A check for node-problem-detector: check-zombies.sh FILE LIMIT. FILE is what zreap serve writes for node_exporter.
# It exits with 0 if the node has at most LIMIT zombies, 1 if it has more, 2 if that is not known. It prints one line of
# at most 80 bytes of ASCII. It needs nothing but a shell.
set -u
LC_ALL=C
export LC_ALL

answer() {
	printf '%.80s\n' "$2"
	exit "$1"
}

# whole NUMBER: sets $count to it without its fraction. Java writes 10 million and more with an exponent.
whole() {
	case $1 in
		*E*) count=10000000 ;;
		*) count=${1%%.*} ;;
	esac
	case $count in
		'' | *[!0-9]*) answer 2 "zreap's metrics have a number that is none: $1" ;;
	esac
}

if [ $# -ne 2 ]; then
	answer 2 'usage: check-zombies.sh FILE LIMIT'
fi
file=$1
case $2 in
	'' | *[!0-9]*) answer 2 'LIMIT is a number' ;;
esac
[ -r "$file" ] || answer 2 'no metrics of zreap: zreap serve does not run, or writes no textfile'

sum=0 most=0 parent='' listed=''
while read -r line; do
	value=${line##* }
	case $line in
		'zreap_zombies{'*)
			[ "$value" != NaN ] || answer 2 'zreap serve cannot list zombies'
			whole "$value"
			sum=$((sum + count))
			if [ "$count" -gt "$most" ]; then
				most=$count parent=${line##*parent=\"}
				parent=${parent%%\"*}
			fi
			;;
		'zreap_listing_successful '*) listed=$value ;;
	esac
done <"$file"

case $listed in
	1 | 1.0) ;;
	'') answer 2 'the file has no metrics of zreap' ;;
	*) answer 2 'zreap serve cannot list zombies' ;;
esac
[ "$sum" -gt "$2" ] || answer 0 "$sum zombies"
# The message goes into the API: no byte of a command name may harm it.
case $parent in
	'' | *[!A-Za-z0-9._:/@+-]*) answer 1 "$sum zombies" ;;
	*) answer 1 "$sum zombies, $most of them under $parent" ;;
esac
