/// The numbers of services and roles for Prometheus: what there is to measure ([org.stratumj.app.metrics.Metric]), how
/// it is collected, and the page that serves it. Nothing here decides anything for a role.
@NullMarked
package org.stratumj.app.metrics;

import org.jspecify.annotations.NullMarked;
