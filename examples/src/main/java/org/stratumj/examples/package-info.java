/// Applications in one file each, as a start for one's own. What they share is [Example]. Each is run by
/// `examples/run NAME`, where NAME is that of its class in small letters.
@NullMarked
package org.stratumj.examples;

import org.jspecify.annotations.NullMarked;
