// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.adopt;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.zreap.Failure;
import org.zreap.ZreapException;

/**
 * A signal of this JVM, by way of {@code sun.misc.Signal}. The JVM's own handler only notes the
 * signal, and a Java thread does the work. A JNA callback as the handler would run Java code in any
 * thread, even inside the allocator or the garbage collector. This class uses
 * {@code sun.misc.Signal} by reflection, because no option suppresses the compilers' warning of it.
 * The JDK supports its module, {@code jdk.unsupported}.
 *
 * <p>Thread-safe.
 */
public final class JvmSignal implements AutoCloseable {

    private final Object signal;
    private final Object former;

    private JvmSignal(Object signal, Object former) {
        this.signal = signal;
        this.former = former;
    }

    /**
     * Handles a signal from now on.
     *
     * @param name without {@code SIG}
     * @param handler the JVM runs it in a new thread each time
     * @return to be closed
     * @throws IllegalArgumentException if the JVM needs the signal itself, or does not know it
     * @throws IllegalStateException if other code handles it already
     * @throws ZreapException if this Java has no {@code sun.misc.Signal}
     */
    public static JvmSignal handle(String name, Runnable handler) {
        JvmSignal handled = replace(name, handler);
        Object signal = handled.signal;
        Object former = handled.former;
        if (!former.equals(constant("SIG_DFL")) && !former.equals(constant("SIG_IGN"))) {
            install(signal, former);
            throw new IllegalStateException("SIG" + name + " is handled by somebody else in this JVM");
        }
        return handled;
    }

    /**
     * Handles a signal from now on, in place of what has handled it, such as the JVM's own end at
     * SIGTERM.
     *
     * @param name without {@code SIG}
     * @param handler the JVM runs it in a new thread each time
     * @return to be closed
     * @throws IllegalArgumentException if the JVM needs the signal itself, or does not know it
     */
    public static JvmSignal replace(String name, Runnable handler) {
        Object signal = call(() ->
                Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name));
        return new JvmSignal(signal, install(signal, proxy(handler)));
    }

    /** Ignores the signal from now on. */
    public void ignore() {
        install(signal, constant("SIG_IGN"));
    }

    /** Restores the earlier handler. */
    @Override
    public void close() {
        install(signal, former);
    }

    private static Object install(Object signal, Object handler) {
        return call(() -> signal.getClass()
                .getMethod("handle", signal.getClass(), handlerType())
                .invoke(null, signal, handler));
    }

    private static Object constant(String name) {
        return call(() -> handlerType().getField(name).get(null));
    }

    private static Object proxy(Runnable handler) {
        Class<?> type = (Class<?>) call(JvmSignal::handlerType);
        return Proxy.newProxyInstance(
                JvmSignal.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (isHandle(method)) {
                        handler.run();
                        return null;
                    }
                    return method.invoke(handler, arguments); // those of Object
                });
    }

    private static boolean isHandle(Method method) {
        return method.getName().equals("handle");
    }

    private static Class<?> handlerType() throws ClassNotFoundException {
        return Class.forName("sun.misc.SignalHandler");
    }

    private static Object call(Reflection reflection) {
        try {
            return reflection.run();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw unusable(e);
        } catch (ReflectiveOperationException e) {
            throw unusable(e);
        }
    }

    private static ZreapException unusable(ReflectiveOperationException e) {
        Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
        return new ZreapException(Failure.of(
                        "cannot use sun.misc.Signal of this Java (" + cause + ")",
                        "use a Java with the module jdk.unsupported")
                .withCause(cause));
    }

    private interface Reflection {
        Object run() throws ReflectiveOperationException;
    }
}
