/// One interface to a Bitcoin node, [org.stratumj.node.NodeBackend], and the values it trades in: templates, tips,
/// outcomes.
///
/// What belongs here is what any node can do for mining. How a particular one is reached is in the packages
/// below; what Stratum V2 makes of a template is the template provider's business.
package org.stratumj.node;
