/// What the messages of Job Declaration carry, made and read on both sides: the pool's outputs, the job that a client
/// declares, and the transactions that the server lacks for it. Spec: 06.
///
/// When to send which, tokens, and whether a job is good do not belong here.
package org.stratumj.channels.declaration;
