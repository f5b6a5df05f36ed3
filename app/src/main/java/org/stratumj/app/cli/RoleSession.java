package org.stratumj.app.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.log.BackgroundLines;
import org.stratumj.app.log.LogTail;
import org.stratumj.app.log.Logging;
import org.stratumj.app.metrics.Metric;
import org.stratumj.app.metrics.MetricsPage;
import org.stratumj.app.role.LoggedEvents;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStack;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.view.LineView;
import org.stratumj.app.view.LiveView;
import org.stratumj.app.view.TerminalScreen;
import org.stratumj.app.view.View;
import org.stratumj.connection.Network;
import org.stratumj.connection.netty.NettyNetwork;
import org.stratumj.service.ServiceMetrics;

/// One run of roles in this process: logging, view, start, wait, stop in order. Ctrl-C ends it within
/// [#STOP_GRACE], whatever hangs.
public final class RoleSession {
    /// From the signal to the end of the process.
    public static final Duration STOP_GRACE = Duration.ofSeconds(5);

    private final String title;
    private final CommonOptions options;
    private final PrintWriter out;
    private final boolean liveAllowed;
    private Optional<Function<Supplier<List<RoleStatus>>, View>> view = Optional.empty();

    /// @param title       shown above the view
    /// @param progress    gets log and status lines where there is no live view
    /// @param liveAllowed whether a live view may be drawn if standard output is a terminal
    public RoleSession(String title, CommonOptions options, PrintWriter progress, boolean liveAllowed) {
        this.title = title;
        this.options = options;
        this.out = progress;
        this.liveAllowed = liveAllowed && !options.plain();
    }

    /// The same with another view than the usual ones.
    RoleSession showing(Function<Supplier<List<RoleStatus>>, View> other) {
        view = Optional.of(other);
        return this;
    }

    /// Starts roles and shows them until their end or a signal, then closes them, the last started first.
    ///
    /// @param start  starts roles on the stack and returns what ends the run
    /// @param report says what there is to say once the roles are closed; the process may end when it returns
    /// @throws RoleException if a role cannot start or go on; what was started is closed then
    public void run(Start start, Consumer<RoleStack> report) {
        RoleStack roles = new RoleStack();
        try (StopSignal signal = StopSignal.install(STOP_GRACE)) {
            try (BackgroundLines progress = new BackgroundLines(out)) {
                runUntilEnd(start, roles, signal, progress);
            }
            report.accept(roles);
        }
    }

    private void runUntilEnd(Start start, RoleStack roles, StopSignal signal, BackgroundLines progress) {
        Logging.to(progress, options.logLevel(), options.stacktrace());
        try (@Nullable MetricsPage page = openPage(roles);
                Network network = NettyNetwork.open();
                roles) {
            countFailures(network, page);
            RoleContext context = context(network, page);
            CompletableFuture<?> end = started(() -> start.start(context, roles), signal);
            if (!signal.requested().isDone()) {
                showUntil(CompletableFuture.anyOf(end, signal.requested()), roles, progress);
            }
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// What ends the run; a start that a signal cuts short has ended it, whatever it failed with.
    private static CompletableFuture<?> started(Supplier<CompletableFuture<?>> start, StopSignal signal) {
        try {
            return signal.interrupting(start);
        } catch (RuntimeException e) {
            if (!signal.requested().isDone()) {
                throw e;
            }
            return signal.requested();
        }
    }

    private void showUntil(CompletableFuture<?> end, RoleStack roles, BackgroundLines progress) {
        try (View view = openView(roles, progress)) {
            view.start();
            end.join();
        } finally {
            Logging.to(progress, options.logLevel(), options.stacktrace());
        }
    }

    private @Nullable MetricsPage openPage(RoleStack roles) {
        return options.metrics()
                .map(address -> MetricsPage.open(address, roles::statuses))
                .orElse(null);
    }

    private static void countFailures(Network network, @Nullable MetricsPage page) {
        if (page != null) {
            page.count(Metric.LANE_FAILURES, network::laneFailures);
            page.count(Metric.LOG_LINES_STALLED, BackgroundLines::dropped);
            page.count(Metric.LOG_LINES_LIMITED, Logging.limiter()::refused);
        }
    }

    private static RoleContext context(Network network, @Nullable MetricsPage page) {
        Function<String, ServiceMetrics> metrics = page == null ? any -> ServiceMetrics.NONE : page::of;
        return new RoleContext(network, new LoggedEvents(), InstantSource.system(), metrics);
    }

    private View openView(RoleStack roles, BackgroundLines progress) {
        if (view.isPresent()) {
            return view.get().apply(roles::statuses);
        }
        Optional<TerminalScreen> screen = liveAllowed ? TerminalScreen.open(out) : Optional.empty();
        if (screen.isEmpty()) {
            return new LineView(roles::statuses, progress);
        }
        LogTail tail = new LogTail();
        Logging.to(tail, options.logLevel(), options.stacktrace());
        return new LiveView(title, roles::statuses, tail::lines, screen.get());
    }

    /// Starts the roles of a session.
    @FunctionalInterface
    public interface Start {
        /// Starts them, in order.
        ///
        /// @return completes when the run is to end; never, if only a signal ends it; fails with a
        ///     [RoleException] if a role cannot go on
        CompletableFuture<?> start(RoleContext context, RoleStack roles);
    }
}
