// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zreap.FakeModule;
import org.zreap.ModuleMissingException;
import org.zreap.PermissionException;
import org.zreap.ZreapException;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;

class KernelModuleTest {

    @TempDir
    private Path root;

    private final Calls calls = new Calls();
    private KernelModule module;
    private Optional<ModuleInfo> info = Optional.empty();

    /** What modprobe answers; empty if there is none. */
    private Optional<AdminTool.Answer> modprobe = Optional.empty();

    private final List<String> ran = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        module = new KernelModule(calls, root, file -> info, this::run);
        write("proc/sys/kernel/osrelease", "6.1.0-test\n");
        write("proc/sys/kernel/modules_disabled", "0\n");
    }

    @Test
    void findsTheFileOfTheRunningKernel() throws IOException {
        assertEquals(Optional.empty(), module.installedFile());
        write("lib/modules/6.1.0-test/extra/zreap_jiangshi.ko", "");
        write("lib/modules/5.10.0/extra/zreap.ko", "");
        assertEquals(Optional.empty(), module.installedFile());
        Path file = write("lib/modules/6.1.0-test/updates/dkms/zreap.ko.xz", "");
        assertEquals(Optional.of(file), module.installedFile());
    }

    @Test
    void takesTheFileThatDepmodHasChosen() throws IOException {
        Path extra = write("lib/modules/6.1.0-test/extra/zreap.ko", "");
        Path updates = write("lib/modules/6.1.0-test/updates/zreap.ko.xz", "");
        write("lib/modules/6.1.0-test/modules.dep", """
                kernel/fs/fat/fat.ko.xz:
                updates/zreap_jiangshi.ko.xz: updates/zreap.ko.xz
                updates/zreap.ko.xz:
                """);
        assertEquals(Optional.of(updates), module.installedFile());

        Path elsewhere = write("opt/zreap.ko", "");
        write("lib/modules/6.1.0-test/modules.dep", elsewhere + ": kernel/fs/fat/fat.ko.xz\n");
        assertEquals(Optional.of(elsewhere), module.installedFile());

        Files.delete(elsewhere);
        assertEquals(Optional.of(extra), module.installedFile());
    }

    @Test
    void saysThatTheFolderCannotBeRead() throws IOException {
        // Joined afterwards, since nobody can name so deep a folder, and root may read any other.
        Path upper = Files.createDirectories(deep(root.resolve("lib/modules/6.1.0-test")));
        Path lower = root.resolve("lower");
        Files.createDirectories(deep(lower));
        Path joint = Files.move(lower, upper.resolve("lower"));

        assertThrows(ZreapException.class, module::installedFile);

        Files.move(joint, lower); // so that JUnit can delete it
    }

    private static Path deep(Path folder) {
        return folder.resolve(("x".repeat(200) + "/").repeat(12));
    }

    @Test
    void loadsWithParameters() throws IOException {
        write("lib/modules/6.1.0-test/extra/zreap.ko.zst", "");
        module.load(Map.of("recent", "100", "allow_pidns", "1"));
        module.load(root.resolve("zreap.ko"), Map.of());

        assertEquals(List.of("load 'allow_pidns=1 recent=100' 4", "load '' 0"), calls.made);
        assertEquals(0, calls.openFiles());
    }

    @Test
    void loadsByModprobe() throws IOException {
        write("lib/modules/6.1.0-test/extra/zreap.ko", "");
        modprobe = Optional.of(new AdminTool.Answer(0, ""));

        ZreapException e = assertThrows(ZreapException.class, () -> module.load(Map.of()));
        assertTrue(e.remedy().contains("install zreap"), e.remedy());

        module = new KernelModule(calls, root, file -> info, (name, arguments) -> {
            ran.add(name + " " + arguments);
            assertDoesNotThrow(() -> write("sys/module/zreap/refcnt", "0\n"));
            return modprobe;
        });
        ran.clear();
        module.load(Map.of("recent", "100", "allow_pidns", "1"));

        assertEquals(List.of("modprobe [zreap, allow_pidns=1, recent=100]"), ran);
        assertEquals(List.of(), calls.made);
        assertEquals(
                OptionalInt.of(Errno.EEXIST),
                assertThrows(ZreapException.class, () -> module.load(Map.of())).errno());
        assertEquals(1, ran.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "modprobe: ERROR: could not insert 'zreap': Operation not permitted|PermissionException"
                        + "|(modprobe: operation not permitted (EPERM)): run as root with CAP_SYS_MODULE",
                "modprobe: ERROR: could not insert 'zreap': Key was rejected by service|PermissionException"
                        + "|sign the module",
                "modprobe: ERROR: could not insert 'zreap': Invalid argument|ZreapException|see the kernel log",
                "modprobe: FATAL: Module zreap not found in directory /x|ZreapException"
                        + "|(modprobe: FATAL: Module zreap not found in directory /x): see what modprobe says",
            })
    void explainsWhyModprobeCannotLoad(String said, String type, String message) throws IOException {
        write("lib/modules/6.1.0-test/extra/zreap.ko", "");
        modprobe = Optional.of(new AdminTool.Answer(1, said + "\n"));

        ZreapException e = assertThrows(ZreapException.class, () -> module.load(Map.of()));

        assertEquals(type, e.getClass().getSimpleName());
        assertTrue(String.valueOf(e.getMessage()).contains(message), e::getMessage);
        assertEquals(List.of(), calls.made);
    }

    @Test
    void loadsNothingWithAParameterThatItLacks() throws IOException {
        write("lib/modules/6.1.0-test/extra/zreap.ko", "");
        info = Optional.of(ModuleInfo.parse("parm: recent:results (uint)\nparm: allow_pidns:containers (bool)\n"));
        modprobe = Optional.of(new AdminTool.Answer(0, ""));

        ZreapException e = assertThrows(ZreapException.class, () -> module.load(Map.of("recnt", "100")));

        assertEquals("the module zreap has no parameter recnt: its parameters are allow_pidns, recent", e.getMessage());
        assertEquals(List.of(), ran);
        assertEquals(List.of(), calls.made);
    }

    private Optional<AdminTool.Answer> run(String name, List<String> arguments) {
        ran.add(name + " " + arguments);
        return modprobe;
    }

    @Test
    void unloadsWhatLacksAParameter() throws IOException {
        write("sys/module/zreap/parameters/recent", "4096\n");
        write("sys/module/zreap/parameters/allow_pidns", "N\n");
        assertEquals(Map.of("recent", "4096", "allow_pidns", "N"), module.parameters());

        module.load(root.resolve("zreap.ko"), Map.of("recent", "100", "allow-pidns", "1"));
        ZreapException e =
                assertThrows(ZreapException.class, () -> module.load(root.resolve("zreap.ko"), Map.of("recnt", "100")));

        assertTrue(
                e.getMessage().startsWith("the module zreap has no parameter recnt, and was not left"), e::getMessage);
        assertEquals("its parameters are allow_pidns, recent", e.remedy());
        assertEquals(List.of("load 'allow-pidns=1 recent=100' 0", "load 'recnt=100' 0", "unload zreap"), calls.made);
    }

    @Test
    void unloads() {
        module.unload();

        assertEquals(List.of("unload zreap"), calls.made);
    }

    @Test
    void seesWhetherItIsLoaded() throws IOException {
        assertFalse(module.isLoaded());
        write("sys/module/zreap/refcnt", "0\n");
        assertTrue(module.isLoaded());
    }

    @Test
    void saysThatNoneIsInstalled() {
        ModuleMissingException e = assertThrows(ModuleMissingException.class, () -> module.load(Map.of()));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("the module is not built for the running kernel 6.1.0-test, whose headers"));
        assertTrue(e.remedy().contains("headers of kernel 6.1.0-test"), e.remedy());
    }

    @ParameterizedTest
    @CsvSource({
        Errno.ENOKEY + ", PermissionException, sign the module",
        Errno.EKEYREJECTED + ", PermissionException, sign the module",
        Errno.EPERM + ", PermissionException, CAP_SYS_MODULE",
        Errno.EACCES + ", PermissionException, CAP_SYS_MODULE",
        Errno.ENOEXEC + ", ZreapException, build it for the running kernel",
        Errno.EEXIST + ", ZreapException, loaded already",
        Errno.EINVAL + ", ZreapException, kernel log",
    })
    void explainsWhyItCannotLoad(int errno, String type, String remedy) {
        calls.errno = errno;

        ZreapException e = assertThrows(ZreapException.class, () -> module.load(root.resolve("zreap.ko"), Map.of()));

        assertEquals(type, e.getClass().getSimpleName());
        assertTrue(e.remedy().contains(remedy), e.remedy());
        assertEquals(Optional.of(root.resolve("zreap.ko")), e.path());
    }

    @Test
    void seesWhyItMayNotLoad() throws IOException {
        MachineTree machine = new MachineTree(root).root();
        calls.errno = Errno.EPERM;
        assertTrue(remedyOfLoad().contains("which security module forbids it"), remedyOfLoad());
        machine.lockdown("integrity").file("proc/cmdline", "lockdown=integrity\n");
        assertTrue(remedyOfLoad().contains("boot without lockdown=integrity"), remedyOfLoad());
        machine.file("proc/cmdline", "module_blacklist=zreap\n");
        assertTrue(remedyOfLoad().contains("module_blacklist"), remedyOfLoad());
        machine.capabilities("0000000000000000");
        assertEquals("run as root with CAP_SYS_MODULE", remedyOfLoad());
        machine.file("proc/sys/kernel/modules_disabled", "1\n");
        assertTrue(remedyOfLoad().contains("until the next boot"), remedyOfLoad());
    }

    @Test
    void advisesToTurnSecureBootOffOnlyWhereItIsOn() throws IOException {
        MachineTree machine = new MachineTree(root).sigEnforce().file("proc/cmdline", "module.sig_enforce\n");
        calls.errno = Errno.EKEYREJECTED;
        info = Optional.of(ModuleInfo.parse("version: 0.2.0"));
        assertFalse(remedyOfLoad().contains("Secure Boot"), remedyOfLoad());
        assertTrue(remedyOfLoad().contains("boot without module.sig_enforce "), remedyOfLoad());
        machine.secureBoot(0);
        assertFalse(remedyOfLoad().contains("turn Secure Boot off"), remedyOfLoad());
        machine.secureBoot(1);
        assertFalse(remedyOfLoad().contains("turn Secure Boot off"), "the command line would still demand signatures");
        machine.file("proc/cmdline", "quiet\n").lockdown("integrity");
        assertTrue(remedyOfLoad().contains("turn Secure Boot off"), remedyOfLoad());
    }

    @Test
    void lockdownDoesNotKeepItFromBeingUnloaded() throws IOException {
        new MachineTree(root).root().lockdown("integrity");
        calls.errno = Errno.EPERM;

        String remedy = assertThrows(PermissionException.class, module::unload).remedy();

        assertFalse(remedy.contains("sign"), remedy);
    }

    private String remedyOfLoad() {
        return assertThrows(PermissionException.class, () -> module.load(root.resolve("zreap.ko"), Map.of()))
                .remedy();
    }

    @Test
    void explainsWhyItCannotUnload() {
        calls.errno = Errno.ENOENT;
        assertInstanceOf(ModuleMissingException.class, assertThrows(ZreapException.class, module::unload));
        calls.errno = Errno.EACCES;
        assertInstanceOf(PermissionException.class, assertThrows(ZreapException.class, module::unload));
        calls.errno = Errno.EAGAIN;
        assertTrue(assertThrows(ZreapException.class, module::unload).remedy().contains("lsmod"));
    }

    private Path write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private static final class Calls extends FakeModule {

        private final List<String> made = new ArrayList<>();
        private int errno;

        @Override
        public void finitModule(int fd, String parameters, int flags) throws ErrnoException {
            answer("finit_module");
            made.add("load '" + parameters + "' " + flags);
        }

        @Override
        public void deleteModule(String name) throws ErrnoException {
            answer("delete_module");
            made.add("unload " + name);
        }

        private void answer(String call) throws ErrnoException {
            if (errno != 0) {
                throw new ErrnoException(call, errno);
            }
        }
    }
}
