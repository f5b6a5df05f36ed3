/// An experimental extension of one's own: miners report how hot they are. Its messages, and what comes from their
/// annotations. Not here: who sends them and what is done about them.
package org.stratumj.examples.temperature;
