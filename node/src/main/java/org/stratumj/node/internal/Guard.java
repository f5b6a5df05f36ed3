package org.stratumj.node.internal;

import java.lang.System.Logger.Level;

/// Runs tasks that must not end the thread, or the row of scheduled tasks, that they belong to.
public final class Guard {
    private static final System.Logger LOG = System.getLogger(Guard.class.getName());

    private Guard() {}

    /// Runs `task`. What it throws goes into the log with its stack; an error of the virtual machine, after which
    /// no state can be trusted, goes to the thread's uncaught exception handler, which decides about the process.
    ///
    /// @param name what the log calls the task
    /// @return whether the task ended without throwing
    public static boolean run(String name, Runnable task) {
        try {
            task.run();
            return true;
        } catch (VirtualMachineError e) {
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, e);
        } catch (Throwable e) {
            LOG.log(Level.ERROR, name + " failed and goes on", e);
        }
        return false;
    }
}
