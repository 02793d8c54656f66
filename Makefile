# SPDX-License-Identifier: Apache-2.0
# All that can be done here; the work itself is done by scripts/, kmod/ and Maven.

CLI := java-client/cli/target/zreap-cli.jar
JAVA_SOURCES := $(shell find pom.xml java-client -name pom.xml -o -path '*/src/main/*' -type f)
DEMO := target/demo/.built

help:
	@echo 'make demo      a zombie of a living JVM, and how it goes: in a test VM (KERNEL=NAME: with that kernel)'
	@echo 'make test      all tests; the gate of every change (KERNEL=NAME: the guest tests with that kernel)'
	@echo 'make check     the static part of it: what every file must hold'
	@echo 'make build     both halves: the module for the test kernel, the Java library and command'
	@echo 'make shell     a shell in a test VM with zreap loaded'
	@echo 'make storm     long storms against the module in a test VM (STORM="--count 100000 --seed 7 waiters": which)'
	@echo 'make foreign   selftests of the kernel, with zreap and without, and stress-ng, in test VMs (SUITES="pidfd exec": which)'
	@echo 'make host-test the packages on booted Debian hosts with systemd (SCENARIOS="bare-12": which; as root, after make deb)'
	@echo 'make container-test  zombies in containers of real engines, on a booted Debian host (ENGINES="docker lxc": which; as root, after make deb)'
	@echo 'make fleet-test  the playbooks of deploy/ansible on two booted Debian hosts (as root, after make deb)'
	@echo 'make page-test the status page in Chromium: sizes, contrast, and screenshots in target/page'
	@echo 'make mutation  do the unit tests of the Java half notice small changes of the code? (MUTANTS="wire adopt": which)'
	@echo 'make capture   trees of /proc with zombies of real programs, for the tests of the diagnosis (TREES="cron-job": which; as root)'
	@echo 'make bench     what a bystander feels of zreap, and what kill-if-jiangshi costs, in test VMs'
	@echo 'make serve-bench  the CPU time of the service beside cat /proc/zreap, with 30,000 tasks, in a test VM of 12 GiB'
	@echo 'make kernels   the kernels that KERNEL= can name'
	@echo 'make matrix    the tests in guests on all of these kernels'
	@echo 'make debug-kernels  builds those of them that look for faults: minutes for each'
	@echo 'make drawings  the pictures of docs/, from their text sources (Debian: graphviz)'
	@echo 'make deb       Debian packages, in target/deb'
	@echo 'make rpm       RPM packages, in target/rpm; never tried on a system that has them'
	@echo 'make image     container image of the command and the service, in target/image (as root)'
	@echo 'make image-loader  container image that builds and loads the module (as root)'
	@echo 'make image-test  are the two images whole, and do they run? (as root)'
	@echo 'make release   tarball, Debian packages, jars and bill of materials of the last commit, in target/release'
	@echo 'make install   on this machine: the command below PREFIX=/usr/local, the module by DKMS if it is there (DESTDIR=)'
	@echo 'make uninstall  removes that'
	@echo 'make clean     removes what was built in this tree; the cache of kernels (~/.cache/zreap) stays'

demo: $(DEMO)
	@scripts/vm run --timeout 5m -- scripts/guest/demo

test: setup
	@scripts/test

check: setup
	@scripts/check

build: $(CLI)
	@scripts/vm build

shell: setup
	@scripts/vm shell

storm: setup
	@make -s -C kmod/tests/storm
	@scripts/results run storms scripts/vm run --timeout 2h -- kmod/tests/storm/build/storm $(STORM)

foreign:
	@scripts/setup packages-foreign.txt
	@make -s -C kmod/tests/foreign
	@scripts/results run foreign scripts/foreign $(SUITES)
	@scripts/results run foreign scripts/vm run --timeout 10m -- scripts/guest/stress-zombies

host-test:
	@scripts/setup packages-host.txt
	@scripts/host-test $(SCENARIOS)

container-test:
	@scripts/setup packages-host.txt
	@scripts/container-test $(ENGINES)

fleet-test: setup
	@scripts/setup packages-host.txt packages-fleet.txt
	@scripts/fleet-test

page-test: setup $(CLI)
	@scripts/setup packages-page.txt
	@mvn -B -ntp -q -pl java-client/serve -am -Dtest=StatusHtmlTest \
		-Dsurefire.failIfNoSpecifiedTests=false -Dtests.required=false test
	@scripts/page-test

mutation: setup
	@scripts/results run mutation scripts/mutation $(MUTANTS)

capture:
	@scripts/setup packages-host.txt
	@scripts/capture $(TREES)

bench: setup
	@make -s -C kmod/tests/guest
	@scripts/results run latency scripts/vm run --mem 6G --timeout 30m -- sh -c \
		'echo 200000 > /proc/sys/kernel/threads-max; kmod/tests/guest/build/latency_bench'
	@scripts/results run jiangshi scripts/vm run -- kmod/tests/guest/build/jiangshi_bench

serve-bench: $(CLI)
	@make -s -C kmod/tests/guest
	@scripts/results run serve scripts/vm run --mem 12G --timeout 30m -- scripts/guest/serve-bench

deb:
	@scripts/setup packages-deb.txt
	@scripts/deb

rpm:
	@scripts/setup packages-deb.txt
	@scripts/rpm

release:
	@scripts/setup packages-deb.txt
	@scripts/release

image: setup
	@scripts/setup packages-image.txt
	@scripts/jars cyclonedx:makeAggregateBom
	@scripts/image zreap

image-loader: setup
	@scripts/setup packages-image.txt
	@scripts/image zreap-loader

image-test: image image-loader
	@cd scripts && python3 -m unittest discover -v -s tests/image

# On systems without apt too: no setup.
install:
	@scripts/jars
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' KDIR='$(KDIR)' scripts/install

uninstall:
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' scripts/uninstall

kernels:
	@scripts/vm kernels

matrix: setup
	@scripts/test unit-java
	@scripts/matrix

debug-kernels: setup
	@for kernel in $$(scripts/vm kernels | sed -n 's/^\(debug-[^ ]*\) .*/\1/p'); do \
		scripts/vm build --kernel "$$kernel" || exit; \
	done

drawings:
	@dot -Tsvg docs/architecture.dot -o docs/architecture.svg

setup:
	@scripts/setup

$(CLI): $(JAVA_SOURCES) | setup
	@echo 'Building the Java half'
	@scripts/jars
	@touch $@

$(DEMO): $(CLI) $(wildcard scripts/guest/*.java)
	@mkdir -p $(@D)
	@javac -d $(@D) -cp 'java-client/cli/target/lib/*' scripts/guest/*.java
	@touch $@

clean:
	rm -rf target java-client/target java-client/*/target kmod/tests/*/build

export ZREAP_KERNEL := $(or $(KERNEL),$(ZREAP_KERNEL))

.PHONY: help demo test check build shell storm foreign host-test container-test fleet-test page-test mutation capture \
	bench serve-bench kernels matrix \
	debug-kernels drawings \
	deb rpm image image-loader image-test release install uninstall setup clean
