/// Extranonces: the layout that gives each channel its own part of the search space, and the leases on those
/// parts.
package org.stratumj.channels.extranonce;
