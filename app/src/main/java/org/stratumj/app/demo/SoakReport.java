package org.stratumj.app.demo;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.stratumj.app.role.FileFault;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.view.Figures;

/// Writes a line a minute about memory and work to a file, to see over hours whether anything grows. The heap
/// is measured after a collection that this asks for, so that what is written is what is held.
final class SoakReport implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.stratumj.app.demo");
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Path file;
    private final Supplier<List<RoleStatus>> roles;
    private final long startedAt = System.nanoTime();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("soak-report").factory());

    /// Begins with a heading, in a new file.
    SoakReport(Path file, Supplier<List<RoleStatus>> roles) {
        this.file = file;
        this.roles = roles;
        try {
            Files.writeString(file, "  elapsed   heap MiB  direct MiB   threads    shares  rejected  blocks  height\n");
        } catch (IOException e) {
            throw new RoleException("--report: cannot write " + file + ": " + FileFault.reason(e), e);
        }
        var _ = thread.scheduleAtFixedRate(this::append, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// A last line, then no more.
    @Override
    public void close() {
        thread.shutdownNow();
        append();
    }

    static String line(Duration elapsed, Memory memory, DemoSummary summary) {
        long rejected = summary.sharesRejected().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return String.format(
                Locale.ROOT,
                "%9s %10.1f %11.1f %9d %9d %9d %7d %7d%n",
                Figures.clock(elapsed),
                memory.heapBytes() / 1048576.0,
                memory.directBytes() / 1048576.0,
                memory.threads(),
                summary.sharesAccepted(),
                rejected,
                summary.blocks(),
                summary.height());
    }

    private synchronized void append() {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startedAt);
        DemoSummary summary = DemoSummary.of("", elapsed, roles.get());
        try {
            Files.writeString(file, line(elapsed, Memory.now(), summary), StandardOpenOption.APPEND);
        } catch (IOException | RuntimeException e) {
            // Thrown, it would end the lines to come.
            LOG.log(Level.ERROR, "cannot write to " + file, e);
        }
    }

    /// What the process holds.
    record Memory(long heapBytes, long directBytes, int threads) {
        static Memory now() {
            System.gc();
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            return new Memory(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    direct,
                    ManagementFactory.getThreadMXBean().getThreadCount());
        }
    }
}
