/// The way through a proxy: an upstream channel's jobs become work for local channels, their shares go up.
///
/// Connections, and which upstream to use, do not belong here.
package org.stratumj.channels.proxy;
