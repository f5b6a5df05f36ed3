/// The template provider: what Stratum V2 makes of a node's templates, which of them each client gets, and how
/// a solution becomes a block. Talking to nodes is in the module `node`, connections are in `service`.
@NullMarked
package org.stratumj.app.template;

import org.jspecify.annotations.NullMarked;
