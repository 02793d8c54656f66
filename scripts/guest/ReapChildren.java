// SPDX-License-Identifier: Apache-2.0
import java.util.List;
import java.util.stream.Collectors;
import org.zreap.ExitStatus;
import org.zreap.ReapResult;
import org.zreap.Zombie;
import org.zreap.Zreap;

/** Reaps all zombies of one parent with the Java library, and checks that none is left and no exit code is lost. */
final class ReapChildren {

    private ReapChildren() {}

    public static void main(String[] arguments) {
        long parent = Long.parseLong(arguments[0]);
        int expected = Integer.parseInt(arguments[1]);
        try (Zreap zreap = Zreap.open()) {
            List<Zombie> zombies = zreap.zombies().stream()
                    .filter(zombie -> zombie.parentPid() == parent)
                    .toList();
            System.out.println("zombies of " + parent + ": " + zombies.size());
            require(zombies.size() == expected, "expected " + expected);

            List<ReapResult> results = zreap.reap(zombies);
            List<Integer> codes = results.stream()
                    .map(ReapChildren::exitCode)
                    .sorted()
                    .toList();
            System.out.println("reaped:  " + codes.size());
            System.out.println("their exit codes: "
                    + codes.stream().map(String::valueOf).collect(Collectors.joining(" ")));
            require(codes.stream().distinct().count() == expected, "each has its own exit code");

            long gone = zombies.stream()
                    .filter(zombie -> zreap.verification().isGone(zombie.identity()))
                    .count();
            System.out.println("verified gone: " + gone);
            require(gone == expected, "all are gone");
        }
    }

    private static int exitCode(ReapResult result) {
        if (result instanceof ReapResult.Reaped reaped && reaped.status() instanceof ExitStatus.Exited exited) {
            return exited.code();
        }
        throw new IllegalStateException("not reaped: " + result);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
