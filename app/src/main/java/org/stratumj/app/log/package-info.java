/// Where log lines go: the error stream, a file, or the tail that a live view shows. Libraries and roles log
/// through [System.Logger]; this package is the only one that knows what is behind it.
@NullMarked
package org.stratumj.app.log;

import org.jspecify.annotations.NullMarked;
