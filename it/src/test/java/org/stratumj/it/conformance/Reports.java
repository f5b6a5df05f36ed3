package org.stratumj.it.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// What ran, as Surefire and Failsafe tell it in `TEST-*.xml`. A parameterized test has a case for each argument, named
/// `method(Type)[3]`; all cases of a method count together. The class named is the one that ran, which need not be the
/// one that declares the method.
///
/// @param outcomes by class that ran, then by method
record Reports(Map<String, Map<String, Outcome>> outcomes) {

    /// The cases of one method in one class.
    record Outcome(int cases, int failed, int skipped) {
        private Outcome plus(Outcome other) {
            return new Outcome(cases + other.cases, failed + other.failed, skipped + other.skipped);
        }

        boolean passed() {
            return cases > 0 && failed == 0 && skipped == 0;
        }
    }

    private static final Pattern METHOD = Pattern.compile("^[\\p{Alnum}_$]+");

    static Reports under(List<Path> directories) throws IOException {
        var outcomes = new HashMap<String, Map<String, Outcome>>();
        for (Path directory : directories) {
            try (var files = Files.newDirectoryStream(directory, "TEST-*.xml")) {
                for (Path file : files) {
                    try (var in = Files.newInputStream(file)) {
                        read(in, outcomes);
                    } catch (XMLStreamException e) {
                        throw new IOException(file + " is no report", e);
                    }
                }
            }
        }
        return new Reports(outcomes);
    }

    /// The cases of a method; none when it did not run in that class.
    Outcome of(String className, String method) {
        return outcomes.getOrDefault(className, Map.of()).getOrDefault(method, new Outcome(0, 0, 0));
    }

    static void read(InputStream in, Map<String, Map<String, Outcome>> outcomes) throws XMLStreamException {
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        var xml = factory.createXMLStreamReader(in);
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamReader.START_ELEMENT
                    && xml.getLocalName().equals("testcase")) {
                readCase(xml, outcomes);
            }
        }
    }

    private static void readCase(XMLStreamReader xml, Map<String, Map<String, Outcome>> outcomes)
            throws XMLStreamException {
        String className = xml.getAttributeValue(null, "classname");
        var method = METHOD.matcher(xml.getAttributeValue(null, "name"));
        int failed = 0;
        int skipped = 0;
        while (xml.next() != XMLStreamReader.END_ELEMENT || !xml.getLocalName().equals("testcase")) {
            if (xml.isStartElement()) {
                switch (xml.getLocalName()) {
                    case "failure", "error", "flakyFailure", "flakyError", "rerunFailure", "rerunError" -> failed = 1;
                    case "skipped" -> skipped = 1;
                    default -> {} // what the test printed
                }
            }
        }
        if (method.find()) { // a class that failed as a whole is a case without a name
            outcomes.computeIfAbsent(className, _ -> new HashMap<>())
                    .merge(method.group(), new Outcome(1, failed, skipped), Outcome::plus);
        }
    }
}
