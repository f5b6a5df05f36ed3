/// The node that a process works with: how a user names it, and its state among the roles. How a node is talked
/// to is in the module `node`.
@NullMarked
package org.stratumj.app.node;

import org.jspecify.annotations.NullMarked;
