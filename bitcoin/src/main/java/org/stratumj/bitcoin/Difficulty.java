package org.stratumj.bitcoin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// How many times harder than [Target#DIFFICULTY_1] (0xffff · 2^208, about 4.29 billion hashes) a target is to
/// meet.
///
/// @param value greater than zero; infinite where no hash can meet the target
public record Difficulty(double value) implements Comparable<Difficulty> {
    /// Checks the value.
    public Difficulty {
        if (!(value > 0)) {
            throw new IllegalArgumentException("a difficulty is greater than zero, not " + value);
        }
    }

    /// The target of this difficulty, rounded down; [Target#MAX] where it would be easier than that.
    public Target toTarget() {
        if (Double.isInfinite(value)) {
            return Target.ZERO;
        }
        BigInteger quotient = new BigDecimal(Target.DIFFICULTY_1.toBigInteger())
                .divide(new BigDecimal(value), 0, RoundingMode.DOWN)
                .toBigInteger();
        return quotient.bitLength() > 256 ? Target.MAX : Target.of(quotient);
    }

    @Override
    public int compareTo(Difficulty other) {
        return Double.compare(value, other.value);
    }
}
