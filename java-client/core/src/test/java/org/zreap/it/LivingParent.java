// SPDX-License-Identifier: Apache-2.0
package org.zreap.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.zreap.Zombie;
import org.zreap.ZombieScanner;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.diagnosis.SignalDisposition;
import org.zreap.internal.Signals;
import org.zreap.internal.proc.ProcFs;

/** A process that starts children and then becomes a sleep, which waits for none of them. */
public final class LivingParent implements AutoCloseable {

    /**
     * No shell: some wait for a child that ended early. Perl is in every Debian and starts fast.
     */
    private static final String OF_COMMANDS = """
            for my $command (@ARGV) {
                if (!fork) { exec "sh", "-c", $command; }
            }
            exec "sleep", "100000";
            """;

    private static final String OF_EXITS = """
            for my $i (0 .. $ARGV[0] - 1) {
                if (!fork) { exit $i % 256; }
            }
            exec "sleep", "100000";
            """;

    private static final String OF_ONE_EXIT = """
            if (!fork) { exit 7; }
            sleep 1 while 1;
            """;

    /** Its handler would wait for the child, but is set only when the child is a zombie already. */
    private static final String HANDLES_SIGCHLD_TOO_LATE = """
            my $child = fork;
            if (!$child) { exit 7; }
            my $stat = "";
            while ($stat !~ /[)] Z /) {
                open my $file, "<", "/proc/$child/stat" or die;
                $stat = <$file>;
                select undef, undef, undef, 0.01;
            }
            $SIG{CHLD} = sub { 1 while waitpid(-1, 1) > 0 };
            sleep 1 while 1;
            """;

    /** The child that it vforks opens a pipe that nobody else opens, before it would call exec. */
    private static final String STAYS_IN_VFORK = """
            import os, sys
            if os.fork() == 0:
                os._exit(7)
            opens = [(os.POSIX_SPAWN_OPEN, 9, sys.argv[1], os.O_RDONLY, 0)]
            os.posix_spawn("/bin/true", ["true"], os.environ, file_actions=opens)
            """;

    private static final String BECOMES_PYTHON = """
            system("mkfifo", $ARGV[1]) == 0 or die;
            exec "python3", "-IS", "-c", @ARGV;
            """;

    private static final ProcFs PROC = new ProcFs(Path.of("/proc"));

    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;

    private final Process process;

    private LivingParent(Process process) {
        this.process = process;
    }

    /** A parent of shells, each with one command; {@code exec} makes a child the command itself. */
    public static LivingParent of(String... commands) {
        return start(OF_COMMANDS, commands);
    }

    /** A parent of children that exit with codes counted up from 0, modulo 256. */
    public static LivingParent ofExits(int children) {
        return start(OF_EXITS, Integer.toString(children));
    }

    /** A parent that does what a Perl program says. */
    public static LivingParent running(String program, String... arguments) {
        return run(program, arguments);
    }

    /** A parent of one zombie that it waits for as soon as it gets SIGCHLD again. */
    public static LivingParent handlingSigchldTooLate() {
        LivingParent parent = run(HANDLES_SIGCHLD_TOO_LATE);
        Await.value(
                "the handler of " + parent.pid(),
                () -> Optional.of(parent.zombie())
                        .flatMap(zombie -> Diagnoser.system().diagnose(zombie).parent())
                        .filter(condition -> condition.sigchld() == SignalDisposition.CAUGHT));
        return parent;
    }

    /** A parent of one zombie that is in the PID namespace of another process; the parent is not. */
    public static LivingParent outsideOf(long init) {
        return run(List.of("nsenter", "--target=" + init, "--pid", "--no-fork"), OF_ONE_EXIT);
    }

    /** A parent of one zombie that is in vfork; the folder is for a pipe. */
    public static LivingParent inVfork(Path folder) {
        String pipe = folder.resolve("pipe").toString();
        LivingParent parent = run(BECOMES_PYTHON, STAYS_IN_VFORK, pipe);
        parent.zombie();
        parent.await('D');
        return parent;
    }

    private static LivingParent start(String program, String... arguments) {
        LivingParent parent = run(program, arguments);
        Await.value("the parent's sleep", () -> sleepIfItSleeps(parent.process.toHandle()));
        return parent;
    }

    private static LivingParent run(String program, String... arguments) {
        return run(List.of(), program, arguments);
    }

    private static LivingParent run(List<String> wrapper, String program, String... arguments) {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of("perl", "-e", program));
        command.addAll(List.of(arguments));
        try {
            return new LivingParent(new ProcessBuilder(command)
                    .directory(FileUtils.getTempDirectory())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Stops it by a signal. */
    public void stop() {
        signal(SIGSTOP);
        await('T');
    }

    /** Lets it go on. */
    public void goOn() {
        signal(SIGCONT);
        await('S');
    }

    private void signal(int signal) {
        Signals signals = Signals.linux();
        Signals.Outcome sent = signals.send(signals.identify(pid()).orElseThrow(), signal);
        if (sent != Signals.Outcome.SENT) {
            throw new AssertionError("signal " + signal + " to " + pid() + ": " + sent);
        }
    }

    private void await(char state) {
        Await.value("state " + state + " of " + pid(), () -> Optional.of(state).filter(wanted -> isIn(wanted, pid())));
    }

    private static boolean isIn(char state, long pid) {
        return PROC.stat(pid).filter(stat -> stat.state() == state).isPresent();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its zombies, as soon as there are as many. */
    public List<Zombie> zombies(int count) {
        return Await.value(count + " zombies of " + pid(), () -> {
            List<Zombie> zombies = zombies();
            return zombies.size() == count ? Optional.of(zombies) : Optional.empty();
        });
    }

    /** Its only zombie, as soon as it is there. */
    public Zombie zombie() {
        return zombies(1).get(0);
    }

    /** Its zombies now. */
    public List<Zombie> zombies() {
        return zombiesOf(pid());
    }

    /** The zombies of any process. */
    static List<Zombie> zombiesOf(long parent) {
        return ZombieScanner.system().stream()
                .filter(zombie -> zombie.parentPid() == parent)
                .toList();
    }

    /** Its child that lives, as soon as it has become a sleep. */
    public ProcessHandle sleepingChild() {
        return Await.value(
                "a sleeping child of " + pid(),
                () -> process.children()
                        .flatMap(child -> sleepIfItSleeps(child).stream())
                        .findFirst());
    }

    /**
     * Its program is loaded when it sleeps interruptibly; before, the module may take it for busy.
     */
    private static Optional<ProcessHandle> sleepIfItSleeps(ProcessHandle process) {
        return Optional.of(process)
                .filter(p ->
                        p.info().command().filter(c -> c.endsWith("/sleep")).isPresent())
                .filter(p -> isIn('S', p.pid()));
    }

    /** Kills it and all that it has started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
