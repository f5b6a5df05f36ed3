/// JMH benchmarks, each of which measures one thing of one module, with input made from a fixed seed, and the Java
/// half of the comparison with C in `bench/hashrate`.
///
/// Run `java -jar bench/target/benchmarks.jar [name]`, or `bench/hashrate/run`. Figures mean something side by side
/// in one run only.
@NullMarked
package org.stratumj.bench;

import org.jspecify.annotations.NullMarked;
