// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a value of the file is, for messages. Stateless. */
final class Described {

    private static final int SHOWN = 40;

    private Described() {}

    static String of(Node node) {
        if (node instanceof MappingNode) {
            return "keys with values";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            return quoted(scalar.getValue());
        }
        return "nothing";
    }

    /** The value between quotes, cut where it is long, without what controls a terminal. */
    static String quoted(String value) {
        String cut = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
        return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
