package org.stratumj.service;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The turn that is under way on one lane, if there is one. Written by the lane, looked at by another thread.
///
/// A turn costs two stores that order what was written before and fence nothing else. Who looks finds a holder and
/// a thread that belong together, since he only cares for turns that last very long.
/// @param <H> whose turn it can be
final class OpenTurn<H> {
    private static final long NONE = 0;

    private final AtomicLong began = new AtomicLong(NONE);
    private @Nullable H holder;
    private @Nullable Thread thread;
    // Of who looks.
    private long reported;

    /// On the lane.
    void begin(H holder, long now) {
        this.holder = holder;
        this.thread = Thread.currentThread();
        began.setRelease(now == NONE ? 1 : now);
    }

    /// On the lane.
    void end() {
        began.setRelease(NONE);
    }

    /// Tells of a turn that has lasted for `nanosMin` or more, once. One thread at a time.
    void report(long now, long nanosMin, Report<? super H> report) {
        long since = began.getAcquire();
        H of = holder;
        Thread at = thread;
        if (since == NONE || since == reported || now - since < nanosMin || of == null || at == null) {
            return;
        }
        List<StackTraceElement> stack = List.of(at.getStackTrace());
        if (began.get() == since) { // else it has ended, and this is no longer its stack
            reported = since;
            report.stuck(of, now - since, stack);
        }
    }

    /// Who is told.
    interface Report<H> {
        void stuck(H holder, long nanos, List<StackTraceElement> stack);
    }
}
