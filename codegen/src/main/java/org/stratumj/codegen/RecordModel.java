package org.stratumj.codegen;

import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.stratumj.codegen.FieldModel.Shape;

/// One message record, read and checked.
///
/// @param element       the record in the compiler's model
/// @param packageName   its package
/// @param nestedName    its name within the package, as `Outer.Inner`
/// @param specName      the message's name in the specification
/// @param extensionType the extension, 0..0x7fff
/// @param channel       the channel bit
/// @param messageType   the message type, U8
/// @param direction     the name of the layout's direction
/// @param fields        the components in order
record RecordModel(
        TypeElement element,
        String packageName,
        String nestedName,
        String specName,
        int extensionType,
        boolean channel,
        int messageType,
        String direction,
        List<FieldModel> fields) {
    static final String PROTOCOL_PACKAGE = "org.stratumj.protocol";
    static final String WIRE_PACKAGE = PROTOCOL_PACKAGE + ".wire";
    static final String MESSAGE_ANNOTATION = WIRE_PACKAGE + ".Message";

    private static final int EXTENSION_TYPE_MAX = 0x7fff;
    private static final int MESSAGE_TYPE_MAX = 0xff;

    /// The model of an annotated type.
    ///
    /// @throws ModelException if it cannot be a message
    static RecordModel of(Element element, ProcessingEnvironment environment) {
        if (element.getKind() != ElementKind.RECORD) {
            throw new ModelException(element, "@Message goes on a record");
        }
        var record = (TypeElement) element;
        requireAccessible(record);
        var annotation = annotation(record, MESSAGE_ANNOTATION).orElseThrow();
        var packageName = packageName(record, environment);
        var specName = (String) value(annotation, "name", "");
        var model = new RecordModel(
                record,
                packageName,
                record.getQualifiedName().toString().substring(packageName.length() + 1),
                specName.isEmpty() ? record.getSimpleName().toString() : specName,
                inRange(record, "extension", (int) value(annotation, "extension", 0), EXTENSION_TYPE_MAX),
                (boolean) value(annotation, "channel", false),
                inRange(record, "type", (int) value(annotation, "type", 0), MESSAGE_TYPE_MAX),
                direction(record, environment),
                record.getRecordComponents().stream().map(FieldReader::read).toList());
        model.requireOrder();
        model.requireChannel(environment);
        return model;
    }

    /// The record's fully qualified name.
    String javaName() {
        return packageName + "." + nestedName;
    }

    /// The simple name of the generated codec.
    String codecName() {
        return nestedName.replace('.', '_') + "Codec";
    }

    /// Extension and message type as one number.
    int numbers() {
        return extensionType << 8 | messageType;
    }

    /// The component that takes the bytes after the last field, if the record has one.
    boolean hasTlvs() {
        return !fields.isEmpty() && fields.getLast().shape() instanceof Shape.Tlvs;
    }

    /// The bytes each payload has.
    int sizeMin() {
        return fields.stream().mapToInt(FieldModel::sizeMin).sum();
    }

    static Optional<? extends AnnotationMirror> annotation(Element element, String name) {
        return element.getAnnotationMirrors().stream()
                .filter(mirror -> ((TypeElement) mirror.getAnnotationType().asElement())
                        .getQualifiedName()
                        .contentEquals(name))
                .findFirst();
    }

    static Object value(AnnotationMirror annotation, String name, Object byDefault) {
        return annotation.getElementValues().entrySet().stream()
                .filter(entry -> entry.getKey().getSimpleName().contentEquals(name))
                .map(entry -> entry.getValue().getValue())
                .findFirst()
                .orElse(byDefault);
    }

    private static void requireAccessible(TypeElement record) {
        for (Element type = record; type instanceof TypeElement; type = type.getEnclosingElement()) {
            if (type.getModifiers().contains(Modifier.PRIVATE)) {
                throw new ModelException(type, "a message record must not be private, nor inside a private type");
            }
        }
    }

    private static String packageName(TypeElement record, ProcessingEnvironment environment) {
        var enclosing = environment.getElementUtils().getPackageOf(record);
        if (enclosing.isUnnamed()) {
            throw new ModelException(record, "a message record is in a package");
        }
        return enclosing.getQualifiedName().toString();
    }

    private static int inRange(Element record, String name, int value, int max) {
        if (value < 0 || value > max) {
            throw new ModelException(record, name + " is " + value + ", not in 0.." + max);
        }
        return value;
    }

    private static String direction(TypeElement record, ProcessingEnvironment environment) {
        if (!isA(record, "Sv2Message", environment)) {
            throw new ModelException(record, "a message implements ExtensionMessage or another kind of Sv2Message");
        }
        boolean toServer = isA(record, "ToServer", environment);
        boolean toClient = isA(record, "ToClient", environment);
        if (!toServer && !toClient) {
            throw new ModelException(record, "a message implements ToServer, ToClient or both");
        }
        return toServer && toClient ? "BOTH" : toServer ? "TO_SERVER" : "TO_CLIENT";
    }

    private static boolean isA(TypeElement record, String simpleName, ProcessingEnvironment environment) {
        var type = environment.getElementUtils().getTypeElement(PROTOCOL_PACKAGE + "." + simpleName);
        return type != null && environment.getTypeUtils().isAssignable(record.asType(), type.asType());
    }

    private void requireOrder() {
        for (var field : fields.subList(0, Math.max(0, fields.size() - 1))) {
            if (field.shape() instanceof Shape.Tlvs) {
                throw new ModelException(element, field.name() + ": Tlvs is the last component, or there is none");
            }
        }
    }

    // 03 §3.2.1: the payload of a channel message begins with the channel's id, which routers rely on.
    private void requireChannel(ProcessingEnvironment environment) {
        boolean hasId = !fields.isEmpty()
                && fields.getFirst().name().equals("channelId")
                && fields.getFirst().shape().equals(new Shape.One(WireType.U32));
        if (channel && !(hasId && isA(element, "ChannelMessage", environment))) {
            throw new ModelException(
                    element, "a channel message begins with @U32 long channelId and implements ChannelMessage");
        }
        if (!channel && isA(element, "ChannelMessage", environment)) {
            throw new ModelException(element, "a ChannelMessage needs channel = true in its @Message");
        }
    }
}
