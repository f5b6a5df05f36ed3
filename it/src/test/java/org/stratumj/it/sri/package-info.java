/// What we and the Stratum V2 reference implementation (SRI) agree on, byte for byte, over loopback TCP.
///
/// Here are the cases and our side of them; the other side is the program in `interop/sri/peer`, and
/// `interop/sri/run` builds it and shows the table. Measurements are in `interop/sri/bench`.
@NullMarked
package org.stratumj.it.sri;

import org.jspecify.annotations.NullMarked;
