package org.stratumj.app;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/// Runs a main method in a process that ends with the one that started it, however that ends: a test that is killed
/// leaves no role behind.
final class Tethered {
    private Tethered() {}

    /// Ties the process, then runs the other class.
    ///
    /// @param arguments process id of the other, name of the class, its arguments
    public static void main(String[] arguments) throws Throwable {
        tie(Long.parseLong(arguments[0]));
        var main = Class.forName(arguments[1]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void tie(long parent) {
        var ended = ProcessHandle.of(parent).map(ProcessHandle::onExit).orElse(CompletableFuture.completedFuture(null));
        var _ = ended.thenRun(() -> Runtime.getRuntime().halt(1));
    }
}
