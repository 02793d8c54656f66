// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

/**
 * The kind of program that a parent is. It decides how the parent reacts if zreap reaps its child.
 */
public enum ProgramRuntime {
    /** A Java virtual machine. */
    JVM("JVM", "`Process.waitFor()` returns 0, whatever the exit value really was"),
    /** CPython or PyPy. */
    PYTHON(
            "Python",
            "`Popen.wait()` returns 0; `os.waitpid()` raises ChildProcessError; a multiprocessing `Process` stays alive"
                    + " for its parent; asyncio reports 255"),
    /** Ruby. */
    RUBY("Ruby", "`Process.wait` raises Errno::ECHILD; the thread of `Process.detach` gives nil"),
    /** Node.js. */
    NODE("Node.js", "the child's `exit` event never comes"),
    /** A program written in Go. */
    GO("Go", "`exec.Cmd.Wait` returns the error `waitid: no child processes`"),
    /** .NET. */
    DOTNET(".NET", "it aborts itself (FailFast) if it had started the child with Process.Start"),
    /** The shell bash. */
    BASH("bash", "`wait` gives a wrong status: -1, if it was running already"),
    /** The shell dash. */
    DASH("dash", "`wait` gives 255"),
    /** The shell of busybox. */
    BUSYBOX_SHELL("busybox sh", "`wait` gives 255"),
    /** Another shell. */
    SHELL("another shell", "its `wait` cannot give the true status"),
    /** A program that waits for every child and keeps records of some of them. */
    SUPERVISOR(
            "a supervisor that waits for any child",
            "it never learns that the child has ended, and may go on counting it as alive"),
    /** A program that waits for every child, mostly orphans. */
    INIT("an init", "it takes no notice, unless this is the child that it was started for"),
    /** Anything else. */
    OTHER("any other program", "its later wait for that child fails with ECHILD");

    private final String label;
    private final String effect;

    ProgramRuntime(String label, String effect) {
        this.label = label;
        this.effect = effect;
    }

    /**
     * A name for people.
     *
     * @return such as {@code Node.js}
     */
    public String label() {
        return label;
    }

    /**
     * Whether it waits by PID for the children that it started, and never for an orphan that it
     * inherits.
     *
     * @return whether a child that it did not start must become a zombie
     */
    public boolean waitsOnlyForItsOwn() {
        return this == JVM || this == NODE || this == DOTNET || this == GO;
    }

    /**
     * Whether it is a shell. A shell waits for any child of its own process.
     *
     * @return whether it is one
     */
    public boolean isShell() {
        return this == BASH || this == DASH || this == BUSYBOX_SHELL || this == SHELL;
    }

    /**
     * The effect on it if zreap reaps a child that it still wants to wait for.
     *
     * @return a clause for people
     */
    public String effectOfForcedReap() {
        return effect;
    }
}
