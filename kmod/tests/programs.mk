# SPDX-License-Identifier: GPL-2.0-only
# Builds test programs for this machine's user space, since the guests run on its files. Include it at the end.
CFLAGS ?= -O1 -g
CFLAGS += -std=gnu11 -Wall -Wextra -Wno-unused-parameter -Werror -pthread

build:
	mkdir -p $@

clean:
	rm -rf build

.PHONY: clean
