// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.zreap.Failure;
import org.zreap.ZreapException;

/** Keeps a second service from the same folder. The kernel gives the lock back if the service dies. */
final class SingleInstance implements AutoCloseable {

    private static final String NAME = "lock";

    private final FileChannel file;

    private SingleInstance(FileChannel file) {
        this.file = file;
    }

    /**
     * Locks a folder.
     *
     * @throws ZreapException if another service has it, or if it cannot be written
     */
    static SingleInstance in(Path folder) {
        Path path = folder.resolve(NAME);
        FileChannel file;
        Optional<FileLock> lock;
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = Optional.ofNullable(file.tryLock());
        } catch (OverlappingFileLockException e) {
            throw taken(folder);
        } catch (IOException e) {
            throw new ZreapException(Failure.of(
                            "cannot lock " + path + " (" + e + ")",
                            "make the folder, let this user write to it, or name another by --state")
                    .withPath(path)
                    .withCause(e));
        }
        if (lock.isEmpty()) {
            throw taken(folder);
        }
        return new SingleInstance(file);
    }

    private static ZreapException taken(Path folder) {
        return new ZreapException(
                Failure.of("another zreap serve uses " + folder, "stop that one, or name another folder by --state")
                        .withPath(folder));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
