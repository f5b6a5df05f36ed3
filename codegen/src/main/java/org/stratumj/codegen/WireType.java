package org.stratumj.codegen;

import java.util.Arrays;
import java.util.Optional;

/// The scalar wire types: for each its annotation, the Java types it goes on, its size, and how it is read and written.
/// The one table to extend when the specification gains a type.
enum WireType {
    BOOL("", "boolean", "java.lang.Boolean", "bool", 1),
    U8("U8", "int", "java.lang.Integer", "u8", 1),
    U16("U16", "int", "java.lang.Integer", "u16", 2),
    U24("U24", "int", "java.lang.Integer", "u24", 3),
    U32("U32", "long", "java.lang.Long", "u32", 4),
    U64("U64", "long", "java.lang.Long", "u64", 8),
    F32("", "float", "java.lang.Float", "f32", 4),
    U256("", Names.U256, Names.U256, "u256", 32),
    STR0_255("", Names.STR0255, Names.STR0255, "str0255", 1),
    B0_32("B032", Names.BYTES, Names.BYTES, "b032", 1),
    B0_255("B0255", Names.BYTES, Names.BYTES, "b0255", 1),
    B0_64K("B064K", Names.BYTES, Names.BYTES, "b064k", 2),
    B0_16M("B016M", Names.BYTES, Names.BYTES, "b016m", 3);

    private final String annotation;
    private final String javaType;
    private final String elementType;
    private final String method;
    private final int sizeMin;

    WireType(String annotation, String javaType, String elementType, String method, int sizeMin) {
        this.annotation = annotation;
        this.javaType = javaType;
        this.elementType = elementType;
        this.method = method;
        this.sizeMin = sizeMin;
    }

    /// The type for a component; empty if there is none.
    ///
    /// @param annotation the simple name of its wire annotation, or the empty string
    static Optional<WireType> ofField(String annotation, String javaType) {
        return Arrays.stream(values())
                .filter(type -> type.annotation.equals(annotation) && type.javaType.equals(javaType))
                .findFirst();
    }

    /// The type for an element of a list; empty if there is none.
    ///
    /// @param annotation the simple name of its wire annotation, or the empty string
    static Optional<WireType> ofElement(String annotation, String elementType) {
        return Arrays.stream(values())
                .filter(type -> type.annotation.equals(annotation) && type.elementType.equals(elementType))
                .findFirst();
    }

    /// The method of reader and writer.
    String method() {
        return method;
    }

    /// The size of a fixed type, or of the length prefix, in bytes.
    int sizeMin() {
        return sizeMin;
    }

    /// Whether content of any length follows a prefix; its Java type then has a method `size()`.
    boolean isVariable() {
        return elementType.equals(Names.BYTES) || elementType.equals(Names.STR0255);
    }

    /// The Java type's name as the element of a list.
    String elementType() {
        return elementType;
    }

    private static final class Names {
        static final String U256 = RecordModel.WIRE_PACKAGE + ".U256";
        static final String STR0255 = RecordModel.WIRE_PACKAGE + ".Str0255";
        static final String BYTES = RecordModel.WIRE_PACKAGE + ".Bytes";
    }
}
