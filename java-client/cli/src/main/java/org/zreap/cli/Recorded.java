// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

/** A command that prints results which {@code /proc/zreap_recent} keeps. */
interface Recorded {}
