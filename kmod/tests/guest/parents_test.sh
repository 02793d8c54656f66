#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What a forced reap does to a parent that does wait, later (docs/safety.md):
# 1. a program of some runtime starts a child that exits with 7, and does not wait yet
# 2. zreap reaps the child without the parent's knowledge
# 3. the program waits, and gets a wrong answer
# Programs that wait at once are stopped while their child ends and is taken by force. Then they go on.
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

is_stopped() {
	[ "$(state "$1")" = T ]
}

# says_when_stopped EXPECTED COMMAND...: the same for a program that is in a wait already.
# Its child ends when it can read from the gate, and the program says "started" first.
says_when_stopped() {
	expected=$1
	shift
	mkfifo "$folder/gate"
	exec 4<> "$folder/gate"
	GATE=$folder/gate "$@" > "$folder/said" 2> "$folder/errors" &
	parent=$!
	await grep -q started "$folder/said"
	kill -STOP "$parent"
	await is_stopped "$parent"
	echo go >&4
	await has_one_zombie "$parent" && echo "$(zombies_of "$parent") force" > /proc/zreap
	kill -CONT "$parent"
	echo go >&4
	wait "$parent"
	exec 4>&-
	rm "$folder/gate"
	said=$(grep -v started "$folder/said")
	[ "$said" = "$expected" ] || { echo "# said: $said" && sed 's/^/# /' "$folder/errors" && false; }
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

cat > "$folder/process.py" <<'PYTHON'
import multiprocessing
import os
child = multiprocessing.get_context("fork").Process(target=os._exit, args=(7,))
child.start()
input()
child.join()
print("exit code", child.exitcode, "alive", child.is_alive(), flush=True)
os._exit(0)
PYTHON

cat > "$folder/coroutine.py" <<'PYTHON'
import asyncio
async def main():
    child = await asyncio.create_subprocess_exec("sh", "-c", 'read -r _ < "$GATE"; exit 7')
    print("started", flush=True)
    print("exit status", await child.wait())
asyncio.run(main())
PYTHON

cat > "$folder/supervisor.py" <<'PYTHON'
import os
import signal
worker = os.fork()
if worker == 0:
    open(os.environ["GATE"]).readline()
    os._exit(7)
workers = {worker}
def reap(*_):
    try:
        while (pid := os.waitpid(-1, os.WNOHANG)[0]) > 0:
            workers.discard(pid)
    except ChildProcessError:
        pass
signal.signal(signal.SIGCHLD, reap)
print("started", flush=True)
open(os.environ["GATE"]).readline()
reap()
print("workers", len(workers))
PYTHON

cat > "$folder/running.sh" <<'SHELL'
(read -r _ < "$GATE"; exit 7) &
echo started
wait $!
echo "status $?"
SHELL

cat > "$folder/WaitFor.java" <<'JAVA'
class WaitFor {
    public static void main(String... arguments) throws Exception {
        String command = "read -r _ < \"$GATE\"; exit 7";
        Process child = new ProcessBuilder("sh", "-c", command).start();
        System.out.println("started");
        System.out.println("exit value " + child.waitFor());
    }
}
JAVA

it "Python's Popen.wait() gives 0" says "exit status 0" python3 "$folder/popen.py"
it "Python's os.waitpid() raises ChildProcessError" says "No child processes" python3 "$folder/waitpid.py"
it "dash's wait gives 255" says "status 255" dash "$folder/background.sh"
it "Python's multiprocessing takes the child for alive" \
	says "exit code None alive True" python3 "$folder/process.py"
it "Python's asyncio gives 255" says_when_stopped "exit status 255" python3 "$folder/coroutine.py"
it "a supervisor counts the child as alive" says_when_stopped "workers 1" python3 "$folder/supervisor.py"
it "bash's running wait gives -1" says_when_stopped "status -1" bash "$folder/running.sh"
it "busybox sh's wait gives 255" says_when_stopped "status 255" busybox sh "$folder/running.sh"
# -Xint: code that the JVM had compiled crashed once, under QEMU's emulation.
it "the JVM's waitFor() gives 0" says_when_stopped "exit value 0" java -Xint "$folder/WaitFor.java"
rm -r "$folder"
finish
