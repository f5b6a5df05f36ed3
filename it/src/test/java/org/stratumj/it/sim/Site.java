package org.stratumj.it.sim;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.stratumj.app.role.Role;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.connection.Network;
import org.stratumj.connection.sim.SimProcess;
import org.stratumj.testkit.faults.FaultPlan;
import org.stratumj.testkit.faults.Faults;
import org.stratumj.testkit.faults.FaultyNetwork;

/// A machine of the world on which one role runs, crashes, and is started again.
final class Site {
    /// How long a role may take to stop.
    static final Duration STOP_MAX = Duration.ofSeconds(5);

    private final String name;
    private final String address;
    private final int lanes;
    private final World world;
    private final boolean altering;
    private final Program program;
    private Optional<Incarnation> running = Optional.empty();
    private int started;

    /// Makes the role of a machine anew.
    @FunctionalInterface
    interface Program {
        Running make(Site site, Network network, SimProcess process);
    }

    /// A role that was made.
    ///
    /// @param shutdown stops the role without waiting
    /// @param released what the world does when the process is gone, however it ended
    record Running(Role role, Supplier<CompletionStage<?>> shutdown, Runnable released) {}

    private record Incarnation(SimProcess process, FaultyNetwork network, Running program) {}

    /// A machine on which nothing runs yet.
    ///
    /// @param address  where its connections come from
    /// @param altering whether bytes of its connections may be altered
    Site(String name, String address, int lanes, World world, boolean altering, Program program) {
        this.name = name;
        this.address = address;
        this.lanes = lanes;
        this.world = world;
        this.altering = altering;
        this.program = program;
    }

    String address() {
        return address;
    }

    boolean isRunning() {
        return running.isPresent();
    }

    RoleStatus status() {
        return running.orElseThrow().program().role().status();
    }

    /// How often it was started.
    int started() {
        return started;
    }

    void start(boolean faultsOn) {
        SimProcess process = world.network().process(name + "." + ++started, lanes, address);
        Faults dialled = world.chaos().faults(altering);
        FaultyNetwork faulty = new FaultyNetwork(
                process,
                pipe -> pipe.dialled() ? dialled.plan(pipe) : FaultPlan.none(),
                (pipe, fault) -> world.chaos().onFault(this, fault));
        if (!faultsOn) {
            faulty.faultsOff();
        }
        Running made = program.make(this, faulty, process);
        running = Optional.of(new Incarnation(process, faulty, made));
        made.role().start();
    }

    /// Ends in the middle of whatever it does.
    void crash() {
        end(running.orElseThrow());
    }

    /// Ends as on a signal.
    ///
    /// @return done when the role says so, within a time that the caller has to watch
    CompletionStage<?> stop() {
        Incarnation stopping = running.orElseThrow();
        return stopping.program().shutdown().get().thenRun(() -> {
            if (running.filter(stopping::equals).isPresent()) {
                stopping.program().role().close();
                end(stopping);
            }
        });
    }

    void faults(boolean on) {
        running.ifPresent(present -> {
            if (on) {
                present.network().faultsOn();
            } else {
                present.network().faultsOff();
            }
        });
    }

    @Override
    public String toString() {
        return name;
    }

    private void end(Incarnation ended) {
        running = Optional.empty();
        ended.process().kill();
        ended.program().released().run();
    }
}
