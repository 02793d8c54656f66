// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

/** The version that this build has. */
final class BuildVersion {

    /** As in {@code 1.2.3}. */
    static final String NUMBER = "${project.version}";

    private BuildVersion() {}
}
