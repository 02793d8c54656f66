# SPDX-License-Identifier: GPL-2.0-only
# How test programs are built for this machine's user space: the guests run on its files. Included at a Makefile's end.
CFLAGS ?= -O1 -g
CFLAGS += -std=gnu11 -Wall -Wextra -Wno-unused-parameter -Werror -pthread

build:
	mkdir -p $@

clean:
	rm -rf build

.PHONY: clean
