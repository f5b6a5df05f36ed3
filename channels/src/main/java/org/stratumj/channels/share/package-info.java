/// Shares: verdicts on them, what was seen before, and acknowledgements. Looking up channels and jobs does not
/// belong here.
package org.stratumj.channels.share;
