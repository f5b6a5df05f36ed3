package org.stratumj.codegen;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/// Generates, for each record annotated with `@Message`, its codec, and for each package of such records the class
/// `MessageCodecs` that lists them.
///
/// A record that cannot be a message is a compile error at the place to mend.
public final class MessageProcessor extends AbstractProcessor {
    private final Map<Integer, String> recordByNumbers = new HashMap<>();

    /// A processor, as the compiler makes it.
    public MessageProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(RecordModel.WIRE_PACKAGE + ".*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        var recordsByPackage = new TreeMap<String, List<RecordModel>>();
        for (var annotation : annotations) {
            if (annotation.getQualifiedName().contentEquals(RecordModel.MESSAGE_ANNOTATION)) {
                round.getElementsAnnotatedWith(annotation).forEach(element -> read(element, recordsByPackage));
            }
        }
        recordsByPackage.forEach(this::write);
        return false;
    }

    private void read(Element element, Map<String, List<RecordModel>> recordsByPackage) {
        try {
            var model = RecordModel.of(element, processingEnv);
            var other = recordByNumbers.putIfAbsent(model.numbers(), model.javaName());
            if (other != null) {
                throw new ModelException(element, other + " has the same extension and message type");
            }
            recordsByPackage
                    .computeIfAbsent(model.packageName(), _ -> new ArrayList<>())
                    .add(model);
        } catch (ModelException e) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, e.getMessage(), e.place());
        }
    }

    private void write(String packageName, List<RecordModel> records) {
        for (var model : records) {
            write(packageName + "." + model.codecName(), CodecSource.codec(model), model.element());
        }
        var origins = records.stream().map(RecordModel::element).toArray(Element[]::new);
        write(packageName + ".MessageCodecs", CodecSource.index(packageName, records), origins);
    }

    private void write(String className, String source, Element... origins) {
        try (var writer =
                processingEnv.getFiler().createSourceFile(className, origins).openWriter()) {
            writer.write(source);
        } catch (IOException e) {
            var problem = "cannot write " + className + ": " + e.getMessage();
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, problem, origins[0]);
        }
    }
}
