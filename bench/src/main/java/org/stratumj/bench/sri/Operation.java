package org.stratumj.bench.sri;

/// Something to be measured.
@FunctionalInterface
interface Operation {
    /// Does it that many times in a row.
    void repeat(long times);
}
