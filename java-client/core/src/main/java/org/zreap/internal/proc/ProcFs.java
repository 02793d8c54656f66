// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.zreap.Failure;
import org.zreap.ZreapException;

/**
 * Reads the files of processes. A process that goes away between two reads, or that is hidden from this one, is simply
 * not there.
 *
 * <p>Immutable and so thread-safe.
 */
public final class ProcFs {

    /** More than the kernel writes into any file read here; the rest of a longer one is left. */
    private static final long MAX_BYTES = 1 << 20;

    /** CAP_SYS_PTRACE, as in capabilities(7). */
    private static final int CAP_SYS_PTRACE = 19;

    private final Path root;

    /**
     * Reads from this mount.
     *
     * @param root where procfs is mounted
     */
    public ProcFs(Path root) {
        this.root = root;
    }

    /**
     * The PIDs of the processes that are there now, in ascending order.
     *
     * @throws ZreapException if the directory cannot be read
     */
    public LongStream pids() {
        LongStream.Builder pids = LongStream.builder();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, ProcFs::isProcess)) {
            for (Path entry : entries) {
                pids.add(Long.parseLong(entry.getFileName().toString()));
            }
        } catch (DirectoryIteratorException | IOException e) {
            throw unreadable(root, e);
        }
        return pids.build().sorted();
    }

    /**
     * What {@code stat} says of a process or, given a thread ID, of that thread.
     *
     * @throws ZreapException if the file is there and cannot be read
     */
    public Optional<ProcStat> stat(long pid) {
        return read(pid, "stat").map(ProcStat::parse);
    }

    /**
     * What {@code status} says of a process.
     *
     * @throws ZreapException if the file is there and cannot be read
     */
    public Optional<ProcStatus> status(long pid) {
        return read(pid, "status").map(ProcStatus::parse);
    }

    /** Whether this process is shown the exit codes of all others. */
    public boolean seesExitCodes() {
        return readFile(root.resolve("self/status"))
                .map(ProcStatus::parse)
                .map(status -> status.bit("CapEff", CAP_SYS_PTRACE))
                .orElse(false);
    }

    private Optional<byte[]> read(long pid, String file) {
        return readFile(root.resolve(Long.toString(pid)).resolve(file));
    }

    private static Optional<byte[]> readFile(Path file) {
        try (InputStream in = BoundedInputStream.builder()
                .setInputStream(Files.newInputStream(file))
                .setMaxCount(MAX_BYTES)
                .get()) {
            byte[] content = in.readAllBytes();
            return content.length == 0 ? Optional.empty() : Optional.of(content);
        } catch (IOException e) {
            // Gone or hidden is no error. What is still there fails for a reason of ours, such as too many open files.
            if (Files.isReadable(file)) {
                throw unreadable(file, e);
            }
            return Optional.empty();
        }
    }

    private static ZreapException unreadable(Path path, Exception e) {
        return new ZreapException(
                Failure.of("cannot read " + path + " (" + e.getMessage() + ")", "see that procfs is mounted there")
                        .withPath(path)
                        .withCause(e));
    }

    private static boolean isProcess(Path entry) {
        return entry.getFileName().toString().chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
