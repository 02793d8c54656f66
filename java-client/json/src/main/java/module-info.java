// SPDX-License-Identifier: Apache-2.0

/** JSON as all of zreap writes it; {@link org.zreap.json.JsonLines} is the way in. */
module org.zreap.json {
    requires transitive com.fasterxml.jackson.core;
    requires transitive org.zreap;
    requires static org.jspecify;

    exports org.zreap.json;
}
