package org.stratumj.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Goal: the arrows of the module map in ARCHITECTURE.md hold in the compiled classes, and no package knows itself
/// through others. Method: each class under `org.stratumj.<module>` may name classes of its own module, of the modules
/// listed for it and of the libraries listed for it, nothing else.
final class ModuleArrowsTest {

    private record Allowed(Set<String> modules, Set<String> libraries) {}

    private static final Map<String, Allowed> ARROWS = Map.ofEntries(
            Map.entry("protocol", new Allowed(Set.of(), Set.of())),
            Map.entry("noise", new Allowed(Set.of(), Set.of("javax.crypto."))),
            Map.entry("bitcoin", new Allowed(Set.of(), Set.of())),
            Map.entry("codec", new Allowed(Set.of("protocol", "noise"), Set.of())),
            Map.entry("channels", new Allowed(Set.of("protocol", "bitcoin"), Set.of())),
            Map.entry("connection", new Allowed(Set.of("protocol", "noise", "codec"), Set.of("io.netty.", "jdk.jfr."))),
            Map.entry("json", new Allowed(Set.of("protocol"), Set.of("tools.jackson.", "com.fasterxml.jackson."))),
            Map.entry(
                    "node",
                    new Allowed(
                            Set.of("bitcoin"), Set.of("tools.jackson.", "com.fasterxml.jackson.", "java.net.http."))),
            Map.entry("miner", new Allowed(Set.of("bitcoin"), Set.of("jdk.incubator.vector."))),
            Map.entry("service", new Allowed(Set.of("protocol", "noise", "codec", "connection"), Set.of("jdk.jfr."))),
            Map.entry(
                    "testkit",
                    new Allowed(
                            Set.of("protocol", "noise", "codec", "connection", "bitcoin", "channels"),
                            Set.of("org.junit.jupiter.api."))));

    private static final Set<String> MODULES = modules();

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.stratumj");

    static Set<String> libraryModules() {
        return new TreeSet<>(ARROWS.keySet());
    }

    @ParameterizedTest
    @MethodSource("libraryModules")
    void moduleNamesOnlyWhatItMay(String module) {
        var allowed = ARROWS.get(module);
        var offences = CLASSES.stream()
                .filter(type -> module.equals(moduleOf(type)))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency ->
                        !mayName(module, allowed, dependency.getTargetClass().getBaseComponentType()))
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(offences).isEmpty();
    }

    @Test
    void everyModuleIsInTheTable() {
        var found = CLASSES.stream().map(ModuleArrowsTest::moduleOf).collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).isEqualTo(MODULES);
    }

    /// The root package of a module may name its subpackages and be named by them: `protocol` holds the sealed
    /// roots of the families that live below it. Among the subpackages there is no circle.
    @Test
    void noCircleAmongSubpackages() {
        for (String module : MODULES) {
            SlicesRuleDefinition.slices()
                    .matching("org.stratumj." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    private static Set<String> modules() {
        var modules = new TreeSet<>(ARROWS.keySet());
        modules.add("app");
        return modules;
    }

    private static boolean mayName(String module, Allowed allowed, JavaClass target) {
        String name = target.getName();
        if (target.isPrimitive() || name.startsWith("org.jspecify.")) {
            return true;
        }
        if (name.startsWith("org.stratumj.")) {
            String other = moduleOf(target);
            return other.equals(module) || allowed.modules().contains(other);
        }
        if (allowed.libraries().stream().anyMatch(name::startsWith)) {
            return true;
        }
        return name.startsWith("java.") && !name.startsWith("java.net.http.");
    }

    private static String moduleOf(JavaClass type) {
        return type.getPackageName().split("\\.", -1)[2];
    }
}
