package org.stratumj.channels.job;

/// Where a job came from, and so where its solutions go.
public sealed interface JobOrigin {
    /// A template: blocks go to the template provider as `SubmitSolution`.
    ///
    /// @param templateId U64
    record Template(long templateId) implements JobOrigin {}

    /// A job of an upstream server: shares go there as `SubmitSharesExtended`.
    ///
    /// @param jobId its id upstream, U32
    record Upstream(long jobId) implements JobOrigin {}
}
