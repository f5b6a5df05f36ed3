/// Worker-Specific Hashrate Tracking, extension 0x0002: shares that say which worker found them.
package org.stratumj.protocol.extension.worker;
