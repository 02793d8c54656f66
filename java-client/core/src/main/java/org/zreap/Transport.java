// SPDX-License-Identifier: Apache-2.0
package org.zreap;

/** The ways from a {@link Zreap} client to the kernel module. All give the same results. */
public enum Transport {

    /** The file {@code /proc/zreap}. */
    PROCFS,

    /**
     * The generic netlink family {@code zreap}: a little faster for many zombies. It is in the initial network
     * namespace only.
     */
    NETLINK
}
