/// What the messages of Job Declaration carry, made and read on both sides: the pool's outputs, the job that a client
/// declares, the transactions that the server lacks for it, and the custom job as the pool sees it. Spec: 06,
/// 05 §5.3.18.
///
/// When to send which, tokens, and whether a job is good do not belong here.
package org.stratumj.channels.declaration;
