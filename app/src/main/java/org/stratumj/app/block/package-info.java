/// Found blocks on disk: where they are kept, under which names, and what becomes of a file once there is a verdict.
/// What a role writes into its files is in the package of the role.
@NullMarked
package org.stratumj.app.block;

import org.jspecify.annotations.NullMarked;
