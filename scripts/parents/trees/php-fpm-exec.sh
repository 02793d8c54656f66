#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A script in a worker of php-fpm calls exec. The command has ended, but a daemon that it started holds its output.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > fpm.conf <<END
[global]
daemonize = no
error_log = $work/error.log
[www]
listen = 127.0.0.1:9001
user = root
group = root
pm = static
pm.max_children = 1
END
echo '<?php exec("sleep 1000000 & exit 3");' > main.php
unit php-fpm8.4 --allow-to-run-as-root --fpm-config fpm.conf
cat > ask.py <<'END'
# One request of FastCGI.
import socket
import struct

def record(kind, content):
    return struct.pack(">BBHHBB", 1, kind, 1, len(content), 0, 0) + content

def pair(name, value):
    return bytes([len(name), len(value)]) + name + value

server = socket.create_connection(("127.0.0.1", 9001))
script = pair(b"SCRIPT_FILENAME", b"/srv/trees/php-fpm-exec/main.php") + pair(b"REQUEST_METHOD", b"GET")
server.sendall(record(1, struct.pack(">HB5x", 1, 0)) + record(4, script) + record(4, b"") + record(5, b""))
server.recv(1)
END
child_of "$main" php-fpm8.4
worker=$found
unit_named "$tree-client" python3 ask.py
zombie_of "$worker"
await sleeps_in pipe_read "$worker"
copy "$found"
