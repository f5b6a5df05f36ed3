package org.stratumj.codegen;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.stratumj.codegen.FieldModel.Count;
import org.stratumj.codegen.FieldModel.Shape;

/// Reads one record component: which field of which wire type it is.
final class FieldReader {
    private static final Set<String> WIRE_ANNOTATIONS = Stream.concat(
                    Arrays.stream(Count.values()).map(Count::annotation),
                    Stream.of("U8", "U16", "U24", "U32", "U64", "B032", "B0255", "B064K", "B016M"))
            .collect(Collectors.toUnmodifiableSet());

    private static final String ALLOWED = "A component is a boolean (BOOL), a float (F32), a U256, a Str0255,"
            + " @U8/@U16/@U24 int or OptionalInt, @U32/@U64 long or OptionalLong, @B032/@B0255/@B064K/@B016M Bytes,"
            + " @Seq0255/@Seq064K List of these (numbers boxed, with their annotation), or last of all a Tlvs";

    private final RecordComponentElement component;

    private FieldReader(RecordComponentElement component) {
        this.component = component;
    }

    /// The field that `component` is.
    ///
    /// @throws ModelException if it has no wire type
    static FieldModel read(RecordComponentElement component) {
        var reader = new FieldReader(component);
        var name = component.getSimpleName().toString();
        return new FieldModel(name, reader.specName(name), reader.shape(component.asType()));
    }

    private Shape shape(TypeMirror type) {
        var javaType = nameOf(type);
        var annotation = annotationOf(type);
        return switch (javaType) {
            case "java.util.List" -> new Shape.Sequence(count(annotation), element((DeclaredType) type));
            case "java.util.OptionalInt" -> new Shape.Option(field(annotation, "int", javaType), "optionInt");
            case "java.util.OptionalLong" -> new Shape.Option(field(annotation, "long", javaType), "optionLong");
            case RecordModel.WIRE_PACKAGE + ".Tlvs" -> new Shape.Tlvs();
            default -> new Shape.One(field(annotation, javaType, javaType));
        };
    }

    private Count count(String annotation) {
        return Arrays.stream(Count.values())
                .filter(count -> count.annotation().equals(annotation))
                .findFirst()
                .orElseThrow(() -> unsupported(annotation, "java.util.List"));
    }

    private WireType field(String annotation, String javaType, String javaTypeWritten) {
        return WireType.ofField(annotation, javaType).orElseThrow(() -> unsupported(annotation, javaTypeWritten));
    }

    private WireType element(DeclaredType list) {
        var element = list.getTypeArguments().getFirst();
        return WireType.ofElement(annotationOf(element), nameOf(element))
                .orElseThrow(() -> unsupported(annotationOf(element), nameOf(element)));
    }

    private String annotationOf(TypeMirror type) {
        List<String> found = type.getAnnotationMirrors().stream()
                .map(mirror -> ((TypeElement) mirror.getAnnotationType().asElement()))
                .filter(annotation -> annotation.getQualifiedName().toString().startsWith(RecordModel.WIRE_PACKAGE))
                .map(annotation -> annotation.getSimpleName().toString())
                .filter(WIRE_ANNOTATIONS::contains)
                .toList();
        if (found.size() > 1) {
            throw new ModelException(component, "one wire type only, not @" + String.join(" @", found));
        }
        return found.isEmpty() ? "" : found.getFirst();
    }

    private ModelException unsupported(String annotation, String javaType) {
        var simpleName = javaType.substring(javaType.lastIndexOf('.') + 1);
        var written = annotation.isEmpty() ? simpleName : "@" + annotation + " " + simpleName;
        return new ModelException(component, written + " has no wire type. " + ALLOWED);
    }

    private String specName(String name) {
        return RecordModel.annotation(component, RecordModel.WIRE_PACKAGE + ".SpecName")
                .map(annotation -> RecordModel.value(annotation, "value", "").toString())
                .orElseGet(() -> snakeCase(name));
    }

    private static String nameOf(TypeMirror type) {
        return type instanceof DeclaredType declared
                ? ((TypeElement) declared.asElement()).getQualifiedName().toString()
                : type.getKind().name().toLowerCase(Locale.ROOT);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
