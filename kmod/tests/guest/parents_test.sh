#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What a forced reap does to a parent that does wait, later (docs/safety.md):
# 1. a program of some runtime starts a child that exits with 7, and does not wait yet
# 2. zreap reaps the child without the parent's knowledge
# 3. the program waits, and gets a wrong answer
. ./lib.sh

folder=$(mktemp -d)

has_one_zombie() {
	has_zombies "$1" 1
}

# says EXPECTED COMMAND...: run it with a gate as its standard input; reap its child; open the gate.
says() {
	expected=$1
	shift
	mkfifo "$folder/gate"
	"$@" < "$folder/gate" > "$folder/said" 2>&1 &
	parent=$!
	exec 4> "$folder/gate"
	await has_one_zombie "$parent" && zombies_of "$parent" > /proc/zreap
	echo go >&4
	exec 4>&-
	wait "$parent"
	rm "$folder/gate"
	said=$(cat "$folder/said")
	[ "$said" = "$expected" ] || { echo "# said: $said" && false; }
}

cat > "$folder/popen.py" <<'PYTHON'
import subprocess
child = subprocess.Popen(["sh", "-c", "exit 7"], stdin=subprocess.DEVNULL)
input()
print("exit status", child.wait())
PYTHON

cat > "$folder/waitpid.py" <<'PYTHON'
import os
pid = os.fork()
if pid == 0:
    os._exit(7)
input()
try:
    print(os.waitpid(pid, 0))
except ChildProcessError as error:
    print(error.strerror)
PYTHON

cat > "$folder/background.sh" <<'SHELL'
(exit 7) &
read -r _
wait $!
echo "status $?"
SHELL

it "Python's Popen.wait() gives 0" says "exit status 0" python3 "$folder/popen.py"
it "Python's os.waitpid() raises ChildProcessError" says "No child processes" python3 "$folder/waitpid.py"
it "dash's wait gives 255" says "status 255" dash "$folder/background.sh"
rm -r "$folder"
finish
