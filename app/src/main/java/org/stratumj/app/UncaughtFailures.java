package org.stratumj.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/// What becomes of a failure that no code caught: an error of the JVM, such as out of memory, ends the process with
/// [#JVM_ERROR], because a role that lives on without it may serve a stale tip for days; any other is logged.
///
/// The commands also start the JVM with `-XX:+ExitOnOutOfMemoryError`, which ends it with the same code where code
/// would have caught the error. What remains for this class is thrown by Java code: no thread, no direct memory.
public final class UncaughtFailures implements Thread.UncaughtExceptionHandler {
    /// Exit code after an error of the JVM; the same that the JVM itself takes when it is out of memory.
    public static final int JVM_ERROR = 3;

    // Made beforehand: there may be no memory for it later.
    private static final byte[] LAST_LINE =
            "stratumj: the JVM cannot go on: out of memory or threads; give it more, as JDK_JAVA_OPTIONS=-Xmx2g\n"
                    .getBytes(StandardCharsets.UTF_8);

    private UncaughtFailures() {}

    /// Takes over the uncaught failures of every thread of this process.
    public static void install() {
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtFailures());
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
            end();
        }
        System.getLogger("org.stratumj.app").log(Level.ERROR, "thread " + thread.getName() + " failed", failure);
    }

    /// Runs no shutdown hooks: they need what is missing.
    private static void end() {
        try {
            new FileOutputStream(FileDescriptor.err).write(LAST_LINE);
        } catch (IOException _) {
            // The exit code remains.
        } finally {
            Runtime.getRuntime().halt(JVM_ERROR);
        }
    }
}
