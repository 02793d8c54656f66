#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# xargs -P reads its next argument, which does not come. A command that it started has ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit sh -c '(echo 1; exec sleep 1000000) | xargs -P 2 -n 1 true'
child_of "$main" xargs
xargs=$found
zombie_of "$xargs"
await sleeps_in pipe_read "$xargs"
copy "$found"
