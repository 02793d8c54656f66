// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.transport;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zreap.ReapResult;
import org.zreap.Target;
import org.zreap.Zombie;
import org.zreap.internal.Progress;
import org.zreap.internal.netlink.ControlFamily;
import org.zreap.internal.netlink.ZreapFamily;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;
import org.zreap.internal.wire.MalformedAnswerException;
import org.zreap.internal.wire.Order;
import org.zreap.internal.wire.ResultDecoder;
import org.zreap.internal.wire.ZombieDecoder;

/**
 * Reaches the module through its generic netlink family. Each call opens its own socket and looks
 * up the family, because the module may have been loaded again.
 *
 * <p>The module acts on targets only while the client receives their rows. The first rows are ready
 * when the request is sent. Each receive makes the module produce the next ones. If the socket
 * closes early, the module leaves the rest alone. So the client receives every answer to its end,
 * unless a receive fails. A time-out, an interrupt or a cancel prevents the next request, and does
 * not stop this one.
 *
 * <p>Immutable and so thread-safe.
 */
public final class NetlinkTransport implements ModuleTransport {

    private static final Logger LOG = LoggerFactory.getLogger(NetlinkTransport.class);

    private static final Failures FAILURES = Failures.ofFamily(ZreapFamily.NAME);

    /** The limit of the kernel's PIDs (PID_MAX_LIMIT), which no process gets. */
    private static final Target NOBODY = Target.ofPid(Target.MAX_PID);

    private final Sys sys;

    /**
     * Uses these calls.
     *
     * @param sys the system calls
     */
    public NetlinkTransport(Sys sys) {
        this.sys = sys;
    }

    /**
     * Asks for a PID that no process has. The kernel checks the caller's rights, and then finds no
     * zombie.
     */
    @Override
    public void probe() {
        withFamily(new Progress(), (socket, family) -> {
            if (family.version() != ZreapFamily.VERSION) {
                throw new MalformedAnswerException(
                        "version " + family.version() + " instead of " + ZreapFamily.VERSION);
            }
            NetlinkSocket.Conclusion conclusion = socket.ask(
                    "get",
                    number -> ZreapFamily.zombie(family.id(), number, NOBODY),
                    message -> ZombieDecoder.decode(ZreapFamily.row(message)),
                    zombie -> {});
            if (conclusion.errno() != Errno.ESRCH) {
                conclusion.requireSuccess();
                throw new MalformedAnswerException("process " + NOBODY + " is there");
            }
            return NOBODY;
        });
    }

    @Override
    public List<Zombie> zombies() {
        return withFamily(new Progress(), (socket, family) -> {
            List<Zombie> zombies = new ArrayList<>();
            socket.ask(
                            "list zombies",
                            number -> ZreapFamily.zombies(family.id(), number),
                            message -> ZombieDecoder.decode(ZreapFamily.row(message)),
                            zombies::add)
                    .requireSuccess();
            return List.copyOf(zombies);
        });
    }

    @Override
    public List<ReapResult> carryOut(Order order, List<? extends Target> targets, Progress progress) {
        return withFamily(progress, (socket, family) -> {
            for (int from = 0; from < targets.size() && !progress.isStopped(); from += ZreapFamily.MAX_TARGETS) {
                int to = Math.min(from + ZreapFamily.MAX_TARGETS, targets.size());
                submit(socket, family, order, List.copyOf(targets.subList(from, to)), progress);
            }
            return progress.results();
        });
    }

    private static void submit(
            NetlinkSocket socket, ControlFamily.Numbers family, Order order, List<Target> targets, Progress progress)
            throws ErrnoException {
        List<ReapResult> answers = new ArrayList<>(targets.size());
        NetlinkSocket.Conclusion conclusion;
        try {
            conclusion = socket.ask(
                    order.verb().word(),
                    number -> ZreapFamily.request(family.id(), number, order, targets),
                    message -> ResultDecoder.decode(ZreapFamily.row(message)),
                    answers::add);
        } finally {
            progress.add(answers);
        }
        LOG.debug("{}: {} targets, {}", order.verb().word(), targets.size(), answers);
        // The final errno only sums up, unless answers are missing.
        if (answers.size() < targets.size()) {
            conclusion.requireSuccess();
        }
        Answers.requireOneEach(targets, answers);
    }

    private <T> T withFamily(Progress progress, FamilyAction<T> action) {
        try (NetlinkSocket socket = NetlinkSocket.open(sys)) {
            return action.on(socket, socket.family(ZreapFamily.NAME));
        } catch (ErrnoException e) {
            throw FAILURES.of(e, progress.results());
        } catch (MalformedAnswerException e) {
            throw FAILURES.garbled(e.problem(), progress.results());
        }
    }

    private interface FamilyAction<T> {
        T on(NetlinkSocket socket, ControlFamily.Numbers family) throws ErrnoException;
    }
}
