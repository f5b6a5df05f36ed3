/// The native libraries that this artifact carries: which, for which platforms, with which digests, and how they are
/// loaded. What their functions do is known to the packages that call them. Not exported.
package org.stratumj.noise.library;
