package org.stratumj.app.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.node.CoinbaseReserve;

class TemplateShelfTest {
    private static final CoinbaseReserve SMALL = new CoinbaseReserve(2000, 0);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final TemplateShelf shelf = new TemplateShelf(() -> now);

    @Test
    void isEmptyAtFirst() {
        assertThat(shelf.current()).isEmpty();
        assertThat(shelf.find(1L << 32)).isInstanceOf(TemplateShelf.Unknown.class);
    }

    @Test
    void findsATemplateOfTheBestTip() {
        ProvidedTemplate template = shelf.newTip(Templates.onTip(0, 1)).withReserved(SMALL, 0);
        assertThat(live(template.id())).isSameAs(template);
    }

    @Test
    void givesClientsWithTheSameRoomTheSameTemplate() {
        Edition edition = shelf.newTip(Templates.onTip(0, 1));
        assertThat(edition.withReserved(SMALL, 0)).isSameAs(edition.withReserved(new CoinbaseReserve(9999, 7), 0));
    }

    @Test
    @Tag("TDP-013")
    void trimsForAClientThatNeedsMoreRoom() {
        Edition edition = shelf.newTip(Templates.onTip(0, 2, 6000));
        int weight = edition.full().transactions().getFirst().weight();
        ProvidedTemplate small = edition.withReserved(SMALL, 0);
        ProvidedTemplate large = edition.withReserved(new CoinbaseReserve(6000 - weight, 0), 0);
        assertThat(small.template().transactions()).hasSize(2);
        assertThat(large.template().transactions()).hasSize(1);
        assertThat(large.template().coinbaseValue()).isEqualTo(Templates.SUBSIDY + Templates.FEE);
        assertThat(live(large.id()).template()).isEqualTo(large.template());
    }

    @Test
    @Tag("TDP-015")
    void raisesIdsWithEachEditionAndEachRepeat() {
        Edition first = shelf.newTip(Templates.onTip(0, 3));
        long one = first.withReserved(SMALL, 0).id();
        ProvidedTemplate repeated = first.withFirst(0).orElseThrow().repeated(1);
        long again = repeated.id();
        assertThat(live(again).newTemplate(true)).isEqualTo(repeated.newTemplate(true));
        long next = shelf.newFees(Templates.onTip(0, 1)).withReserved(SMALL, 0).id();
        long tip = shelf.newTip(Templates.onTip(1, 0)).withReserved(SMALL, 0).id();
        assertThat(new long[] {one, again, next, tip}).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void makesATemplateAnewThatIsNoLongerReady() {
        Edition edition = shelf.newTip(Templates.onTip(0, 20));
        ProvidedTemplate asked = edition.withFirst(3).orElseThrow();
        for (int i = 4; i < 4 + Edition.READY_MAX; i++) {
            edition.withFirst(i);
        }
        ProvidedTemplate found = live(asked.id());
        assertThat(found).isNotSameAs(asked);
        assertThat(found.newTemplate(false)).isEqualTo(asked.newTemplate(false));
        for (int i = 20; i > 20 - Edition.READY_MAX; i--) {
            ProvidedTemplate ready = edition.withFirst(i).orElseThrow();
            assertThat(edition.withFirst(i).orElseThrow()).isSameAs(ready);
        }
    }

    @Test
    void knowsNothingOfIdsThatItNeverGave() {
        long id = shelf.newTip(Templates.onTip(0, 1)).withReserved(SMALL, 0).id();
        for (long never : new long[] {0, -1, 1, id + 1, id + (1L << 32), Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(shelf.find(never)).isInstanceOf(TemplateShelf.Unknown.class);
        }
    }

    @Test
    @Tag("TDP-007")
    void keepsTemplatesOfThePreviousTipForTenSecondsAsStale() {
        ProvidedTemplate old = shelf.newTip(Templates.onTip(0, 1)).withReserved(SMALL, 0);
        shelf.newTip(Templates.onTip(1, 1));
        now = now.plus(Duration.ofSeconds(10));
        assertThat(shelf.find(old.id())).isEqualTo(new TemplateShelf.Stale(Optional.of(old)));
        now = now.plus(Duration.ofMillis(1));
        assertThat(shelf.find(old.id())).isEqualTo(new TemplateShelf.Stale(Optional.empty()));
        assertThat(shelf.size()).isEqualTo(1);
    }

    @Test
    @Tag("TDP-007")
    void keepsTemplatesThatFeesSuperseded() {
        ProvidedTemplate old = shelf.newTip(Templates.onTip(0, 1)).withReserved(SMALL, 0);
        shelf.newFees(Templates.onTip(0, 2));
        now = now.plus(Duration.ofHours(2));
        assertThat(live(old.id())).isSameAs(old);
    }

    @Test
    void keepsTemplatesWhenTheNodeRepeatsTheTip() {
        ProvidedTemplate old = shelf.newTip(Templates.onTip(0, 1)).withReserved(SMALL, 0);
        shelf.newTip(Templates.onTip(0, 1));
        assertThat(live(old.id())).isSameAs(old);
    }

    @Test
    void holdsNoMoreEditionsThanItsBound() {
        Edition first = shelf.newTip(Templates.onTip(0, 0));
        for (int i = 1; i < TemplateShelf.EDITIONS_MAX; i++) {
            shelf.newFees(Templates.onTip(0, 0));
        }
        assertThat(shelf.find(first.withReserved(SMALL, 0).id())).isInstanceOf(TemplateShelf.Live.class);
        shelf.newFees(Templates.onTip(0, 0));
        assertThat(shelf.size()).isEqualTo(TemplateShelf.EDITIONS_MAX);
        assertThat(shelf.find(first.withReserved(SMALL, 0).id())).isEqualTo(new TemplateShelf.Stale(Optional.empty()));
    }

    @Test
    void holdsATransactionOnceHoweverManyEditionsHaveIt() {
        Edition first = shelf.newTip(Templates.onTip(0, 2));
        Edition second = shelf.newFees(Templates.onTip(0, 3));
        assertThat(second.full().transactions().getFirst())
                .isSameAs(first.full().transactions().getFirst());
        assertThat(second.full()).isEqualTo(Templates.onTip(0, 3));
    }

    @Test
    void packsAndUnpacksIds() {
        TemplateId id = new TemplateId(Integer.MAX_VALUE, TemplateId.REPEAT_MAX, TemplateId.TRANSACTIONS_MAX);
        assertThat(id.value()).isEqualTo(Long.MAX_VALUE);
        assertThat(TemplateId.of(id.value())).isEqualTo(id);
        assertThat(TemplateId.of(new TemplateId(3, 2, 1).value())).isEqualTo(new TemplateId(3, 2, 1));
        assertThatThrownBy(() -> new TemplateId(1L << 31, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TemplateId(1, 1 << 16, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TemplateId(1, 0, 1 << 16)).isInstanceOf(IllegalArgumentException.class);
    }

    private ProvidedTemplate live(long id) {
        return ((TemplateShelf.Live) shelf.find(id)).template();
    }
}
