package org.stratumj.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reads its own class file.
final class CompiledClassesTest implements Fixture {
    private static CompiledClasses classes;

    @BeforeAll
    static void read() throws IOException {
        classes = CompiledClasses.under(List.of(Path.of("target", "test-classes")));
    }

    @Test
    @Tag("one")
    void seesATag() {
        assertThat(self().tests().get("seesATag")).containsExactly("one");
    }

    @ParameterizedTest
    @ValueSource(ints = 1)
    @Tag("one")
    @Tag("two")
    void seesTagsOfAParameterizedTest(int ignored) {
        assertThat(self().tests().get("seesTagsOfAParameterizedTest")).containsExactly("one", "two");
    }

    @Test
    void seesATestWithoutTags() {
        assertThat(self().tests().get("seesATestWithoutTags")).isEmpty();
    }

    @Test
    void takesNothingElseForATest() {
        assertThat(self().tests()).doesNotContainKeys("read", "self");
        assertThat(self().members()).contains("read", "self", "classes");
    }

    @Test
    void findsNestedTypesByTheirNameInSource() {
        assertThat(classes.find("org.stratumj.it.conformance.CompiledClasses.Type"))
                .isPresent();
        assertThat(classes.find("org.stratumj.it.conformance.CompiledClasses.Kind"))
                .isEmpty();
    }

    @Test
    void knowsWhoImplementsAContract() {
        assertThat(classes.heirsOf(Fixture.class.getName()))
                .containsExactly(CompiledClassesTest.class.getName(), Fixture.class.getName());
    }

    private static CompiledClasses.Type self() {
        return classes.find(CompiledClassesTest.class.getName()).orElseThrow();
    }
}

interface Fixture {}
