package org.stratumj.codegen;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.stratumj.codegen.FieldModel.Shape;

/// The Java text of the generated classes.
final class CodecSource {
    private CodecSource() {}

    /// The class that lists the codecs of one package.
    static String index(String packageName, List<RecordModel> records) {
        return """
                package %s;

                import java.util.List;
                import org.stratumj.protocol.MessageCodec;

                /// The codecs of this package's messages. Generated.
                public final class MessageCodecs {
                    private MessageCodecs() {}

                    /// All codecs of this package, to be registered with a `MessageRegistry`.
                    public static List<MessageCodec<?>> all() {
                        return List.of(
                %s);
                    }
                }
                """.formatted(
                        packageName, lines(records, ",", record -> "                new " + record.codecName() + "()"));
    }

    /// The codec of one record.
    static String codec(RecordModel record) {
        return """
                package %1$s;

                import java.util.List;
                import org.stratumj.protocol.MessageCodec;
                import org.stratumj.protocol.layout.Direction;
                import org.stratumj.protocol.layout.FieldType;
                import org.stratumj.protocol.layout.Layout;
                import org.stratumj.protocol.wire.WireReader;
                import org.stratumj.protocol.wire.WireWriter;

                /// Codec of [%2$s]. Generated from the record's components.
                final class %3$s implements MessageCodec<%2$s> {
                    static final Layout LAYOUT = new Layout(
                            "%1$s.%2$s",
                            %4$s,
                            %5$s,
                            %6$s,
                            %7$s,
                            Direction.%8$s,
                            List.of(
                %9$s),
                            %10$s);

                    @Override
                    public Class<%2$s> messageClass() {
                        return %2$s.class;
                    }

                    @Override
                    public Layout layout() {
                        return LAYOUT;
                    }

                    @Override
                    public long payloadSize(%2$s message) {
                        return %11$sL%12$s;
                    }

                    @Override
                    public void write(%2$s message, WireWriter out) {
                %13$s
                    }

                    @Override
                    public %2$s read(WireReader in) {
                        return new %2$s(
                %14$s);
                    }
                }
                """.formatted(
                        record.packageName(),
                        record.nestedName(),
                        record.codecName(),
                        quoted(record.specName()),
                        record.extensionType(),
                        record.channel(),
                        record.messageType(),
                        record.direction(),
                        lines(wireFields(record), ",", field -> "                        " + layoutField(field)),
                        record.hasTlvs(),
                        record.sizeMin(),
                        record.fields().stream().map(CodecSource::sizeTerm).collect(Collectors.joining()),
                        lines(record.fields(), "", field -> "        out." + writeCall(field) + ";"),
                        lines(record.fields(), ",", field -> "                in." + readCall(field)));
    }

    private static List<FieldModel> wireFields(RecordModel record) {
        return record.fields().stream()
                .filter(field -> !(field.shape() instanceof Shape.Tlvs))
                .toList();
    }

    private static String layoutField(FieldModel field) {
        return "new Layout.Field(" + quoted(field.name()) + ", " + quoted(field.specName()) + ", "
                + layoutType(field.shape()) + ")";
    }

    private static String layoutType(Shape shape) {
        return switch (shape) {
            case Shape.One(var type) -> "FieldType.Scalar." + type;
            case Shape.Option(var type, var _) -> "new FieldType.Option(FieldType.Scalar." + type + ")";
            case Shape.Sequence(var count, var type) ->
                "new FieldType.Sequence(FieldType.Count." + count + ", FieldType.Scalar." + type + ")";
            case Shape.Tlvs() -> throw new IllegalArgumentException("not a field of the layout");
        };
    }

    /// What the field adds to the size that every payload has.
    private static String sizeTerm(FieldModel field) {
        var value = "message." + field.name() + "()";
        return switch (field.shape()) {
            case Shape.One(var type) -> type.isVariable() ? " + " + value + ".size()" : "";
            case Shape.Option(var type, var _) -> " + (" + value + ".isPresent() ? " + type.sizeMin() + " : 0)";
            case Shape.Sequence(var _, var type) ->
                " + " + type.sizeMin() + "L * " + value + ".size()" + (type.isVariable() ? contents(value, type) : "");
            case Shape.Tlvs() -> " + " + value + ".raw().size()";
        };
    }

    private static String contents(String list, WireType type) {
        return " + " + list + ".stream().mapToLong(" + type.elementType() + "::size).sum()";
    }

    private static String writeCall(FieldModel field) {
        var value = "message." + field.name() + "()";
        return switch (field.shape()) {
            case Shape.One(var type) -> type.method() + "(" + value + ")";
            case Shape.Option(var type, var method) -> method + "(" + value + ", WireWriter::" + type.method() + ")";
            case Shape.Sequence(var count, var type) ->
                count.method() + "(" + value + ", WireWriter::" + type.method() + ")";
            case Shape.Tlvs() -> "bytes(" + value + ".raw())";
        };
    }

    private static String readCall(FieldModel field) {
        var name = quoted(field.specName());
        return switch (field.shape()) {
            case Shape.One(var type) -> type.method() + "(" + name + ")";
            case Shape.Option(var type, var method) -> method + "(" + name + ", WireReader::" + type.method() + ")";
            case Shape.Sequence(var count, var type) ->
                count.method() + "(" + name + ", " + type.sizeMin() + ", WireReader::" + type.method() + ")";
            case Shape.Tlvs() -> "tlvs(" + name + ")";
        };
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static <T> String lines(List<T> items, String separator, Function<T, String> line) {
        return items.stream().map(line).collect(Collectors.joining(separator + "\n"));
    }
}
