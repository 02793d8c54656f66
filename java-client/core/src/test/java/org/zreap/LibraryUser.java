// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.zreap.adopt.AdoptingReaper;
import org.zreap.diagnosis.Diagnoser;
import org.zreap.event.EventSubscription;
import org.zreap.internal.Signals;
import org.zreap.internal.adopt.JvmSignal;

/** A program that uses the library, and prints how that went. */
final class LibraryUser {

    /** An argument: other code of the program tries to load JNA first. */
    static final String TRY_JNA_BEFORE = "try-jna-before";

    private static final ProcessIdentity NOBODY = new ProcessIdentity(Target.MAX_PID, 1);

    /** What needs system calls, by name. */
    static final Map<String, Runnable> USES = uses();

    private LibraryUser() {}

    public static void main(String... arguments) {
        if (List.of(arguments).contains(TRY_JNA_BEFORE)) {
            tryJna();
        }
        for (int i = 0; i < 2; i++) {
            if (Zreap.availability() instanceof Availability.Unavailable no) {
                System.out.print(i == 0 ? no.cause().getMessage() + "\n" : "");
                System.out.println("unavailable " + no.reason());
            }
        }
        USES.forEach((name, use) -> System.out.println(name + ": " + outcome(use)));
        long self = ProcessHandle.current().pid();
        List<Zombie> zombies = ZombieScanner.system().scan();
        System.out.println("scanned");
        Diagnoser.system().living(self, zombies).orElseThrow();
        System.out.println("diagnosed");
        System.out.println(
                "signal: " + outcome(() -> JvmSignal.handle("URG", () -> {}).close()));
    }

    private static Map<String, Runnable> uses() {
        Map<String, Runnable> uses = new LinkedHashMap<>();
        uses.put("client", Zreap::open);
        uses.put("netlink", () -> Zreap.open(Transport.NETLINK));
        uses.put("reaper", AdoptingReaper::open);
        uses.put("subscription", () -> EventSubscription.open(event -> {}));
        uses.put("verification", () -> Verification.system().isGone(NOBODY));
        uses.put("signals", () -> Signals.linux().send(NOBODY, 0));
        return uses;
    }

    private static String outcome(Runnable use) {
        try {
            use.run();
            return "done";
        } catch (ZreapException e) {
            return e.getClass().getSimpleName() + (e.errno().equals(OptionalInt.empty()) ? "" : " with errno");
        }
    }

    private static void tryJna() {
        try {
            Class.forName("com.sun.jna.Native");
        } catch (LinkageError | ClassNotFoundException e) {
            System.err.println("JNA: " + e);
        }
    }
}
