#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A CGI program of Apache has ended, but a daemon that it started holds its output.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

cat > apache2.conf <<END
ServerName localhost
ServerRoot $work
DefaultRuntimeDir $work
User www-data
Group www-data
PidFile $work/pid
ErrorLog $work/error.log
Listen 127.0.0.1:8080
LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so
LoadModule cgi_module /usr/lib/apache2/modules/mod_cgi.so
LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
StartServers 1
MaxRequestWorkers 2
ScriptAlias / $work/cgi/
END
mkdir -p cgi
printf '%s\n' '#!/bin/sh' 'echo "Content-Type: text/plain"' 'echo' 'sleep 1000000 &' > cgi/program
chmod -R a+rx .
chmod a+x /srv/trees
unit apache2 -X -f "$work/apache2.conf"
server=$main
unit_named "$tree-client" python3 -c '
import urllib.request
urllib.request.urlopen("http://127.0.0.1:8080/program").read()'
zombie_of "$server"
await sleeps_in poll "$server"
copy "$found"
