package org.stratumj.app.metrics;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.walkers.CollectorPrometheusMetricsWalker;

/// The page as a parser of others reads it.
final class Scrape {
    private Scrape() {}

    /// All families.
    static List<MetricFamily> families(String page) {
        CollectorPrometheusMetricsWalker walker = new CollectorPrometheusMetricsWalker();
        new TextPrometheusMetricsProcessor(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), walker)
                .walk();
        return walker.getAllMetricFamilies();
    }

    /// The families of ours with the names of the tags of their first series.
    static Map<String, Set<String>> of(String page) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (MetricFamily family : families(page)) {
            if (family.getName().startsWith("stratumj_") && !family.getName().endsWith("_seconds_max")) {
                Metric first = family.getMetrics().getFirst();
                found.put(family.getName(), first.getLabels().keySet());
            }
        }
        return found;
    }
}
