// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The library could not make a request, or could not finish it. If the kernel only refuses a single
 * process, the request gives a {@link ReapResult} and no exception. The message says what went
 * wrong and ends with the {@link #remedy}.
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
    /** The errno of a failed system call. */
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
     * The results from before the failure, in the order of the targets. They are final. The module
     * may have dealt with some later targets too: their answers are lost if the module is unloaded
     * or the caller stops waiting. You can repeat the request safely if its targets have start
     * times.
     *
     * @return empty if there was no result; also after deserialization
     */
    public List<ReapResult> completed() {
        return completed == null ? List.of() : completed;
    }
}
