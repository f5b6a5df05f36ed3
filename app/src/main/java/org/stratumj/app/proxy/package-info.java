/// The mining proxy: many miners on one upstream channel. Here is the wiring and the policy of a proxy (which
/// upstream, what goes up, what miners are told when the upstream is gone); how jobs and shares are translated is in
/// `org.stratumj.channels.proxy`.
@NullMarked
package org.stratumj.app.proxy;

import org.jspecify.annotations.NullMarked;
