package org.stratumj.testkit.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What goes wrong on one pipe, and when. Immutable.
///
/// @param seed   decides what the faults leave to chance: the length of each delay, the sizes of pieces
/// @param faults in any order
public record FaultPlan(long seed, List<Planned> faults) {
    private static final FaultPlan NONE = new FaultPlan(0, List.of());

    /// Copies the list.
    public FaultPlan {
        faults = List.copyOf(faults);
    }

    /// A fault with its moment.
    public record Planned(Trigger when, Fault what) {}

    /// When a fault begins.
    public sealed interface Trigger {
        /// When so many bytes of a flow have passed; 0 is when the pipe opens.
        ///
        /// @param position zero or more bytes
        record AtByte(Flow flow, long position) implements Trigger {
            /// @throws IllegalArgumentException if the position is negative
            public AtByte {
                if (position < 0) {
                    throw new IllegalArgumentException("position must not be negative, is " + position);
                }
            }
        }

        /// When so much time has passed since the pipe opened.
        ///
        /// @param time zero or more
        record After(Duration time) implements Trigger {
            /// @throws IllegalArgumentException if the time is negative
            public After {
                if (time.isNegative()) {
                    throw new IllegalArgumentException("time must not be negative, is " + time);
                }
            }
        }
    }

    /// Nothing goes wrong.
    public static FaultPlan none() {
        return NONE;
    }

    /// These hold from the moment that the pipe opens.
    public static FaultPlan of(Fault... faults) {
        FaultPlan plan = NONE;
        for (Fault fault : faults) {
            plan = plan.after(Duration.ZERO, fault);
        }
        return plan;
    }

    /// This plan and a fault that begins when `position` bytes of `flow` have passed.
    public FaultPlan at(Flow flow, long position, Fault fault) {
        return and(new Planned(new Trigger.AtByte(flow, position), fault));
    }

    /// This plan and a fault that begins when the pipe has been open for `time`.
    public FaultPlan after(Duration time, Fault fault) {
        return and(new Planned(new Trigger.After(time), fault));
    }

    /// This plan with another seed.
    public FaultPlan withSeed(long seed) {
        return new FaultPlan(seed, faults);
    }

    private FaultPlan and(Planned planned) {
        List<Planned> longer = new ArrayList<>(faults);
        longer.add(planned);
        return new FaultPlan(seed, longer);
    }
}
