// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A request that could not be made or not be carried through. What the kernel refuses for a single
 * process is no exception but a {@link ReapResult}. The message says what went wrong and ends with
 * the {@link #remedy}.
 *
 * <p>Immutable and so thread-safe.
 */
public class ZreapException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What to do about it. */
    private final String remedy;
    /** The process that it is about. */
    private final @Nullable Long pid;
    /** The file that it is about. */
    private final @Nullable String path;
    /** What a system call left in errno. */
    private final @Nullable Integer errno;

    private final transient List<ReapResult> completed;

    /**
     * Describes what went wrong.
     *
     * @param failure what is known of it
     */
    public ZreapException(Failure failure) {
        super(failure.problem() + ": " + failure.remedy(), failure.cause().orElse(null));
        this.remedy = failure.remedy();
        this.pid = failure.pid().isPresent() ? failure.pid().getAsLong() : null;
        this.path = failure.path().map(Path::toString).orElse(null);
        this.errno = failure.errno().isPresent() ? failure.errno().getAsInt() : null;
        this.completed = failure.completed();
    }

    /**
     * What to do about it.
     *
     * @return a sentence for the operator
     */
    public String remedy() {
        return remedy;
    }

    /**
     * The process that it is about.
     *
     * @return empty if it is about no single process
     */
    public OptionalLong pid() {
        return pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
    }

    /**
     * The file that it is about.
     *
     * @return empty if it is about no file
     */
    public Optional<Path> path() {
        return Optional.ofNullable(path).map(Path::of);
    }

    /**
     * The errno that a system call left.
     *
     * @return empty if no system call failed
     */
    public OptionalInt errno() {
        return errno == null ? OptionalInt.empty() : OptionalInt.of(errno);
    }

    /**
     * The results that a batch had got before it failed, in the order of its targets: what they say
     * has happened. Some targets behind these may have been dealt with as well: the answer is lost
     * where the module is unloaded or the caller waits no longer. To ask again is safe with start
     * times.
     *
     * @return empty if there was no result; also after deserialization
     */
    public List<ReapResult> completed() {
        return completed == null ? List.of() : completed;
    }
}
