package org.stratumj.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.FieldType;
import org.stratumj.protocol.layout.FieldType.Scalar;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.layout.RandomPayload;
import org.stratumj.protocol.layout.RandomPayload.Length;
import org.stratumj.protocol.wire.Bytes;

/// Goal: no record holds a value that its wire type cannot. Method: each component of each record is replaced by values
/// just outside its range.
class RecordRangesTest {
    static Stream<Layout> layouts() {
        return MessageRegistry.core().layouts().stream();
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void refusesEveryValueOutsideItsRange(Layout layout) throws ReflectiveOperationException {
        var components = Class.forName(layout.javaName()).getRecordComponents();
        var values = valuesOf(layout, components);
        for (int i = 0; i < layout.fields().size(); i++) {
            for (Object outside : outside(layout.fields().get(i).type())) {
                var changed = values.clone();
                changed[i] = outside;
                assertThatThrownBy(() -> construct(layout, components, changed))
                        .as("%s of %s", components[i].getName(), layout.javaName())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(components[i].getName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void keepsItsOwnCopyOfEachList(Layout layout) throws ReflectiveOperationException {
        var components = Class.forName(layout.javaName()).getRecordComponents();
        var values = valuesOf(layout, components);
        for (int i = 0; i < layout.fields().size(); i++) {
            if (values[i] instanceof List<?> original) {
                var mine = new ArrayList<Object>(original);
                var changed = values.clone();
                changed[i] = mine;
                var message = construct(layout, components, changed);
                mine.clear();
                assertThat(components[i].getAccessor().invoke(message)).isEqualTo(original);
            }
        }
    }

    private static List<Object> outside(FieldType type) {
        return switch (type) {
            case Scalar scalar -> outside(scalar);
            case FieldType.Option(var element) ->
                outside(element).stream()
                        .map(value -> (Object) OptionalLong.of((Long) value))
                        .toList();
            case FieldType.Sequence(var count, var element) -> {
                var lists = new ArrayList<Object>();
                lists.add(Collections.nCopies(count.max() + 1, inside(element)));
                outside(element).forEach(value -> lists.add(List.of(value)));
                yield lists;
            }
        };
    }

    private static List<Object> outside(Scalar scalar) {
        return switch (scalar) {
            case U8, U16, U24 -> List.of(-1, 1 << (8 * scalar.sizeMin()));
            case U32 -> List.of(-1L, 1L << 32);
            case F32 -> List.of(Float.NaN, Float.POSITIVE_INFINITY, -1f);
            case B0_32, B0_255, B0_64K, B0_16M -> List.of(Bytes.of(new byte[scalar.contentBytesMax() + 1]));
            case BOOL, U64, U256, STR0_255 -> List.of();
        };
    }

    private static Object inside(Scalar scalar) {
        return switch (scalar) {
            case U8, U16, U24 -> 0;
            case U32, U64 -> 0L;
            case B0_32, B0_255, B0_64K, B0_16M -> Bytes.EMPTY;
            case U256 -> org.stratumj.protocol.wire.U256.ZERO;
            case BOOL, F32, STR0_255 -> throw new AssertionError("no message has a list of " + scalar);
        };
    }

    private static Object[] valuesOf(Layout layout, RecordComponent[] components) throws ReflectiveOperationException {
        var payload = RandomPayload.of(layout, Length.RANDOM, new Random(7));
        var header =
                new FrameHeader(layout.extensionType(), layout.channelMessage(), layout.messageType(), payload.length);
        var message = MessageRegistry.core().decode(header, payload, 0, payload.length);
        var values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].getAccessor().invoke(message);
        }
        return values;
    }

    private static Object construct(Layout layout, RecordComponent[] components, Object[] values)
            throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(layout.javaName())
                .getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
