/// `stratumj keygen`: authority keys for operators. How a server or a client uses them is not here.
@NullMarked
package org.stratumj.app.keygen;

import org.jspecify.annotations.NullMarked;
