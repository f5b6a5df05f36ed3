/// Services: a Stratum V2 server or client as a running thing, built from handlers that answer messages with
/// effects. Negotiation, life cycle, dialling again, and [org.stratumj.service.Link]s between siblings.
///
/// How a single connection works does not belong here, nor what jobs and shares are.
package org.stratumj.service;
