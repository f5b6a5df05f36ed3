package org.stratumj.bench.sri;

/// What one operation takes.
///
/// @param nanoseconds of processor time, of all threads of the process
/// @param bytes       allocated
record Cost(double nanoseconds, double bytes) {
    Cost minus(Cost part) {
        return new Cost(nanoseconds - part.nanoseconds, bytes - part.bytes);
    }
}
