// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/** The ways from a {@link Zreap} client to the kernel module. All give the same results. */
public enum Transport {

    /** The file {@code /proc/zreap}. */
    PROCFS,

    /**
     * The generic netlink family {@code zreap}, which is in the initial network namespace only. Nobody can register a
     * family while a request is at work: where that matters, use {@link #PROCFS} for large ones.
     */
    NETLINK
}
