/// The Java half of the comparison with the Rust reference implementation (SRI) in `interop/sri/bench`: our operations,
/// and the rounds in which ours and theirs are measured in turn.
@NullMarked
package org.stratumj.bench.sri;

import org.jspecify.annotations.NullMarked;
