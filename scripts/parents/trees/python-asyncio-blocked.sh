#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A coroutine of asyncio blocks the event loop, so the loop does not take the child that ended.
# shellcheck source=../lib.sh
. "$(dirname "$0")/../lib.sh"

unit python3 -c '
import asyncio, time
async def main():
    child = await asyncio.create_subprocess_exec("true")
    time.sleep(1000000)
    await child.wait()
asyncio.run(main())'
zombie_of "$main"
await sleeps_in nanosleep "$main"
copy "$found"
