package org.stratumj.it.conformance;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the checker needs to know of compiled classes, read from their class files without loading them.
///
/// @param types by binary name
public record CompiledClasses(Map<String, Type> types) {

    /// One class or interface.
    ///
    /// @param parents binary names of superclass and interfaces
    /// @param members names of fields and methods
    /// @param tests   the tags directly on each test method
    public record Type(String name, Set<String> parents, Set<String> members, Map<String, Set<String>> tests) {}

    private static final String JUPITER = "Lorg/junit/jupiter/";
    private static final Set<String> TESTS = Set.of(
            JUPITER + "api/Test;",
            JUPITER + "api/RepeatedTest;",
            JUPITER + "api/TestFactory;",
            JUPITER + "params/ParameterizedTest;");

    /// All classes in these directories and below.
    public static CompiledClasses under(List<Path> directories) throws IOException {
        var types = new HashMap<String, Type>();
        for (Path directory : directories) {
            try (var files = Files.walk(directory)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".class")).toList()) {
                    var type = read(ClassFile.of().parse(file));
                    types.put(type.name(), type);
                }
            }
        }
        return new CompiledClasses(types);
    }

    /// A type by its name.
    ///
    /// @param name as in source (`org.stratumj.Outer.Inner`) or binary (`org.stratumj.Outer$Inner`)
    Optional<Type> find(String name) {
        for (String binary = name; ; ) {
            var type = types.get(binary);
            int dot = binary.lastIndexOf('.');
            if (type != null || dot < 0) {
                return Optional.ofNullable(type);
            }
            binary = binary.substring(0, dot) + "$" + binary.substring(dot + 1);
        }
    }

    /// The type itself and all that extend or implement it.
    Set<String> heirsOf(String name) {
        var heirs = new TreeSet<>(Set.of(name));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Type type : types.values()) {
                if (type.parents().stream().anyMatch(heirs::contains)) {
                    grown |= heirs.add(type.name());
                }
            }
        }
        return heirs;
    }

    private static Type read(ClassModel model) {
        var members = new HashSet<String>();
        model.fields().forEach(field -> members.add(field.fieldName().stringValue()));
        model.methods().forEach(method -> members.add(method.methodName().stringValue()));
        var tests = new HashMap<String, Set<String>>();
        for (MethodModel method : model.methods()) {
            if (annotations(method).anyMatch(it -> TESTS.contains(it.className().stringValue()))) {
                var tags = tests.computeIfAbsent(method.methodName().stringValue(), _ -> new TreeSet<>());
                annotations(method).flatMap(CompiledClasses::tags).forEach(tags::add);
            }
        }
        var parents = new HashSet<String>();
        model.superclass().ifPresent(parent -> parents.add(name(parent)));
        model.interfaces().forEach(parent -> parents.add(name(parent)));
        return new Type(name(model.thisClass()), parents, members, tests);
    }

    private static Stream<Annotation> annotations(MethodModel method) {
        return method.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream());
    }

    /// Of `@Tag` the value; of `@Tags`, into which the compiler puts several, those of each.
    private static Stream<String> tags(Annotation annotation) {
        return switch (annotation.className().stringValue()) {
            case JUPITER + "api/Tag;", JUPITER + "api/Tags;" ->
                annotation.elements().stream().map(AnnotationElement::value).flatMap(CompiledClasses::tags);
            default -> Stream.empty();
        };
    }

    private static Stream<String> tags(AnnotationValue value) {
        return switch (value) {
            case AnnotationValue.OfString text -> Stream.of(text.stringValue());
            case AnnotationValue.OfArray array -> array.values().stream().flatMap(CompiledClasses::tags);
            case AnnotationValue.OfAnnotation one -> tags(one.annotation());
            default -> Stream.empty();
        };
    }

    private static String name(ClassEntry entry) {
        return entry.asInternalName().replace('/', '.');
    }
}
