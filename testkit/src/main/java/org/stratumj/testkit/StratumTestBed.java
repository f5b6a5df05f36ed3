package org.stratumj.testkit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.stratumj.connection.Network;
import org.stratumj.connection.sim.SimBed;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.connection.sim.TestBed;

/// A JUnit extension that gives each test a bed of its own and closes it afterwards: a simulation with a seed, or
/// sockets of this machine.
///
/// ```java
/// @RegisterExtension
/// final StratumTestBed bed = StratumTestBed.simulated();
/// ```
///
/// or `@ExtendWith(StratumTestBed.class)` and a parameter of type [TestBed]; tests of one class then run one at a time.
/// The seed is that of the system property `stratumj.seed`, or else made of the test's name, so that a test runs the
/// same way each time. The failure of a test carries the seed, and what was said on the connections of scripted peers
/// and interceptors.
public final class StratumTestBed
        implements TestBed, BeforeEachCallback, AfterEachCallback, TestExecutionExceptionHandler, ParameterResolver {
    /// The system property that says which seed to run.
    public static final String SEED_PROPERTY = "stratumj.seed";

    private final boolean onSockets;
    private final List<Conversation> conversations = new CopyOnWriteArrayList<>();
    private @Nullable TestBed bed;
    private long seed;

    /// A simulation per test: what JUnit makes for `@ExtendWith`.
    public StratumTestBed() {
        this(false);
    }

    private StratumTestBed(boolean onSockets) {
        this.onSockets = onSockets;
    }

    /// A simulation per test.
    public static StratumTestBed simulated() {
        return new StratumTestBed(false);
    }

    /// Sockets per test.
    public static StratumTestBed sockets() {
        return new StratumTestBed(true);
    }

    /// The simulated network of the running test, to let time pass on.
    ///
    /// @throws IllegalStateException if the bed stands on sockets
    public SimNetwork simulation() {
        return simulationOf(this).orElseThrow(() -> new IllegalStateException("this bed stands on sockets"));
    }

    /// The seed of the running test's simulation.
    public long seed() {
        return seed;
    }

    @Override
    public Network network() {
        return bed().network();
    }

    @Override
    public void await(BooleanSupplier condition) {
        bed().await(condition);
    }

    /// JUnit has it closed after each test.
    @Override
    public void close() {
        bed().close();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        conversations.clear();
        seed = onSockets ? 0 : Long.getLong(SEED_PROPERTY, context.getUniqueId().hashCode());
        bed = onSockets ? TestBed.sockets() : TestBed.simulated(seed);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
        bed = null;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new Circumstances(report()));
        throw failure;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return TestBed.class.isAssignableFrom(type) && type.isInstance(this);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return this;
    }

    /// Shows a conversation when the running test fails.
    static void keep(TestBed bed, Conversation conversation) {
        if (bed instanceof StratumTestBed extension) {
            extension.conversations.add(conversation);
        }
    }

    /// The simulation that a bed is, if it is one.
    static Optional<SimNetwork> simulationOf(TestBed bed) {
        return switch (bed) {
            case SimBed(var network) -> Optional.of(network);
            case StratumTestBed extension -> simulationOf(extension.bed());
            default -> Optional.empty();
        };
    }

    private TestBed bed() {
        return Objects.requireNonNull(bed, "there is a bed only while a test runs");
    }

    private String report() {
        StringBuilder text = new StringBuilder(
                onSockets
                        ? "on sockets"
                        : "in the simulation with seed " + seed + "; again with -D" + SEED_PROPERTY + "=" + seed);
        conversations.forEach(conversation -> text.append('\n').append(conversation));
        return text.toString();
    }

    /// How a test came to fail; shown with its failure.
    private static final class Circumstances extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Circumstances(String text) {
            super(text, null, false, false);
        }
    }
}
