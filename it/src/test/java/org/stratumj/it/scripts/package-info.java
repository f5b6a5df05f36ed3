/// The scripts of the checkout, run in a copy with a Maven and a Java that only record their calls.
@NullMarked
package org.stratumj.it.scripts;

import org.jspecify.annotations.NullMarked;
