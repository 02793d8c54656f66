// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zreap.ReapResult;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.internal.Progress;
import org.zreap.internal.SystemFiles;
import org.zreap.internal.sys.Descriptor;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;
import org.zreap.internal.wire.Batches;
import org.zreap.internal.wire.Batches.Batch;
import org.zreap.internal.wire.MalformedAnswerException;
import org.zreap.internal.wire.Order;
import org.zreap.internal.wire.ResultDecoder;
import org.zreap.internal.wire.Table;
import org.zreap.internal.wire.ZombieDecoder;

/**
 * Reaches the module through its file {@code /proc/zreap}. Each call opens the file. The open file
 * that wrote a request also reads its results. The kernel checks the rights of the process that
 * opened it.
 *
 * <p>Immutable and so thread-safe.
 */
public final class ProcfsTransport implements ModuleTransport {

    /** Enough for the header of a newer module. */
    private static final int HEADER_BYTES = 256;

    /** Made only if it is used: to find a logger takes a short command long. */
    private static final class Log {
        private static final Logger LOG = LoggerFactory.getLogger(ProcfsTransport.class);
    }

    private final Sys sys;
    private final ModuleFile module;

    /**
     * Uses this file.
     *
     * @param sys the system calls
     * @param path the module's file
     * @param files the machine's files, for what a failure says
     */
    public ProcfsTransport(Sys sys, Path path, SystemFiles files) {
        this.sys = sys;
        this.module = new ModuleFile(sys, path, files);
    }

    /**
     * Reads little more than the header, because the kernel takes its lock for each zombie of the
     * list.
     */
    @Override
    public void probe() {
        module.readAndWrite(new Progress(), file -> {
            byte[] beginning = new byte[HEADER_BYTES];
            int length = sys.read(file.fd(), beginning);
            return Table.parseHeader(Arrays.copyOf(beginning, length)).requireColumns(ZombieDecoder.REQUIRED);
        });
    }

    @Override
    public List<Zombie> zombies() {
        return module.readAndWrite(new Progress(), file -> ModuleFile.rows(file, ZombieDecoder::decode));
    }

    @Override
    public List<ReapResult> carryOut(Order order, List<? extends Target> targets, Progress progress) {
        return module.readAndWrite(progress, file -> {
            Iterator<Batch> batches = Batches.of(targets, order).iterator();
            while (batches.hasNext() && !progress.isStopped()) {
                progress.add(submit(file, batches.next()));
            }
            return progress.results();
        });
    }

    private List<ReapResult> submit(Descriptor file, Batch batch) throws ErrnoException {
        Optional<ErrnoException> summary = write(file, batch.bytes());
        List<ReapResult> results = ModuleFile.rows(file, ResultDecoder::decode);
        if (results.isEmpty() && summary.isPresent()) {
            throw summary.get();
        }
        Answers.requireOneEach(batch.targets(), results);
        Log.LOG.debug("{}: {} targets, {} bytes, {}", module, results.size(), batch.bytes().length, results);
        return results;
    }

    /** The errno of a write only sums up. The rows have the result of each target. */
    private Optional<ErrnoException> write(Descriptor file, byte[] bytes) {
        try {
            int taken = sys.write(file.fd(), bytes);
            if (taken != bytes.length) {
                throw new MalformedAnswerException(taken + " bytes of " + bytes.length + " were taken");
            }
            return Optional.empty();
        } catch (ErrnoException e) {
            return Optional.of(e);
        }
    }
}
