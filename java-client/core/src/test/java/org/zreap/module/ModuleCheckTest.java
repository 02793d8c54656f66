// SPDX-License-Identifier: Apache-2.0
package org.zreap.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zreap.Failure;
import org.zreap.FakeModule;
import org.zreap.NativeLibraryException;
import org.zreap.Transport;
import org.zreap.ZreapException;
import org.zreap.internal.sys.Errno;
import org.zreap.internal.sys.ErrnoException;
import org.zreap.internal.sys.Sys;
import org.zreap.module.ModuleProblem.Kind;

class ModuleCheckTest {

    private static final String RUNNING = MachineTree.RUNNING;
    private static final String NEWER = "6.1.0-100-amd64";

    private static final ModuleInfo UNSIGNED =
            new ModuleInfo(Map.of("version", "0.2.0", "srcversion", "ABC"), Set.of());
    private static final ModuleInfo SIGNED = new ModuleInfo(
            Map.of("version", "0.2.0", "srcversion", "ABC", "sig_id", "PKCS#7", "signer", "DKMS module signing key"),
            Set.of());

    /** A line of /proc/keys. */
    private static final String KEY =
            "0390a056 I------     1 perm 1f030000     0     0 asymmetri %s: 6ccece7e: X509.rsa 419ea1 []\n";

    private static final String KERNEL_KEY = KEY.formatted("Debian Secure Boot CA");
    private static final String DKMS_KEY = KEY.formatted("DKMS module signing key");

    @TempDir
    private Path root;

    private MachineTree machine;
    private Optional<ModuleInfo> info = Optional.of(UNSIGNED);

    @BeforeEach
    void prepare() {
        machine = new MachineTree(root);
    }

    private List<ModuleProblem> problems() {
        return check().problems();
    }

    private ModuleCheck check() {
        return new ModuleCheck(Sys.linux(), root, file -> info);
    }

    private ModuleProblem only(Kind kind) {
        List<ModuleProblem> found = problems();
        assertEquals(List.of(kind), found.stream().map(ModuleProblem::kind).toList(), found::toString);
        return found.get(0);
    }

    @Test
    void headersAreMissing() throws IOException {
        machine.bare().dkms("0.2.0").link("lib/modules/" + RUNNING + "/build", "/usr/src/gone");

        ModuleProblem problem = only(Kind.HEADERS_MISSING);

        assertTrue(problem.problem().contains("/lib/modules/" + RUNNING + "/build"), problem.problem());
        assertEquals("apt-get install linux-headers-" + RUNNING, problem.remedy());
    }

    @Test
    void headersOfAnotherSystemAreMissingAndSoIsDkms() throws IOException {
        machine.bare().without("etc/debian_version");

        assertEquals(
                "install the headers of kernel " + RUNNING
                        + " from where that kernel came; then make -C kmod KDIR=/lib/modules/" + RUNNING
                        + "/build modules modules_install, in zreap's sources",
                only(Kind.HEADERS_MISSING).remedy());
    }

    @Test
    void dkmsFailedToBuild() throws IOException {
        machine.bare()
                .headers(RUNNING)
                .dkms("0.2.0")
                .file(
                        "var/lib/dkms/zreap/0.2.0/build/make.log",
                        "DKMS make.log for zreap-0.2.0 for kernel " + RUNNING + " (x86_64)\nmain.c:1: error: no\n");

        ModuleProblem problem = only(Kind.BUILD_FAILED);

        assertTrue(problem.problem().endsWith("see /var/lib/dkms/zreap/0.2.0/build/make.log"), problem.problem());
        assertTrue(problem.remedy().endsWith("dkms autoinstall -k " + RUNNING), problem.remedy());
    }

    @Test
    void theLogOfAnotherKernelSaysNothing() throws IOException {
        machine.bare()
                .headers(RUNNING)
                .dkms("0.2.0")
                .file(
                        "var/lib/dkms/zreap/0.2.0/build/make.log",
                        "DKMS make.log for zreap-0.2.0 for kernel 5.10.0-1-amd64 (x86_64)\n");

        assertEquals("dkms autoinstall -k " + RUNNING, only(Kind.NOT_BUILT).remedy());
    }

    @Test
    void isNotBuiltAndDkmsIsNotThere() throws IOException {
        machine.bare().headers(RUNNING);

        assertTrue(only(Kind.NOT_BUILT).remedy().startsWith("make -C kmod"));
    }

    @Test
    void isOnlyNotLoaded() throws IOException {
        machine.installed();

        assertEquals("modprobe zreap", only(Kind.NOT_LOADED).remedy());
    }

    @Test
    void modulesAreDisabledUntilTheNextBoot() throws IOException {
        machine.installed().file("proc/sys/kernel/modules_disabled", "1\n");

        only(Kind.MODULES_DISABLED);
    }

    @ParameterizedTest
    @CsvSource({
        "module_blacklist=zreap, true",
        "'module_blacklist=a,zreap,b', true",
        "module_blacklist=zreap_jiangshi, false"
    })
    void theCommandLineForbidsIt(String word, boolean forbids) throws IOException {
        machine.installed().file("proc/cmdline", "quiet " + word + " ro\n");

        only(forbids ? Kind.BLACKLISTED : Kind.NOT_LOADED);
    }

    @Test
    void unsignedUnderSigEnforceOnAMachineWithoutUefi() throws IOException {
        machine.installed().sigEnforce().file("proc/cmdline", "quiet module.sig_enforce=1\n");

        ModuleProblem problem = only(Kind.UNSIGNED);

        assertTrue(problem.problem().contains("sig_enforce is on"), problem.problem());
        assertTrue(problem.remedy().contains("boot without module.sig_enforce=1"), problem.remedy());
        assertFalse(problem.remedy().contains("Secure Boot"), problem.remedy());
        assertFalse(problem.remedy().contains("mokutil"), problem.remedy());
    }

    @Test
    void sigEnforceThatTheCommandLineDoesNotHaveIsNotTakenFromThere() throws IOException {
        machine.installed().sigEnforce().file("proc/cmdline", "module.sig_enforce=0 xlockdown=integrity\n");

        assertFalse(only(Kind.UNSIGNED).remedy().contains("boot without"));
    }

    @Test
    void unsignedUnderLockdown() throws IOException {
        machine.installed().lockdown("integrity").file("proc/cmdline", "lockdown=integrity\n");

        ModuleProblem problem = only(Kind.UNSIGNED);

        assertTrue(problem.problem().contains("lockdown is in force"), problem.problem());
        assertTrue(problem.remedy().contains("boot without lockdown=integrity"), problem.remedy());
        machine.lockdown("none");
        only(Kind.NOT_LOADED);
    }

    @Test
    void unsignedUnderSecureBoot() throws IOException {
        machine.installed().lockdown("integrity").secureBoot(1).file("var/lib/dkms/mok.pub", "");

        assertEquals(
                "let DKMS sign it: dkms build --force zreap/0.2.0 && dkms install --force zreap/0.2.0,"
                        + " then enrol the key: mokutil --import /var/lib/dkms/mok.pub,"
                        + " and choose Enroll MOK at the console during the next boot;"
                        + " or turn Secure Boot off in the firmware",
                only(Kind.UNSIGNED).remedy());
    }

    @Test
    void secureBootThatIsOffIsNotToBeTurnedOff() throws IOException {
        machine.installed().sigEnforce().secureBoot(0);

        String remedy = only(Kind.UNSIGNED).remedy();

        assertTrue(remedy.contains("Secure Boot is not on: zreap does not know"), remedy);
        assertFalse(remedy.contains("turn Secure Boot off"), remedy);
    }

    @Test
    void theKeyIsNotEnrolled() throws IOException {
        machine.installed().lockdown("integrity").secureBoot(1).file("proc/keys", KERNEL_KEY);
        info = Optional.of(SIGNED);

        ModuleProblem problem = only(Kind.KEY_NOT_ENROLLED);

        assertTrue(problem.problem().contains("\"DKMS module signing key\""), problem.problem());
        assertTrue(problem.remedy().startsWith("enrol the key: mokutil --import CERTIFICATE"), problem.remedy());
    }

    @Test
    void aKeyThatIsThereOrThatNobodyShowsIsNotBlamed() throws IOException {
        machine.installed().lockdown("integrity").secureBoot(1).file("proc/keys", KERNEL_KEY + DKMS_KEY);
        info = Optional.of(SIGNED);
        only(Kind.NOT_LOADED);
        machine.file("proc/keys", "");
        only(Kind.NOT_LOADED);
        info = Optional.empty();
        only(Kind.NOT_LOADED);
    }

    @Test
    void findsNothingWrong() throws IOException {
        machine.installed().loaded("0.2.0", "ABC");

        assertEquals(List.of(), problems());
        info = Optional.empty();
        assertEquals(List.of(), problems());
    }

    @Test
    void anOldModuleIsStillLoaded() throws IOException {
        machine.installed().loaded("0.1.0", "DEF");

        ModuleProblem problem = only(Kind.OTHER_IS_LOADED);

        assertTrue(
                problem.problem()
                        .endsWith("loaded is version 0.1.0 (srcversion DEF), installed version 0.2.0 (srcversion ABC)"),
                problem.problem());
        assertEquals("rmmod zreap && modprobe zreap", problem.remedy());
    }

    @Test
    void anotherBuildOfTheSameVersionIsLoaded() throws IOException {
        machine.installed().loaded("0.2.0", "DEF");

        only(Kind.OTHER_IS_LOADED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"min-age dry-run parent to signal", "min-age dry-run gentle parent to signal"})
    void theLoadedModuleIsTooOldForTheLibrary(String options) throws IOException {
        machine.installed().loaded("0.2.0", "ABC").file("sys/kernel/zreap/options", options + "\n");

        ModuleProblem problem = only(Kind.TOO_OLD);

        assertTrue(problem.problem().contains("version 0.2.0"), problem.problem());
        assertTrue(problem.problem().endsWith(options.contains("gentle") ? "force" : "gentle"), problem.problem());
    }

    @Test
    void aModuleFromBeforeOptionsWereToldIsTooOld() throws IOException {
        machine.installed().loaded("0.2.0", "ABC").without("sys/kernel/zreap/options");

        only(Kind.TOO_OLD);
    }

    @Test
    void tellsTheRestWhereJnaCannotBeLoaded() throws IOException {
        machine.installed().loaded("0.1.0", "DEF");
        Sys unloadable = new FakeModule() {
            @Override
            public int openForReading(String path) {
                throw new NativeLibraryException(Failure.of("no JNA", "add it"));
            }
        };

        List<ModuleProblem> found = new ModuleCheck(unloadable, root, file -> info).problems();

        assertEquals(
                List.of(Kind.OTHER_IS_LOADED),
                found.stream().map(ModuleProblem::kind).toList());
    }

    @Test
    void nobodyAsksForItAtBoot() throws IOException {
        machine.installed().loaded("0.2.0", "ABC").file("etc/modules-load.d/zreap.conf", "#zreap\nzreap_jiangshi\n");

        assertEquals(
                "echo zreap > /etc/modules-load.d/zreap.conf",
                only(Kind.NOT_LOADED_AT_BOOT).remedy());
    }

    @ParameterizedTest
    @CsvSource({
        "etc/modules, 'loop\nzreap\n'",
        "usr/lib/modules-load.d/x.conf, zreap",
        "proc/cmdline, 'ro modules-load=loop,zreap'"
    })
    void otherFilesMayAskForItAtBoot(String file, String text) throws IOException {
        machine.installed()
                .loaded("0.2.0", "ABC")
                .without("etc/modules-load.d/zreap.conf")
                .file(file, text);

        assertEquals(List.of(), problems());
    }

    @Test
    void aMaskKeepsItFromBeingLoadedAtBoot() throws IOException {
        machine.installed()
                .loaded("0.2.0", "ABC")
                .file("usr/lib/modules-load.d/zreap.conf", "zreap\n")
                .link("etc/modules-load.d/zreap.conf", "/dev/null");

        assertTrue(only(Kind.NOT_LOADED_AT_BOOT).remedy().endsWith("rm /etc/modules-load.d/zreap.conf"));
    }

    @Test
    void aBlacklistKeepsItFromBeingLoadedAtBoot() throws IOException {
        machine.installed().loaded("0.2.0", "ABC").file("etc/modprobe.d/no.conf", "blacklist   zreap\n");

        assertTrue(only(Kind.NOT_LOADED_AT_BOOT).problem().endsWith("/etc/modprobe.d/no.conf blacklists it"));
    }

    @Test
    void isNotBuiltForANewerKernel() throws IOException {
        machine.installed()
                .loaded("0.2.0", "ABC")
                .kernel("6.1.0-9-amd64")
                .kernel(NEWER)
                .folder("lib/modules/6.2.0-removed/kernel");

        ModuleProblem problem = only(Kind.NOT_BUILT_FOR_NEWER_KERNEL);

        assertTrue(problem.problem().contains(NEWER), problem.problem());
        assertEquals("apt-get install linux-headers-" + NEWER, problem.remedy());
        machine.headers(NEWER);
        assertEquals(
                "dkms autoinstall -k " + NEWER,
                only(Kind.NOT_BUILT_FOR_NEWER_KERNEL).remedy());
        machine.file("lib/modules/" + NEWER + "/updates/dkms/zreap.ko.xz", "");
        assertEquals(List.of(), problems());
    }

    @Test
    void aContainerDoesNotShowWhatTheHostHas() throws IOException {
        machine.bare().link("proc/self/ns/pid", "pid:[4026532001]");

        assertEquals(
                "run zreap doctor on the host", only(Kind.NOT_LOADED_ON_HOST).remedy());
        machine.loaded("0.1.0", "DEF");
        assertEquals(List.of(), problems());
    }

    /** As in the pod of the DaemonSet: the PID namespace is the host's, and the files are the image's. */
    @Test
    void aContainerWithThePidsOfTheHostDoesNotShowItEither() throws IOException {
        machine.installed().link("proc/1/root", "/");

        only(Kind.NOT_LOADED_ON_HOST);
        machine.loaded("0.1.0", "DEF");
        assertEquals(List.of(), problems());
    }

    @Test
    void seesTheHostByTheRootOfProcess1() throws IOException {
        machine.bare();
        assertTrue(check().seesHost(), "it may not look at it");
        machine.link("proc/1/root", "../..");
        assertTrue(check().seesHost());
        machine.link("proc/1/root", "/");
        assertFalse(check().seesHost());
    }

    @Test
    void appArmorKeepsRootOut() throws IOException {
        machine.root().file("proc/self/attr/current", "docker-default (enforce)\n");

        assertAccess(Kind.CONFINED, "AppArmor's profile docker-default", Transport.PROCFS, Errno.EACCES);
        machine.file("proc/self/attr/current", "unconfined\n");
        assertEquals(Optional.empty(), access(Transport.PROCFS, Errno.EACCES));
        machine.file("proc/self/attr/apparmor/current", "snap.x (enforce)\n");
        assertAccess(Kind.CONFINED, "AppArmor's profile snap.x", Transport.PROCFS, Errno.EACCES);
    }

    @Test
    void seLinuxKeepsRootOut() throws IOException {
        machine.root().file("proc/self/attr/current", "system_u:system_r:container_t:s0:c1,c2\0");
        assertEquals(Optional.empty(), access(Transport.PROCFS, Errno.EACCES));
        machine.file("sys/fs/selinux/enforce", "1");

        assertAccess(
                Kind.CONFINED,
                "SELinux's policy for system_u:system_r:container_t:s0:c1,c2",
                Transport.PROCFS,
                Errno.EACCES);
    }

    @Test
    void modesKeepOthersOut() throws IOException {
        machine.status("1000", "0000000000000000").file("proc/self/attr/current", "docker-default (enforce)\n");

        assertAccess(Kind.FILE_MODE, "modes", Transport.PROCFS, Errno.EACCES);
        machine.status("0", "0000000000000000");
        assertAccess(Kind.CONFINED, "docker-default", Transport.PROCFS, Errno.EACCES);
        machine.status("0", "000001ffffffffff").file("proc/self/uid_map", "0 100000 65536\n");
        assertAccess(Kind.FILE_MODE, "modes", Transport.PROCFS, Errno.EACCES);
    }

    @Test
    void theModuleWantsCapKill() throws IOException {
        machine.root().capabilities("00000000a80425db");

        assertAccess(Kind.NO_CAP_KILL, "CAP_KILL", Transport.NETLINK, Errno.EPERM);
        machine.root();
        assertEquals(Optional.empty(), access(Transport.PROCFS, Errno.EPERM));
    }

    @Test
    void netlinkIsInAnotherNetworkNamespace() throws IOException {
        machine.link("proc/self/ns/net", "net:[4026532001]").link("proc/1/ns/net", "net:[4026531840]");
        assertEquals(Optional.empty(), access(Transport.NETLINK, Errno.ENOENT), "the module is not loaded");
        machine.loaded("0.2.0", "ABC");

        assertAccess(Kind.OTHER_NETWORK_NAMESPACE, "its own is not that of process 1", Transport.NETLINK, Errno.ENOENT);
        assertEquals(Optional.empty(), access(Transport.PROCFS, Errno.ENOENT));
        machine.link("proc/1/ns/net", "net:[4026532001]");
        assertFalse(
                access(Transport.NETLINK, Errno.ENOENT).orElseThrow().problem().contains("process 1"));
    }

    @Test
    void aFailureOfNoCallIsLeftAsItIs() {
        assertEquals(
                Optional.empty(),
                check().accessProblem(Transport.PROCFS, new ZreapException(Failure.of("garbled", "see the log"))));
    }

    private void assertAccess(Kind kind, String evidence, Transport way, int errno) {
        ModuleProblem problem = access(way, errno).orElseThrow();
        assertEquals(kind, problem.kind());
        assertTrue(problem.problem().contains(evidence), problem.problem());
    }

    private Optional<ModuleProblem> access(Transport way, int errno) {
        Failure failure = Failure.of("no", "do")
                .withPath(root.resolve("proc/zreap"))
                .withErrno(errno, new ErrnoException("open", errno));
        return check().accessProblem(way, new ZreapException(failure));
    }
}
