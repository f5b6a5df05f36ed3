/// The mining device: opens channels at a pool or proxy, hashes on the processor, submits what it finds. Wiring and
/// policy only: what channels and jobs are is in `org.stratumj.channels`, how to hash in `org.stratumj.miner`.
@NullMarked
package org.stratumj.app.miner;

import org.jspecify.annotations.NullMarked;
