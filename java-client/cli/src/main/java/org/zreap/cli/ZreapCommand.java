// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zreap.ModuleMissingException;
import org.zreap.ModuleTooOldException;
import org.zreap.PermissionException;
import org.zreap.ZreapException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ScopeType;

/** The command {@code zreap} and its exit codes. */
@Command(
        name = "zreap",
        description = "Lists, reaps and hands over zombie processes whose parent lives on and does not wait for them.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "zreap " + BuildVersion.NUMBER,
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all that was asked for is done",
            "3:the kernel module is not loaded, not installed for this kernel, or too old for what was asked",
            "4:the caller may not do that: use the kernel module, listen to its events, or load and unload it",
            "5:anything else went wrong; the output has what was done until then",
            "6:the command cannot start: there is no Java, or no room for its threads; nothing was done",
            "7:a process was refused, or why did not find it; the output says which and why",
            "64:the command line is wrong, and nothing was done",
            "78:the policy of zreap serve has faults, and nothing was done",
            "141:nobody reads the output any more, as with SIGPIPE"
        })
public final class ZreapCommand {

    static final int DONE = 0;
    static final int MODULE_MISSING = 3;
    static final int NOT_PERMITTED = 4;
    static final int FAILED = 5;
    static final int REFUSED = 7;

    /** EX_USAGE of sysexits.h; a shell that cannot start has 2, a JVM 1. */
    static final int WRONG_COMMAND_LINE = 64;

    /** EX_CONFIG of sysexits.h. */
    static final int WRONG_POLICY = 78;

    /** The exit code of shells for SIGPIPE. */
    static final int NO_READER = 128 + 13;

    /** JNA's log, which would tell with a stack trace what a NativeLibraryException tells. */
    private static final Logger JNA = Logger.getLogger("com.sun.jna");

    ZreapCommand() {}

    /**
     * Runs the command and exits with its code.
     *
     * <p>It runs no shutdown hooks: nothing here is left to one. java.util.logging, which JNA loads, has one of its
     * own, and the thread that runs it may be one more than a full host has room for.
     *
     * @param arguments the command line
     */
    public static void main(String... arguments) {
        Locale.setDefault(Locale.ROOT);
        JNA.setLevel(Level.OFF);
        Runtime.getRuntime().halt(run(Parser.of(arguments).setOut(StandardOutput.open()), arguments));
    }

    /** Runs the command, and gives its exit code. */
    static int run(CommandLine command, String... arguments) {
        int code;
        try {
            code = command.execute(arguments);
        } catch (Error e) {
            code = unexpected(e, command);
        }
        command.getErr().flush();
        if (command.getOut().checkError()) {
            if (command.getOut() instanceof StandardOutput out && out.hasNoReader()) {
                return NO_READER;
            }
            command.getErr()
                    .println("zreap: cannot write the output"
                            + (isRecorded(command) ? "; what was done is in /proc/zreap_recent" : ""));
            return FAILED;
        }
        return code;
    }

    private static boolean isRecorded(CommandLine command) {
        return Optional.ofNullable(command.getParseResult())
                .map(CommandLine.ParseResult::subcommand)
                .filter(parsed -> parsed.commandSpec().userObject() instanceof Recorded)
                .isPresent();
    }

    /** Says why a command failed. */
    static final class FailureReport implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
            if (!(e instanceof ZreapException known)) {
                return unexpected(e, command);
            }
            command.getErr().println("zreap: " + e.getMessage());
            return codeOf(known);
        }
    }

    private static int unexpected(Throwable e, CommandLine command) {
        e.printStackTrace(command.getErr());
        return FAILED;
    }

    /** The exit code that stands for a failure. */
    static int codeOf(ZreapException e) {
        if (e instanceof ModuleMissingException || e instanceof ModuleTooOldException) {
            return MODULE_MISSING;
        }
        return e instanceof PermissionException ? NOT_PERMITTED : FAILED;
    }
}
