// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.util.Optional;

/**
 * A key of a section of the policy.
 *
 * @param name how the file has it
 * @param description what it does, for editors
 * @param shape the form of its value
 * @param required whether a section must have it
 * @param <T> the type of its value
 */
record Key<T>(String name, String description, Shape<T> shape, boolean required) {

    static <T> Key<T> optional(String name, Shape<T> shape, String description) {
        return new Key<>(name, description, shape, false);
    }

    static <T> Key<T> required(String name, Shape<T> shape, String description) {
        return new Key<>(name, description, shape, true);
    }

    @SuppressWarnings("unchecked") // Section puts under a key only what its shape has read
    Optional<T> in(Section.Values values) {
        return Optional.ofNullable((T) values.byKey().get(this));
    }
}
