// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.zreap.internal.adopt.JvmSignal;
import org.zreap.internal.proc.ProcFs;

/**
 * Interrupts the system calls of single threads of this JVM, by a signal after which the kernel
 * does not go on by itself.
 */
public final class ThreadSignals implements AutoCloseable {

    private static final String NAME = "URG";
    private static final int NUMBER = 23;

    private static final LibC LIBC = Native.load("c", LibC.class);

    private final ProcFs threads = new ProcFs(Path.of("/proc/self/task"));
    private final Semaphore handled = new Semaphore(0);
    private final CountDownLatch end = new CountDownLatch(1);
    private final JvmSignal handler = JvmSignal.handle(NAME, handled::release);

    private ThreadSignals() {}

    public static ThreadSignals open() {
        ThreadSignals signals = new ThreadSignals();
        LIBC.siginterrupt(NUMBER, 1);
        return signals;
    }

    /** Makes a call in a thread of its own, which stays until this is closed. */
    public <T> Interrupted<T> during(Callable<T> call) {
        CompletableFuture<Integer> number = new CompletableFuture<>();
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            number.complete(LIBC.gettid());
            complete(result, call);
            awaitEnd();
        });
        thread.setDaemon(true);
        thread.start();
        return new Interrupted<>(this, number.join(), result);
    }

    /** Signals a thread as soon as it sleeps, and waits until the signal has been handled. */
    public void interrupt(long thread) {
        Await.value("the thread's sleep", () -> threads.stat(thread).filter(stat -> stat.state() == 'S'));
        signal(thread);
    }

    /** Signals a thread whatever it is doing, and waits until the signal has been handled. */
    public void signal(long thread) {
        LIBC.tgkill((int) ProcessHandle.current().pid(), (int) thread, NUMBER);
        handled.acquireUninterruptibly();
    }

    @Override
    public void close() {
        end.countDown();
        handler.close();
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> call) {
        try {
            result.complete(call.call());
        } catch (Exception e) {
            result.completeExceptionally(e);
        }
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A call in another thread, and what it comes to. */
    public record Interrupted<T>(ThreadSignals signals, int thread, CompletableFuture<T> result) {

        public void interrupt() {
            signals.interrupt(thread);
        }

        public void signal() {
            signals.signal(thread);
        }
    }

    /** Public, since JNA makes a proxy of it. */
    public interface LibC extends Library {

        int gettid() throws LastErrorException;

        int tgkill(int process, int thread, int signal) throws LastErrorException;

        int siginterrupt(int signal, int interrupts) throws LastErrorException;
    }
}
