package org.stratumj.codegen;

/// One component of a message record.
///
/// @param name     the component's name
/// @param specName the field's name in the specification
/// @param shape    how it lies on the wire
record FieldModel(String name, String specName, Shape shape) {
    /// How a field lies on the wire.
    sealed interface Shape {
        /// One value.
        record One(WireType type) implements Shape {}

        /// A value or none, in an `OptionalInt` or `OptionalLong`.
        ///
        /// @param method the reader's and writer's method, `optionInt` or `optionLong`
        record Option(WireType type, String method) implements Shape {}

        /// A `List` of values.
        record Sequence(Count count, WireType type) implements Shape {}

        /// The bytes after the last field.
        record Tlvs() implements Shape {}
    }

    /// The count before a sequence.
    enum Count {
        SEQ0_255("Seq0255", "seq0255", 1),
        SEQ0_64K("Seq064K", "seq064k", 2);

        private final String annotation;
        private final String method;
        private final int size;

        Count(String annotation, String method, int size) {
            this.annotation = annotation;
            this.method = method;
            this.size = size;
        }

        String annotation() {
            return annotation;
        }

        String method() {
            return method;
        }

        int size() {
            return size;
        }
    }

    /// The bytes the field always takes.
    int sizeMin() {
        return switch (shape) {
            case Shape.One(var type) -> type.sizeMin();
            case Shape.Option _ -> 1;
            case Shape.Sequence(var count, var _) -> count.size();
            case Shape.Tlvs() -> 0;
        };
    }
}
