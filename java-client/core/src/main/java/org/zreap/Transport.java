// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/** How a {@link Zreap} client reaches the kernel module. All transports give the same results. */
public enum Transport {

    /** The file {@code /proc/zreap}. */
    PROCFS,

    /**
     * The generic netlink family {@code zreap}, which is in the initial network namespace only. The
     * module acts on the targets of a request while the client receives their results. If the
     * client's socket closes, the module leaves the rest undone. So the client receives all results
     * of a batch that it has begun, also after a time-out, an interrupt or a cancel. Only a failure
     * or the end of the JVM ends a batch early.
     */
    NETLINK
}
