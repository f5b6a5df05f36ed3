package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.protocol.extension.ExtensionType;
import org.stratumj.protocol.extension.worker.WorkerIdentity;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.Tlv;
import org.stratumj.protocol.wire.Tlvs;

/// What extensions append to a message: either refused as malformed, or fields that cover every byte, are found again
/// by type, and are written in the order that a sender has to keep.
class TlvsFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "0200010a00576f726b65725f303031",
                        "020001000003000105000102030405",
                        "ff7fffffff00",
                        "0500020100aa0200010100bb0500010000")
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest
    void coversEveryByteOrRefuses(byte[] data) {
        var tlvs = new Tlvs(Bytes.of(data));
        requireEqual(data.length == 0, tlvs.isEmpty(), "empty");
        List<Tlv> fields;
        try {
            fields = tlvs.fields();
        } catch (DecodeException malformed) {
            require(malformed.offset() <= data.length, "offset of a refusal");
            requireRefused(tlvs);
            return;
        }
        requireEqual(data.length, fields.stream().mapToInt(Tlv::size).sum(), "bytes in all fields");
        var inOrder = fields.stream()
                .sorted(Comparator.comparingInt(Tlv::extensionType))
                .toList();
        requireEqual(inOrder, Tlvs.of(fields).fields(), "fields written and read again");
        for (var field : fields) {
            var first = fields.stream().filter(other -> sameType(field, other)).findFirst();
            requireEqual(first, tlvs.find(field.extensionType(), field.fieldType()), "first of its type");
        }
        requireIdentity(tlvs);
    }

    private static void requireIdentity(Tlvs tlvs) {
        var field = tlvs.find(ExtensionType.WORKER_HASHRATE_TRACKING, WorkerIdentity.FIELD_TYPE);
        boolean fits = field.map(found -> found.value().size() <= WorkerIdentity.BYTES_MAX)
                .orElse(true);
        try {
            var identity = WorkerIdentity.in(tlvs);
            require(fits, "an identity above its limit is refused");
            requireEqual(field, identity.map(WorkerIdentity::tlv), "identity as a field");
            identity.map(WorkerIdentity::text)
                    .ifPresent(
                            text -> require(text.chars().noneMatch(Character::isISOControl), "text is safe for logs"));
        } catch (DecodeException tooLong) {
            require(!fits, "an identity within its limit is taken");
        }
    }

    private static void requireRefused(Tlvs tlvs) {
        try {
            requireEqual(Optional.empty(), WorkerIdentity.in(tlvs), "identity in malformed fields");
        } catch (DecodeException asItShould) {
            return;
        }
        throw new AssertionError("malformed fields are looked into");
    }

    private static boolean sameType(Tlv one, Tlv other) {
        return one.extensionType() == other.extensionType() && one.fieldType() == other.fieldType();
    }
}
