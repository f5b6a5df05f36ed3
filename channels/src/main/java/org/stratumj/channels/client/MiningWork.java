package org.stratumj.channels.client;

import org.stratumj.bitcoin.Target;
import org.stratumj.channels.job.Tip;

/// What to hash now: a job, the tip it is mined on, and what its shares have to meet.
///
/// @param job        the job
/// @param tip        the block to build on
/// @param nTimeStart header time to start with, seconds since the Unix epoch; it may grow by one per second (05
///                   §5.3.11)
/// @param target     largest hash worth submitting, as of now: [ClientChannel#target(long)] follows its changes
public record MiningWork(MiningJob job, Tip tip, long nTimeStart, Target target) {}
