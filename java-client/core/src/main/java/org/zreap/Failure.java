// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The facts about a failure, which a {@link ZreapException} carries.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param problem what went wrong, without a full stop
 * @param remedy what to do about it
 * @param pid the process that it is about
 * @param path the file that it is about
 * @param errno the errno that a system call left
 * @param cause the exception behind it
 * @param completed the results that a batch had got before
 */
public record Failure(
        String problem,
        String remedy,
        OptionalLong pid,
        Optional<Path> path,
        OptionalInt errno,
        Optional<Throwable> cause,
        List<ReapResult> completed) {

    /**
     * Copies the list.
     *
     * @param problem what went wrong, without a full stop
     * @param remedy what to do about it
     * @param pid the process that it is about
     * @param path the file that it is about
     * @param errno the errno that a system call left
     * @param cause the exception behind it
     * @param completed the results that a batch had got before
     */
    public Failure {
        completed = List.copyOf(completed);
    }

    /**
     * A failure with a problem and a remedy and no other facts.
     *
     * @param problem what went wrong, without a full stop
     * @param remedy what to do about it
     * @return the failure
     */
    public static Failure of(String problem, String remedy) {
        return new Failure(
                problem,
                remedy,
                OptionalLong.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of());
    }

    /**
     * The same failure, about a process.
     *
     * @param about its PID
     * @return the failure
     */
    public Failure withPid(long about) {
        return new Failure(problem, remedy, OptionalLong.of(about), path, errno, cause, completed);
    }

    /**
     * The same failure, about a file.
     *
     * @param about the file
     * @return the failure
     */
    public Failure withPath(Path about) {
        return new Failure(problem, remedy, pid, Optional.of(about), errno, cause, completed);
    }

    /**
     * The same failure, of a system call.
     *
     * @param left what the call left in errno
     * @param thrown the exception that says so
     * @return the failure
     */
    public Failure withErrno(int left, Throwable thrown) {
        return new Failure(problem, remedy, pid, path, OptionalInt.of(left), Optional.of(thrown), completed);
    }

    /**
     * The same failure, with the exception behind it.
     *
     * @param thrown that exception
     * @return the failure
     */
    public Failure withCause(Throwable thrown) {
        return new Failure(problem, remedy, pid, path, errno, Optional.of(thrown), completed);
    }

    /**
     * The same failure, after a part of the work was done.
     *
     * @param done the results so far
     * @return the failure
     */
    public Failure withCompleted(List<ReapResult> done) {
        return new Failure(problem, remedy, pid, path, errno, cause, done);
    }
}
