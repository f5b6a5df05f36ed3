package org.stratumj.app.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.Role;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.view.StatusJson;

/// A role in a process of its own. However that ends, it is started again after a pause, until this is closed.
///
/// ```text
/// start ──▶ starting ── first report ──▶ up ── ends ──▶ pause ──┐
///              │            ▲                                   │
///              │            └───────────── started again ◀──────┘
///              └── ends: the start fails, with the last line that the process wrote
/// ```
/// The process tells its status on standard output and logs to standard error. Its standard input is a pipe from here,
/// and at the end of it the process stops: so closing this stops it in order, and if this process is killed, the
/// system closes the pipe. Any thread.
public final class RoleProcess implements Role {
    private static final Logger LOG = System.getLogger("org.stratumj.app.process");

    /// How long a start waits for the first report: a template provider waits half of that for its node.
    private static final Duration START_MAX = Duration.ofMinutes(1);

    /// A role stops within two seconds.
    private static final Duration STOP_MAX = Duration.ofSeconds(3);

    private final RoleProgram program;
    private final RoleEvents events;
    private final ProcessListener listener;
    private final Lives lives = new Lives();
    private final ChildLog log;
    private final RestartPauses pauses = new RestartPauses();
    private final ScheduledExecutorService restarts;
    private @Nullable Life present;
    private boolean closed;
    private volatile boolean wasUp;

    /// Takes what to run; nothing happens before [#start].
    public RoleProcess(RoleProgram program, RoleEvents events, ProcessListener listener) {
        this.program = program;
        this.events = events;
        this.listener = listener;
        this.log = new ChildLog(program.role());
        this.restarts = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(program.role() + "-restart").factory());
    }

    @Override
    public String name() {
        return program.role();
    }

    @Override
    public void start() {
        CompletableFuture<Void> up = new CompletableFuture<>();
        try {
            up = launch().up;
            up.get(START_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | TimeoutException e) {
            throw failed("cannot be started: " + e, e);
        } catch (ExecutionException e) {
            throw failed("did not start: " + up.exceptionNow().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted while starting", e);
        }
    }

    @Override
    public RoleStatus status() {
        return status(name());
    }

    /// What there is to see of a role of the process, with its counts over all lives.
    RoleStatus status(String role) {
        return lives.status(role);
    }

    @Override
    public void close() {
        Life last;
        synchronized (this) {
            closed = true;
            last = present;
        }
        restarts.shutdownNow();
        if (last != null) {
            last.stop();
        }
    }

    private RoleException failed(String why, Exception cause) {
        close();
        return new RoleException(name() + ": " + why, cause);
    }

    private synchronized Life launch() throws IOException {
        if (closed) {
            throw new IOException("closed meanwhile");
        }
        Life life = new Life(program.launch());
        present = life;
        life.begin();
        return life;
    }

    private synchronized void onEnded(Life life, String how) {
        if (closed) {
            return;
        }
        lives.end(how);
        if (wasUp) {
            restartAfter(pauses.after(life.age()), how);
            listener.onEnded(name());
        } else {
            life.up.completeExceptionally(new IOException(life.lastWord.isEmpty() ? how : life.lastWord));
        }
    }

    private void restartAfter(Duration pause, String why) {
        note(why + ", started again in " + pause.toMillis() + " ms");
        var _ = restarts.schedule(this::restart, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void restart() {
        try {
            launch();
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                restartAfter(pauses.after(Duration.ZERO), "cannot be started: " + e.getMessage());
            }
        }
    }

    private void note(String text) {
        events.on(new RoleEvent.Note(name(), text));
    }

    /// One process, from its start to its end.
    private final class Life {
        private final Process process;
        private final long startedAt = System.nanoTime();
        private final CompletableFuture<Void> up = new CompletableFuture<>();
        private final Thread reports = reader("reports", this::readReports);
        private final Thread words = reader("log", this::readLog);
        private volatile String lastWord = "";

        Life(Process process) {
            this.process = process;
        }

        void begin() {
            note("process " + process.pid());
            words.start();
            reports.start();
        }

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - startedAt);
        }

        /// In order if it is willing, and then by force.
        void stop() {
            try {
                process.getOutputStream().close();
                if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                    note("process " + process.pid() + " does not stop, and is killed");
                }
                process.destroyForcibly().waitFor();
                reports.join();
            } catch (IOException e) {
                process.destroyForcibly();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }

        private void readReports() {
            readLines(process.inputReader(StandardCharsets.UTF_8), this::onLine);
            try {
                int exitCode = process.waitFor();
                words.join(); // for what it said last
                onEnded(this, "process %d ended with %d".formatted(process.pid(), exitCode));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void onLine(String line) {
            RoleStatus status;
            try {
                status = lives.report(StatusJson.read(line));
            } catch (IllegalArgumentException e) {
                log.accept(line);
                return;
            }
            if (!up.isDone()) {
                wasUp = true;
                listener.onUp(name());
                up.complete(null);
            }
            listener.onReport(status);
        }

        private void readLog() {
            readLines(process.errorReader(StandardCharsets.UTF_8), line -> {
                if (!line.startsWith("\t")) { // a line of a stack trace
                    lastWord = line;
                }
                log.accept(line);
            });
        }

        private Thread reader(String what, Runnable reading) {
            return Thread.ofPlatform().daemon().name(name() + "-" + what).unstarted(reading);
        }
    }

    /// Until the end, which a broken pipe is as well.
    private static void readLines(BufferedReader reader, Consumer<String> sink) {
        try (reader) {
            reader.lines().forEach(line -> take(line, sink));
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, "a pipe broke", e);
        }
    }

    /// A line that fails must not end the reading: the process at the other end would block.
    private static void take(String line, Consumer<String> sink) {
        try {
            sink.accept(line);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "cannot take the line: " + line, e);
        }
    }
}
