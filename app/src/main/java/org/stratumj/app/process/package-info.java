/// Roles in operating-system processes of their own, watched over by this one: started, started again when they end,
/// and ended with it. To this process each is a [org.stratumj.app.role.Role]; what it is told of them is what they
/// print.
@NullMarked
package org.stratumj.app.process;

import org.jspecify.annotations.NullMarked;
