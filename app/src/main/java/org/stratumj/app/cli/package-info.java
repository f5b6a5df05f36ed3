/// The command line that roles share: options, the config file, the one-line errors, the run loop. A role adds
/// a [RoleCommand] in its own package and is listed in [org.stratumj.app.Main].
@NullMarked
package org.stratumj.app.cli;

import org.jspecify.annotations.NullMarked;
