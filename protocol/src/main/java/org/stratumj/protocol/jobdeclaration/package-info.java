/// The messages of the Job Declaration Protocol: tokens and declared jobs. Spec: 06.
///
/// Client is the Job Declarator Client, server the Job Declarator Server.
package org.stratumj.protocol.jobdeclaration;
