package org.stratumj.protocol.layout;

import org.stratumj.protocol.wire.Range;

/// The wire type of a field. Spec: 03 §3.1.
public sealed interface FieldType {
    /// The type's name in the specification, as `SEQ0_255[U256]`.
    String specName();

    /// The smallest size on the wire in bytes.
    int sizeMin();

    /// The largest size on the wire in bytes.
    long sizeMax();

    /// A type that contains no other.
    enum Scalar implements FieldType {
        /// One byte of which bit 0 counts.
        BOOL("BOOL", 1),
        /// Unsigned 8-bit number.
        U8("U8", 1),
        /// Unsigned 16-bit number.
        U16("U16", 2),
        /// Unsigned 24-bit number.
        U24("U24", 3),
        /// Unsigned 32-bit number.
        U32("U32", 4),
        /// Unsigned 64-bit number.
        U64("U64", 8),
        /// IEEE 754 binary32, finite and not negative.
        F32("F32", 4),
        /// 32 bytes.
        U256("U256", 32),
        /// Up to 255 bytes, usually text.
        STR0_255("STR0_255", 1, Range.U8_MAX),
        /// Up to 32 bytes.
        B0_32("B0_32", 1, Range.B032_BYTES_MAX),
        /// Up to 255 bytes.
        B0_255("B0_255", 1, Range.U8_MAX),
        /// Up to 65535 bytes.
        B0_64K("B0_64K", 2, Range.U16_MAX),
        /// Up to 16,777,215 bytes.
        B0_16M("B0_16M", 3, Range.U24_MAX);

        private final String specName;
        private final int sizeMin;
        private final int contentBytesMax;

        Scalar(String specName, int size) {
            this(specName, size, 0);
        }

        Scalar(String specName, int sizeMin, int contentBytesMax) {
            this.specName = specName;
            this.sizeMin = sizeMin;
            this.contentBytesMax = contentBytesMax;
        }

        @Override
        public String specName() {
            return specName;
        }

        /// The size of a type of fixed size, or of the length prefix.
        @Override
        public int sizeMin() {
            return sizeMin;
        }

        @Override
        public long sizeMax() {
            return (long) sizeMin + contentBytesMax;
        }

        /// The most bytes after the length prefix; 0 for a type of fixed size.
        public int contentBytesMax() {
            return contentBytesMax;
        }
    }

    /// A value that may be absent: a count byte 0 or 1, then the value.
    ///
    /// @param element the value's type
    record Option(Scalar element) implements FieldType {
        @Override
        public String specName() {
            return "OPTION[" + element.specName() + "]";
        }

        @Override
        public int sizeMin() {
            return 1;
        }

        @Override
        public long sizeMax() {
            return 1 + element.sizeMax();
        }
    }

    /// Any number of values: a count, then the values.
    ///
    /// @param count   how the count is written
    /// @param element the values' type
    record Sequence(Count count, Scalar element) implements FieldType {
        @Override
        public String specName() {
            return count + "[" + element.specName() + "]";
        }

        @Override
        public int sizeMin() {
            return count.size();
        }

        @Override
        public long sizeMax() {
            return count.size() + count.max() * element.sizeMax();
        }
    }

    /// The count before a sequence.
    enum Count {
        /// A U8.
        SEQ0_255(1, Range.U8_MAX),
        /// A U16.
        SEQ0_64K(2, Range.U16_MAX);

        private final int size;
        private final int max;

        Count(int size, int max) {
            this.size = size;
            this.max = max;
        }

        /// The count's own size in bytes.
        public int size() {
            return size;
        }

        /// The largest count.
        public int max() {
            return max;
        }
    }
}
