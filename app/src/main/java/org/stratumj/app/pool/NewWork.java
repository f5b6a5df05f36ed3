package org.stratumj.app.pool;

import org.stratumj.channels.job.Work;

/// From the template client to the mining server: all there is to mine now.
///
/// @param work a whole snapshot, so that only the newest one counts
record NewWork(Work work) {}
