/// `stratumj demo`: every role in one process, each on a socket of its own with keys of its own, mining a chain
/// that real nodes would accept. Nothing here mines, serves or checks; it starts the roles that do, and counts.
@NullMarked
package org.stratumj.app.demo;

import org.jspecify.annotations.NullMarked;
