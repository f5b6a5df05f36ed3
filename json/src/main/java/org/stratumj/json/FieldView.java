package org.stratumj.json;

import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.Bytes;
import tools.jackson.databind.JsonNode;

/// One field of a message with its value and its place.
///
/// @param field  which field of the layout
/// @param offset the byte in the payload at which it begins, 0 being the first
/// @param bytes  its bytes on the wire, with the length or count before them
/// @param value  its value, as [JsonView] writes it; not to be changed
public record FieldView(Layout.Field field, int offset, Bytes bytes, JsonNode value) {}
