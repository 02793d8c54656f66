// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

/** What kind of program a parent is, and so what it makes of a child that somebody else has reaped. */
public enum ProgramRuntime {
    /** A Java virtual machine. */
    JVM(true, "a child that it started itself then has the exit value 0, whatever it really was"),
    /** CPython. */
    PYTHON(
            false,
            "Popen.wait() then returns 0, whatever the exit code really was; os.waitpid() raises ChildProcessError"),
    /** Node.js. */
    NODE(true, "a child that it started itself may never give its exit event"),
    /** A program written in Go. */
    GO(true, "exec.Cmd.Wait then returns the error 'waitid: no child processes'"),
    /** .NET. */
    DOTNET(true, "it aborts itself (FailFast) if it had started the child with Process.Start"),
    /** A shell. */
    SHELL(false, "its wait for that child then gives 127 (bash) or 255 (dash), whatever the exit code really was"),
    /** A program whose task is to wait for orphans. */
    INIT(false, "it takes no notice"),
    /** Anything else. */
    OTHER(false, "its later wait for that child fails with ECHILD");

    private final boolean waitsOnlyForItsOwn;
    private final String effect;

    ProgramRuntime(boolean waitsOnlyForItsOwn, String effect) {
        this.waitsOnlyForItsOwn = waitsOnlyForItsOwn;
        this.effect = effect;
    }

    /**
     * Whether it waits for the children that it started, each by its PID, and never for one that it was given.
     *
     * @return whether a child that it did not start must become a zombie
     */
    public boolean waitsOnlyForItsOwn() {
        return waitsOnlyForItsOwn;
    }

    /**
     * What happens in it if one of its children is reaped behind its back.
     *
     * @return a clause for people
     */
    public String effectOfForcedReap() {
        return effect + "; and the PID is free again, so it must not signal that child any more";
    }
}
