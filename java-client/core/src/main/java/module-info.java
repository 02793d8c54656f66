// SPDX-License-Identifier: Apache-2.0

/** Lists, reaps and verifies zombie processes; {@link org.zreap.Zreap} is the way in. */
@SuppressWarnings("module") // the modules that share its inside are built after it
module org.zreap {
    requires com.sun.jna;
    requires jdk.unsupported;
    requires org.apache.commons.io;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports org.zreap;
    exports org.zreap.adopt;
    exports org.zreap.diagnosis;
    exports org.zreap.event;
    exports org.zreap.module;
    exports org.zreap.remedy;
    exports org.zreap.internal to
            org.zreap.cli,
            org.zreap.micrometer,
            org.zreap.serve;
    exports org.zreap.internal.adopt to
            org.zreap.cli,
            org.zreap.serve;
    exports org.zreap.internal.proc to
            org.zreap.cli,
            org.zreap.serve;
    exports org.zreap.internal.sys to
            org.zreap.serve;

    opens org.zreap.internal.sys to
            com.sun.jna;
}
