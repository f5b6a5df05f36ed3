/// A real terminal for tests and for the picture in the README: a pseudo-terminal of the kernel with a process in it,
/// and what its screen shows.
@NullMarked
package org.stratumj.app.terminal;

import org.jspecify.annotations.NullMarked;
