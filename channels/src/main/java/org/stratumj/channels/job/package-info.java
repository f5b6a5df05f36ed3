/// Jobs: how templates become work for all channels of a server. What a connection sent, and when, does not
/// belong here.
package org.stratumj.channels.job;
