/// What a person sees of running roles: a live view on a terminal, plain lines elsewhere. Views only read
/// [org.stratumj.app.role.RoleStatus] snapshots; what they draw is made by pure functions.
@NullMarked
package org.stratumj.app.view;

import org.jspecify.annotations.NullMarked;
