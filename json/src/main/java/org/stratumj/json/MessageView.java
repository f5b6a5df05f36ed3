package org.stratumj.json;

import java.util.ArrayList;
import java.util.List;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.layout.Layout;

/// A frame taken apart by the layout of its message.
///
/// @param layout the message's layout
/// @param frame  the frame
/// @param fields the layout's fields with their values, in wire order
/// @param tail   what follows the last field
public record MessageView(Layout layout, Frame frame, List<FieldView> fields, Tail tail) {
    public MessageView {
        fields = List.copyOf(fields);
    }

    /// Takes the frame's payload apart.
    ///
    /// @throws org.stratumj.protocol.wire.DecodeException if the payload is not what the layout says
    public static MessageView of(Layout layout, Frame frame) {
        var payload = frame.payload();
        var in = payload.reader(layout.specName());
        var fields = new ArrayList<FieldView>();
        for (var field : layout.fields()) {
            int offset = in.offset();
            var value = FieldReader.read(field, layout.specName(), in);
            fields.add(new FieldView(field, offset, payload.slice(offset, in.offset()), value));
        }
        return new MessageView(layout, frame, fields, Tail.of(payload.slice(in.offset(), payload.size())));
    }
}
