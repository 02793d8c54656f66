// SPDX-License-Identifier: Apache-2.0

/** The command {@code zreap}. */
module org.zreap.cli {
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires java.logging;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires org.zreap;
    requires org.zreap.engines;
    requires org.zreap.json;
    requires org.zreap.serve;
    requires static org.jspecify;

    opens org.zreap.cli to
            info.picocli;
}
