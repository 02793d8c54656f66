// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.watch;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.zreap.ProcessIdentity;
import org.zreap.Target;
import org.zreap.serve.policy.Action;

/**
 * Keeps the progress over a crash of the service. The service writes a nudge or an adopt down before
 * it does it: so it never does one twice. One that a crash prevented is not repeated either; the
 * next step of its rule comes in its place. A reap needs no such care, because it names a process
 * by its PID and start time.
 *
 * <p>Each line has a process and what was done for it, such as {@code 4711@8800 nudge} for a zombie
 * and {@code 811@600 nudged} for a parent. The first line has the ID of the boot, because start times
 * count from it.
 *
 * <p>Not thread-safe.
 */
public final class ProgressFile {

    private static final String HEAD = "zreap-progress 1 ";
    private static final String NUDGED = "nudged";

    private final Path file;
    private final String bootId;
    private final PrintStream complaints;
    private boolean isBroken;

    /**
     * Keeps it in this file.
     *
     * @param file the file, in a folder that is there
     * @param bootId the ID of this boot
     * @param complaints where it says that it cannot write
     */
    public ProgressFile(Path file, String bootId, PrintStream complaints) {
        this.file = file;
        this.bootId = bootId;
        this.complaints = complaints;
    }

    /** Writes all of it, in place of what was there. If that fails, the service goes on without. */
    void save(Progress progress) {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD + bootId);
        progress.steps().forEach((zombie, steps) -> {
            StringBuilder line = new StringBuilder(zombie.toString());
            steps.forEach(step -> line.append(' ').append(step.word()));
            lines.add(line.toString());
        });
        progress.nudgedParents().forEach(parent -> lines.add(parent + " " + NUDGED));
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(next, lines, StandardCharsets.US_ASCII);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            isBroken = false;
        } catch (IOException e) {
            if (!isBroken) {
                complaints.println("zreap: cannot write " + file + " (" + e
                        + "); if the service ends, it may send SIGCHLD to a parent once more");
            }
            isBroken = true;
        }
    }

    /** What was done before, if it was in this boot. The pause to the next step begins anew. */
    Progress load(long nextNanos) {
        Progress progress = new Progress();
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return progress;
        } catch (IOException e) {
            complaints.println("zreap: cannot read " + file + " (" + e + "); it begins anew");
            return progress;
        }
        if (lines.isEmpty() || !lines.get(0).equals(HEAD + bootId)) {
            return progress;
        }
        for (String line : lines.subList(1, lines.size())) {
            try {
                note(line.split(" ", -1), progress, nextNanos);
            } catch (IllegalArgumentException e) {
                complaints.println("zreap: " + file + " has a line that is none of zreap's; it begins anew");
                return new Progress();
            }
        }
        return progress;
    }

    private static void note(String[] words, Progress progress, long nextNanos) {
        if (!(Target.parse(words[0]) instanceof ProcessIdentity process)) {
            throw new IllegalArgumentException("no start time");
        }
        for (int i = 1; i < words.length; i++) {
            if (words[i].equals(NUDGED)) {
                progress.nudge(process, nextNanos);
            } else {
                progress.take(process, Action.valueOf(words[i].toUpperCase(Locale.ROOT)), nextNanos);
            }
        }
    }
}
