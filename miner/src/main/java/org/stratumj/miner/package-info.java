/// Mining on the processor: engines that hash a header with many nonces, and the threads that share out a job's
/// search space among them at a measured and, if wished, limited rate.
///
/// What belongs here needs a header and a target. What does not: channels, jobs as messages, difficulty policy; a
/// role turns a job into [org.stratumj.miner.Work] and a [org.stratumj.miner.Solution] into a share.
package org.stratumj.miner;
