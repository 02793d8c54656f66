// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A shape whose parts must also fit each other.
 *
 * @param shape the shape of the parts
 * @param check makes the value, or adds a problem and gives nothing
 * @param <S> the type of the parts
 * @param <T> the type of the value
 */
record Checked<S, T>(Shape<S> shape, Check<S, T> check) implements Shape<T> {

    interface Check<S, T> {
        Optional<T> apply(S read, Node node, Problems problems);
    }

    @Override
    public Optional<T> read(Node node, Problems problems) {
        return shape.read(node, problems).flatMap(read -> check.apply(read, node, problems));
    }

    @Override
    public Map<String, Object> schema() {
        return shape.schema();
    }
}
