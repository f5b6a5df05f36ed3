package org.stratumj.app.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Ctrl-C and SIGTERM, turned into a wish to stop that the main thread carries out. The process then ends with
/// 130 or 143, as the JVM does after a signal, once the main thread is done or the grace is over.
public final class StopSignal implements AutoCloseable {
    private static final Duration LAST_WORD_MAX = Duration.ofMillis(500);

    private final CompletableFuture<Void> requested = new CompletableFuture<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private @Nullable Thread worker;

    private StopSignal(Duration grace) {
        hook = new Thread(() -> stopWithin(grace), "stratumj-stop");
    }

    /// Listens from now on; after a signal the process lives `grace` longer at the most.
    public static StopSignal install(Duration grace) {
        StopSignal signal = new StopSignal(grace);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /// Completes when a signal has come.
    public CompletableFuture<Void> requested() {
        return requested;
    }

    /// Runs `work`, which may take long, and interrupts it when a signal comes.
    <T> T interrupting(Supplier<T> work) {
        setWorker(Thread.currentThread());
        try {
            return work.get();
        } finally {
            setWorker(null);
            Thread.interrupted(); // what comes next is the orderly end
        }
    }

    /// Everything is closed and said: the process may end.
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is going down: the hook runs and sees that we are done.
        }
    }

    private synchronized void setWorker(@Nullable Thread thread) {
        worker = thread;
        if (requested.isDone()) {
            interruptWorker(); // the signal was first
        }
    }

    private synchronized void interruptWorker() {
        if (worker != null) {
            worker.interrupt();
        }
    }

    /// On a thread of its own: a standard error that is not read must not keep the process.
    private static void lastWord(String line) throws InterruptedException {
        Thread.ofPlatform().daemon().start(() -> System.err.println(line)).join(LAST_WORD_MAX);
    }

    /// A signal has come.
    void request() {
        requested.complete(null);
        interruptWorker();
    }

    private void stopWithin(Duration grace) {
        request();
        try {
            if (!finished.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                lastWord("stratumj: not everything stopped within " + grace.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
