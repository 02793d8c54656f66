// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The form that a value of the policy must have. One shape both reads the file and gives the JSON
 * Schema for editors.
 *
 * @param <T> what it reads
 */
interface Shape<T> {

    /** Reads a value. If it has another form, this adds a problem and gives nothing. */
    Optional<T> read(Node node, Problems problems);

    /** The JSON Schema of this form. */
    Map<String, Object> schema();

    /** The same form, as another type. */
    default <R> Shape<R> map(Function<T, R> convert) {
        Shape<T> shape = this;
        return new Shape<>() {
            @Override
            public Optional<R> read(Node node, Problems problems) {
                return shape.read(node, problems).map(convert);
            }

            @Override
            public Map<String, Object> schema() {
                return shape.schema();
            }
        };
    }
}
