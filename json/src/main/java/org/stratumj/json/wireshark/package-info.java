/// The Wireshark dissector, written from the layouts. Its machinery is the resource `sv2.lua`; what is
/// generated is the list of messages in it.
package org.stratumj.json.wireshark;
