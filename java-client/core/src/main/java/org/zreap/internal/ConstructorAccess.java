// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal;

import java.lang.invoke.MethodHandles;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets this package call a constructor that users must not see. The public class grants it when the
 * JVM initializes that class. The JDK does the same for its own modules.
 *
 * <p>Thread-safe.
 *
 * @param <P> what the constructor takes
 * @param <T> the public class
 */
public final class ConstructorAccess<P, T> {

    private final Class<T> type;
    private volatile @Nullable Function<P, T> constructor;

    ConstructorAccess(Class<T> type) {
        this.type = type;
    }

    /** The public class calls this in its static initializer. */
    public void grant(Function<P, T> own) {
        this.constructor = own;
    }

    T construct(P parts) {
        Function<P, T> granted = constructor;
        if (granted == null) {
            initialize();
            granted = Objects.requireNonNull(constructor);
        }
        return granted.apply(parts);
    }

    private void initialize() {
        try {
            MethodHandles.lookup().ensureInitialized(type);
        } catch (IllegalAccessException e) {
            throw new AssertionError(type + " is public", e);
        }
    }
}
