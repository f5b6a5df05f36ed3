/// The pool: a template client and a mining server side by side in one role. Here is the wiring and the policy
/// of a pool (payout, gating, what is logged); jobs, shares and channels are in `org.stratumj.channels`.
@NullMarked
package org.stratumj.app.pool;

import org.jspecify.annotations.NullMarked;
