package org.stratumj.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.stratumj.protocol.MessageCodec;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.layout.Direction;
import org.stratumj.protocol.layout.FieldType;
import org.stratumj.protocol.layout.FieldType.Count;
import org.stratumj.protocol.layout.FieldType.Scalar;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.WireReader;
import org.stratumj.protocol.wire.WireWriter;

/// Messages of an experimental extension that between them have a field of every wire type there is, among
/// them those that no core message has. Their layouts are all a view asks for.
final class Shapes {
    static final int EXTENSION = 0x4242;

    static final Layout SCALARS = layout("Scalars", 0, List.of(Scalar.values()));
    static final Layout OPTIONS =
            layout("Options", 1, scalars().<FieldType>map(FieldType.Option::new).toList());
    static final Layout SHORT_SEQUENCES = layout(
            "ShortSequences",
            2,
            scalars()
                    .<FieldType>map(scalar -> new FieldType.Sequence(Count.SEQ0_255, scalar))
                    .toList());
    static final Layout NO_FIELDS = layout("NoFields", 3, List.of());

    /// The longest of all sequences make one message each, or no frame would hold it.
    static final List<MessageCodec<?>> CODECS = codecs();

    private Shapes() {}

    private static Stream<Scalar> scalars() {
        return Arrays.stream(Scalar.values()).filter(scalar -> scalar != Scalar.B0_16M);
    }

    private static List<MessageCodec<?>> codecs() {
        var codecs = new ArrayList<MessageCodec<?>>();
        for (var layout : List.of(SCALARS, OPTIONS, SHORT_SEQUENCES, NO_FIELDS)) {
            codecs.add(new LayoutOnly(layout));
        }
        scalars()
                .filter(scalar -> scalar != Scalar.STR0_255 && scalar != Scalar.B0_255)
                .forEach(scalar -> codecs.add(new LayoutOnly(layout(
                        "Long." + scalar, codecs.size(), List.of(new FieldType.Sequence(Count.SEQ0_64K, scalar))))));
        return codecs;
    }

    private static Layout layout(String name, int type, List<? extends FieldType> types) {
        var fields = new ArrayList<Layout.Field>();
        for (var fieldType : types) {
            var fieldName = "f" + fields.size();
            fields.add(new Layout.Field(fieldName, fieldName, fieldType));
        }
        return new Layout("test." + name, name, EXTENSION, false, type, Direction.BOTH, fields, true);
    }

    private record LayoutOnly(Layout layout) implements MessageCodec<UnknownMessage> {
        @Override
        public Class<UnknownMessage> messageClass() {
            return UnknownMessage.class;
        }

        @Override
        public long payloadSize(UnknownMessage message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(UnknownMessage message, WireWriter out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UnknownMessage read(WireReader in) {
            throw new UnsupportedOperationException();
        }
    }
}
