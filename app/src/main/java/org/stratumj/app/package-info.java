/// The `stratumj` command: [Main] and its version. What roles share is in `role` and `cli`; each role has a
/// package of its own with wiring and policy only, since protocol, channels and connections live in the
/// libraries below.
@NullMarked
package org.stratumj.app;

import org.jspecify.annotations.NullMarked;
