/// JMH benchmarks, next to nothing else: each measures one thing of one module, with input made from a fixed seed.
///
/// Run `java -jar bench/target/benchmarks.jar [name]`. Figures mean something side by side in one run only.
@NullMarked
package org.stratumj.bench;

import org.jspecify.annotations.NullMarked;
