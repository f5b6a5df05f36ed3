/// The real [org.stratumj.connection.Network]: TCP by Netty, with epoll where the platform has it and NIO
/// elsewhere. No type of Netty is seen from outside.
package org.stratumj.connection.netty;
