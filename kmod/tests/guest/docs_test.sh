#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# docs/proc-interface.md tells the truth:
# 1. run its example as written, with the PID that the zombie has this time
# 2. the output is that of the page, numbers aside
# 3. its tables name the results, verbs and parameters that the module has
# 4. the module refuses each row of its table of malformed requests, and the log has the advice
. ./lib.sh

page=../../../docs/proc-interface.md

# The lines of the indented block that begins with a pattern.
block() {
	awk -v pattern="$1" '
		/^    / { line = substr($0, 5); if (index(line, pattern) == 1) on = 1; if (on) print line; next }
		on { exit }
	' "$page"
}

# Numbers differ each time, except STATUS and the like, which stay.
without_numbers() {
	sed -E 's/\b[0-9]+\b/N/g'
}

example_is_so() {
	block "# sh -c '(exit 7)" > /tmp/example
	expected=$(grep -v '^# ' /tmp/example | without_numbers)
	grep '^# ' /tmp/example | sed 's/^# //' > /tmp/commands
	head -n 1 /tmp/commands > /tmp/first
	# shellcheck disable=SC1091 # the page's own commands
	. /tmp/first
	parent=$!
	await has_zombies "$parent" 1
	written=$(sed -n 's/^.*echo \([0-9]*\).*$/\1/p' /tmp/commands)
	tail -n +2 /tmp/commands | sed "s/\b$written\b/$(zombies_of "$parent")/" > /tmp/rest
	# shellcheck disable=SC1091 # the page's own commands
	. /tmp/rest > /tmp/output
	exec 3>&-
	end_parent
	[ "$(without_numbers < /tmp/output)" = "$expected" ] && grep -q ' reaped 0 1792 ' /tmp/output
}

# The words in the first column of the table that begins with this header; a cell may hold several.
table() {
	awk -F '|' -v header="$1" '
		$2 ~ "^ " header " $" { on = 1; getline; next }
		on && !/^\|/ { exit }
		on { gsub(/ /, "", $2); gsub(/,/, "\n", $2); print $2 }
	' "$page"
}

results_are_so() {
	diff <(table result | sort) \
		<(cd /sys/kernel/zreap/stats && printf '%s\n' * | grep -v '^spared-\|^longest_hold_ns$')
}

parameters_are_so() {
	diff <(table parameter | sort) <(modinfo -F parm zreap | cut -d : -f 1 | sort)
}

defaults_are_so() {
	awk -F ' [|] ' '
		/^[|] parameter / { on = 1; getline; next }
		on && !/^[|]/ { exit }
		on { sub(/^[|] /, "", $1); print $1, $2 }
	' "$page" |
		while read -r name default; do
			[ "$(cat "/sys/module/zreap/parameters/$name")" = "$default" ] || exit
		done
}

verbs_are_so() {
	local verbs

	verbs=$(sed -n 's/^    verb   = \(.*\S\)  *(.*/\1/p' "$page" | tr -d '|' | tr -s ' ')
	[ "$(cat /sys/kernel/zreap/verbs)" = "$verbs" ]
}

options_are_so() {
	diff <(sed -n '/^    option =/,/^$/{ s/^    option =//; s/(.*//; p }' "$page" |
		tr '|' '\n' | sed 's/=.*//; s/ //g; /^$/d') \
		<(tr ' ' '\n' < /sys/kernel/zreap/options)
}

# Each row of the table of malformed requests that shows a text, with LF unless it says otherwise.
advice_is_so() {
	rmmod zreap && modprobe zreap
	awk -F ' [|] ' '/^[|] written /{ on = 1; getline; next } on && !/^[|]/{ exit } on' "$page" > /tmp/advice
	[ "$(grep -c '`' /tmp/advice)" -ge 7 ] || return 1
	while IFS='`' read -r _ written rest; do
		[ -n "$written" ] || continue
		end='\n'
		case $rest in " without LF"*) end= ;; esac
		advice=${rest#* | }
		{ printf "%s$end" "$written" > /proc/zreap; } 2> /dev/null && return 1
		await log_has "docs_test.sh\[$$\] wrote .* in line 1: ${advice% |}. This write did nothing" || return 1
	done < /tmp/advice
}

version_is_so() {
	[ "$(cat /sys/kernel/zreap/version)" = "$(modinfo -F version zreap)" ]
}

it "the example runs as written" example_is_so
it "the table of results" results_are_so
it "the table of parameters" parameters_are_so
it "the defaults of parameters" defaults_are_so
it "the verbs" verbs_are_so
it "the options" options_are_so
it "the advice for malformed requests" advice_is_so
it "the version is one" version_is_so
finish
