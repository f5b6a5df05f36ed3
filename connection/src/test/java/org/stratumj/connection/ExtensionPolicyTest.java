package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.protocol.extension.negotiation.RequestExtensions;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsError;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsSuccess;

/// The examples of the extension's own document, and what lies between them.
class ExtensionPolicyTest {
    private static final ExtensionPolicy SUPPORTS_2 = ExtensionPolicy.supporting(2);
    private static final ExtensionPolicy REQUIRES_5 = new ExtensionPolicy(Set.of(2, 5), Set.of(5));

    @Test
    @Tag("NEG-005")
    @Tag("NEG-013")
    void agreesOnWhatBothSupport() {
        assertThat(SUPPORTS_2.answer(new RequestExtensions(7, List.of(3, 2))))
                .isEqualTo(new RequestExtensionsSuccess(7, List.of(2)));
        assertThat(SUPPORTS_2.answer(new RequestExtensions(8, List.of(2, 2))))
                .isEqualTo(new RequestExtensionsSuccess(8, List.of(2)));
    }

    @Test
    @Tag("NEG-005")
    @Tag("NEG-006")
    void refusesARequestOfWhichItSupportsNothing() {
        assertThat(SUPPORTS_2.answer(new RequestExtensions(7, List.of(3, 0x4001))))
                .isEqualTo(new RequestExtensionsError(7, List.of(3, 0x4001), List.of()));
        assertThat(ExtensionPolicy.NONE.answer(new RequestExtensions(7, List.of(2))))
                .isEqualTo(new RequestExtensionsError(7, List.of(2), List.of()));
    }

    @Test
    @Tag("NEG-005")
    @Tag("NEG-007")
    void namesWhatItRequiresAndWasNotAskedFor() {
        assertThat(REQUIRES_5.answer(new RequestExtensions(7, List.of(2, 3))))
                .isEqualTo(new RequestExtensionsError(7, List.of(3), List.of(5)));
        assertThat(REQUIRES_5.answer(new RequestExtensions(8, List.of())))
                .isEqualTo(new RequestExtensionsError(8, List.of(), List.of(5)));
        assertThat(REQUIRES_5.answer(new RequestExtensions(9, List.of(5, 3))))
                .isEqualTo(new RequestExtensionsSuccess(9, List.of(5)));
    }

    @Test
    void agreesOnNothingWithWhoAsksForNothing() {
        assertThat(SUPPORTS_2.answer(new RequestExtensions(7, List.of())))
                .isEqualTo(new RequestExtensionsSuccess(7, List.of()));
    }

    @Test
    void isNotMadeOfWhatMakesNoSense() {
        assertThatThrownBy(() -> new ExtensionPolicy(Set.of(2), Set.of(3)))
                .isInstanceOf(IllegalArgumentException.class);
        for (int number : new int[] {-1, 0, 1, 0x8000}) {
            assertThatThrownBy(() -> ExtensionPolicy.supporting(number)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
