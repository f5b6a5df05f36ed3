/// The mining server that pool and proxy have in common: its connections, requests that wait for work, refused
/// shares in the log, frames encoded once for all. Where work comes from and what shares are worth is the
/// role's, behind [org.stratumj.app.mining.MiningBackend]; what channels and jobs are is in
/// `org.stratumj.channels`.
@NullMarked
package org.stratumj.app.mining;

import org.jspecify.annotations.NullMarked;
