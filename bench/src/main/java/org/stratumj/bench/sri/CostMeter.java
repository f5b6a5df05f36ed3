package org.stratumj.bench.sri;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;

/// Measures operations in processor time of the whole process, so that the collector's and the compiler's threads count
/// and waiting for a processor does not. The clock is the one SRI's worker reads. Not for two threads.
final class CostMeter {
    private static final int CLOCK_PROCESS_CPUTIME_ID = 2; // on Linux
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// A run of this part of the time tells how often to repeat.
    private static final int TRIAL_PART = 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MemorySegment now = Arena.global().allocate(ValueLayout.JAVA_LONG, 2);
    private final MethodHandle clock = clock();

    /// Repeats an operation for about `millis`.
    Cost measure(Operation operation, long millis) {
        long times = repetitions(operation, millis * NANOS_PER_MILLI);
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long began = processorNanos();
        operation.repeat(times);
        long took = processorNanos() - began;
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
        return new Cost((double) took / times, (double) allocated / times);
    }

    private long repetitions(Operation operation, double nanos) {
        for (long times = 1; ; times *= 2) {
            long began = processorNanos();
            operation.repeat(times);
            long took = processorNanos() - began;
            if (took > nanos / TRIAL_PART) {
                return (long) Math.ceil(times * nanos / took);
            }
        }
    }

    private long processorNanos() {
        try {
            int status = (int) clock.invokeExact(CLOCK_PROCESS_CPUTIME_ID, now);
            if (status != 0) {
                throw new IllegalStateException("clock_gettime returns " + status);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        return now.getAtIndex(ValueLayout.JAVA_LONG, 0) * NANOS_PER_SECOND + now.getAtIndex(ValueLayout.JAVA_LONG, 1);
    }

    @SuppressWarnings("restricted") // native access is granted on the command line
    private static MethodHandle clock() {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("clock_gettime"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }
}
