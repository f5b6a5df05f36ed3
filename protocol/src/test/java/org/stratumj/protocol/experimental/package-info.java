/// A message as an application adds it: an experimental extension of its own.
package org.stratumj.protocol.experimental;
