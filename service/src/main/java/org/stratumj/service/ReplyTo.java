package org.stratumj.service;

/// The place for the answer to a question that came over a [Link]. The first answer counts; one that comes when
/// nobody waits any more is dropped. Any thread.
///
/// @param <A> the answers, immutable
public interface ReplyTo<A> {

    /// Answers.
    void with(A answer);

    /// Says that there will be no answer.
    ///
    /// @param why one line
    void refuse(String why);
}
