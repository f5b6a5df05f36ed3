/// The seams between a role and the program around it: start and stop, status, events. Nothing here knows a
/// command line, a terminal or a particular role.
@NullMarked
package org.stratumj.app.role;

import org.jspecify.annotations.NullMarked;
