/// The annotation processor as a compiler runs it, against the real message types.
package org.stratumj.protocol.codegen;
