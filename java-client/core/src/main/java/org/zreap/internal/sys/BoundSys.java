// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.sys;

import java.lang.reflect.Proxy;

/**
 * The calls of the running kernel. If JNA cannot be loaded, each of them fails with a
 * {@link org.zreap.NativeLibraryException}.
 */
final class BoundSys {

    static final Sys INSTANCE = bind();

    private BoundSys() {}

    private static Sys bind() {
        try {
            return new LinuxSys();
        } catch (Error | RuntimeException e) {
            return failing(new LoadFailure(e));
        }
    }

    private static Sys failing(LoadFailure failure) {
        return (Sys) Proxy.newProxyInstance(
                Sys.class.getClassLoader(), new Class<?>[] {Sys.class}, (self, method, arguments) -> {
                    throw failure.toException();
                });
    }
}
