package org.stratumj.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.stratumj.testkit.faults.FaultPlan.Trigger;

final class FaultPlanTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final PipeOrigin PIPE = new PipeOrigin(0, true, InetSocketAddress.createUnresolved("x", 1));

    @Test
    void refusesWhatMakesNoSense() {
        Duration before = SECOND.negated();
        assertThatIllegalArgumentException().isThrownBy(() -> new Fault.Delay(Flow.INCOMING, before));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Fault.Delay(Flow.INCOMING, SECOND, Duration.ZERO, SECOND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Fault.Delay(Flow.INCOMING, SECOND, SECOND, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fault.Split(Flow.INCOMING, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fault.Corrupt(Flow.INCOMING, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fault.Corrupt(Flow.INCOMING, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fault.Drop(Flow.INCOMING, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fault.Stall(Flow.INCOMING, before));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fault.HalfClose(Flow.INCOMING, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Trigger.AtByte(Flow.INCOMING, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Trigger.After(before));
        assertThatIllegalArgumentException().isThrownBy(() -> FaultRates.none().with(FaultKind.CUT, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> FaultRates.each(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> FaultRates.each(Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> FaultRates.none().withDelayMax(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> FaultRates.none().withSpanMax(Duration.ZERO));
    }

    @Test
    void plansNothingWithoutRates() {
        assertThat(Faults.none().plan(PIPE)).isEqualTo(FaultPlan.none());
        assertThat(Faults.seeded(1, FaultRates.none()).plan(PIPE).faults()).isEmpty();
    }

    @Test
    void plansNothingAfterTheEnd() {
        for (long seed = 0; seed < 200; seed++) {
            FaultPlan plan = Faults.seeded(seed, FaultRates.each(10).with(FaultKind.DROP, 0))
                    .plan(PIPE);
            Duration end = plan.faults().stream()
                    .filter(fault -> fault.what() instanceof Fault.Cut || fault.what() instanceof Fault.HalfClose)
                    .map(FaultPlanTest::time)
                    .findFirst()
                    .orElseThrow();
            assertThat(plan.faults())
                    .as("seed " + seed)
                    .allSatisfy(fault -> assertThat(time(fault)).isLessThanOrEqualTo(end));
        }
    }

    /// Who plans for a storm gets no more than can be counted.
    @Test
    void boundsThePlanOfAPipe() {
        FaultPlan plan =
                Faults.seeded(1, FaultRates.none().with(FaultKind.STALL, 1e9)).plan(PIPE);
        assertThat(plan.faults()).hasSize(SeededFaults.OF_ONE_KIND_MAX);
    }

    private static Duration time(FaultPlan.Planned planned) {
        return ((Trigger.After) planned.when()).time();
    }
}
