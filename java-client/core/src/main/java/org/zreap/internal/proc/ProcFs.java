// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.proc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.zreap.CommandName;
import org.zreap.Failure;
import org.zreap.ProcessIdentity;
import org.zreap.ZreapException;

/**
 * Reads the files of processes. A process that goes away between two reads, or that procfs hides,
 * counts as not there.
 *
 * <p>Immutable and so thread-safe.
 */
public final class ProcFs {

    /**
     * More than the kernel writes into the files read here. The reader ignores the rest of a longer
     * file.
     */
    private static final int MAX_BYTES = 1 << 20;

    /** Enough to tell how a program file begins. */
    private static final int HEAD_BYTES = 4096;

    /** CAP_SYS_PTRACE, as in capabilities(7). */
    private static final int CAP_SYS_PTRACE = 19;

    /** The kernel adds this to the path of a program whose file is gone. */
    private static final String DELETED = " (deleted)";

    /** The link to this process. */
    private static final String SELF = "self";

    /** PROC_PID_INIT_INO, which the kernel promises to keep. */
    private static final long INITIAL_PID_NAMESPACE = 0xEFFFFFFCL;

    /** PROC_CGROUP_INIT_INO, as the one above. */
    private static final long INITIAL_CGROUP_NAMESPACE = 0xEFFFFFFBL;

    /** PROC_USER_INIT_INO, as the one above. */
    private static final long INITIAL_USER_NAMESPACE = 0xEFFFFFFDL;

    private final Path root;

    /**
     * Reads from this mount.
     *
     * @param root where procfs is mounted
     */
    public ProcFs(Path root) {
        this.root = root;
    }

    /** Reads from the procfs of this process. */
    public static ProcFs ofThisProcess() {
        return new ProcFs(Path.of("/proc"));
    }

    /**
     * The PIDs of the processes that are there now, in ascending order.
     *
     * @throws ZreapException if the directory cannot be read, or procfs is not mounted there
     */
    public LongStream pids() {
        try {
            long[] pids = numbers(root).toArray();
            if (pids.length == 0 && !isMounted()) {
                throw unreadable(
                        root, new NoSuchFileException(root.resolve(SELF).toString()));
            }
            return LongStream.of(pids);
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    /** Whether procfs is mounted here. */
    public boolean isMounted() {
        // In the procfs of another PID namespace the link leads nowhere.
        return Files.exists(root.resolve(SELF), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Whether this process is in the initial PID namespace, as far as it can tell.
     */
    public boolean isOfInitialPidNamespace() {
        return isOf("pid", INITIAL_PID_NAMESPACE);
    }

    /** Whether this process is in the initial cgroup namespace, as far as it can tell. */
    public boolean isOfInitialCgroupNamespace() {
        return isOf("cgroup", INITIAL_CGROUP_NAMESPACE);
    }

    /**
     * Reads {@code stat} of a process or, given a thread ID, of that thread.
     *
     * @throws ZreapException if the file is there and cannot be read
     */
    public Optional<ProcStat> stat(long pid) {
        return read(pid, "stat").map(ProcStat::parse);
    }

    /**
     * The process that has this PID now; empty if the number is a thread's ID.
     *
     * @throws ZreapException if a file is there and cannot be read
     */
    public Optional<ProcessIdentity> identity(long pid) {
        return stat(pid)
                .map(ProcStat::identity)
                .filter(identity -> status(pid)
                        .flatMap(status -> status.number("Tgid"))
                        .filter(process -> process == pid)
                        .isPresent());
    }

    /**
     * Whether a process is stopped: a signal has stopped it, or none of its threads can run and a
     * tracer holds some of them. This does not show frozen processes.
     *
     * @param process what its {@code stat} says
     * @throws ZreapException if a file is there and cannot be read
     */
    public boolean isStopped(ProcStat process) {
        List<ProcStat> threads = unlessOneSurelyRuns(process);
        return threads.stream().anyMatch(ProcStat::isStopped)
                || (threads.stream().anyMatch(ProcStat::isInTracingStop)
                        && threads.stream().allMatch(t -> t.isInTracingStop() || t.isUninterruptible()));
    }

    /**
     * Whether all threads of a process are in an uninterruptible sleep.
     *
     * @param process what its {@code stat} says
     * @throws ZreapException if a file is there and cannot be read
     */
    public boolean isUninterruptible(ProcStat process) {
        List<ProcStat> threads = unlessOneSurelyRuns(process);
        return !threads.isEmpty() && threads.stream().allMatch(ProcStat::isUninterruptible);
    }

    /**
     * The threads that have not ended. The list is empty if the main thread already shows that the
     * process can run.
     */
    private List<ProcStat> unlessOneSurelyRuns(ProcStat process) {
        if (!process.hasEnded() && !process.isStopped() && !process.isInTracingStop() && !process.isUninterruptible()) {
            return List.of();
        }
        long pid = process.identity().pid();
        Stream<ProcStat> others = threads(pid)
                .filter(tid -> tid != pid)
                .mapToObj(tid -> threadStat(pid, tid))
                .flatMap(Optional::stream);
        return Stream.concat(Stream.of(process), others)
                .filter(thread -> !thread.hasEnded())
                .toList();
    }

    /**
     * Reads {@code status} of a process.
     *
     * @throws ZreapException if the file is there and cannot be read
     */
    public Optional<ProcStatus> status(long pid) {
        return read(pid, "status").map(ProcStatus::parse);
    }

    /**
     * The arguments of a process, in order; none for a kernel thread.
     *
     * @throws ZreapException if the file is there and cannot be read
     */
    public List<CommandName> commandLine(long pid) {
        return text(pid, "cmdline")
                .map(text -> text.endsWith("\0") ? text.substring(0, text.length() - 1) : text)
                .map(text -> Stream.of(text.split("\0", -1))
                        .map(argument -> CommandName.of(argument.getBytes(StandardCharsets.ISO_8859_1)))
                        .toList())
                .orElse(List.of());
    }

    /** The kernel function that a thread sleeps in, if this process may know. */
    public Optional<String> wchan(long pid, long tid) {
        return text(pid, "task/" + tid + "/wchan").filter(function -> !function.equals("0"));
    }

    /** Reads {@code stat} of a thread. */
    public Optional<ProcStat> threadStat(long pid, long tid) {
        return read(pid, "task/" + tid + "/stat").map(ProcStat::parse);
    }

    /** Reads {@code status} of a thread. */
    public Optional<ProcStatus> threadStatus(long pid, long tid) {
        return read(pid, "task/" + tid + "/status").map(ProcStatus::parse);
    }

    /** The numbers of the open files of a process; empty if this process may not know. */
    public Optional<List<Long>> openFiles(long pid) {
        try {
            return Optional.of(numbers(root.resolve(pid + "/fdinfo")).boxed().toList());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Where a link of a process leads, such as {@code fd/3} or {@code ns/pid}, if this process may
     * know.
     */
    public Optional<String> link(long pid, String name) {
        return link(Long.toString(pid), name);
    }

    /** The PID of this process in the PID namespace of the mount, if it has one there. */
    public Optional<String> ownPid() {
        return link("", SELF);
    }

    /** Where a link of this process itself leads. */
    public Optional<String> ownLink(String name) {
        return link(SELF, name);
    }

    private Optional<String> link(String process, String name) {
        try {
            return Optional.of(
                    Files.readSymbolicLink(root.resolve(process).resolve(name)).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The IDs of the threads of a process; none if it is gone. */
    public LongStream threads(long pid) {
        try {
            return numbers(root.resolve(pid + "/task"));
        } catch (IOException e) {
            return LongStream.empty();
        }
    }

    /** The path of the program that a process runs, if this process may know. */
    public Optional<String> executable(long pid) {
        return link(pid, "exe")
                .map(path -> path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path);
    }

    /** The first bytes of that program; none if this process may not read it. */
    public byte[] executableHead(long pid) {
        return read(root.resolve(pid + "/exe"), HEAD_BYTES).orElse(new byte[0]);
    }

    /** The name of the user that the files of a process belong to. */
    public Optional<String> owner(long pid) {
        try {
            return Optional.of(Files.getOwner(root.resolve(Long.toString(pid))).getName());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The text of a file of a process, a byte a character. */
    public Optional<String> text(long pid, String file) {
        return text(pid + "/" + file);
    }

    /** The text of any file below the mount, a byte a character. */
    public Optional<String> text(String file) {
        return textOf(root.resolve(file));
    }

    /** The text of any file, a byte a character. */
    public static Optional<String> textOf(Path file) {
        return read(file, MAX_BYTES).map(content -> new String(content, StandardCharsets.ISO_8859_1));
    }

    /** Whether this process is shown the exit codes of all others. */
    public boolean seesExitCodes() {
        return read(root.resolve(SELF).resolve("status"), MAX_BYTES)
                .map(ProcStatus::parse)
                .filter(status -> status.bit("CapEff", CAP_SYS_PTRACE))
                // Elsewhere the capability counts for the processes of that namespace only.
                .filter(status -> isOf("user", INITIAL_USER_NAMESPACE))
                .isPresent();
    }

    private boolean isOf(String kind, long inode) {
        return ownLink("ns/" + kind)
                .map(link -> link.equals(kind + ":[" + inode + "]"))
                .orElse(true);
    }

    private Optional<byte[]> read(long pid, String file) {
        return read(root.resolve(Long.toString(pid)).resolve(file), MAX_BYTES);
    }

    private static LongStream numbers(Path directory) throws IOException {
        LongStream.Builder numbers = LongStream.builder();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, ProcFs::isNumber)) {
            for (Path entry : entries) {
                numbers.add(Long.parseLong(entry.getFileName().toString()));
            }
        } catch (DirectoryIteratorException e) {
            throw new IOException(e);
        }
        return numbers.build().sorted();
    }

    private static Optional<byte[]> read(Path file, int maxBytes) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(maxBytes);
            return content.length == 0 ? Optional.empty() : Optional.of(content);
        } catch (AccessDeniedException e) {
            return Optional.empty();
        } catch (IOException e) {
            // A process that is gone or hidden is no error. If it is still there, the error is
            // ours, such as too many open files.
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

    private static boolean isNumber(Path entry) {
        return entry.getFileName().toString().chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
