/// The messages of Extensions Negotiation, extension 0x0001: which extensions both sides use.
package org.stratumj.protocol.extension.negotiation;
