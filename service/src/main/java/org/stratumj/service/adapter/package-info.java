/// Handlers with a method for each message, for those who prefer that to a `switch`. A message that the
/// protocol gains breaks the `switch` in here, so it is not overlooked.
@NullMarked
package org.stratumj.service.adapter;

import org.jspecify.annotations.NullMarked;
