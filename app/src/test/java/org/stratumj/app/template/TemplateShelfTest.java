package org.stratumj.app.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.stratumj.node.CoinbaseReserve;

class TemplateShelfTest {
    private static final CoinbaseReserve SMALL = new CoinbaseReserve(2000, 0);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final TemplateShelf shelf = new TemplateShelf(() -> now);

    @Test
    void isEmptyAtFirst() {
        assertThat(shelf.current()).isEmpty();
        assertThat(shelf.find(1)).isInstanceOf(TemplateShelf.Unknown.class);
    }

    @Test
    void findsATemplateOfTheBestTip() {
        ProvidedTemplate template = shelf.provide(shelf.newTip(Templates.onTip(0, 1)), SMALL, 0);
        assertThat(shelf.find(template.id())).isEqualTo(new TemplateShelf.Live(template));
    }

    @Test
    void givesClientsWithTheSameRoomTheSameTemplate() {
        Edition edition = shelf.newTip(Templates.onTip(0, 1));
        assertThat(shelf.provide(edition, SMALL, 0)).isSameAs(shelf.provide(edition, new CoinbaseReserve(9999, 7), 0));
    }

    @Test
    void trimsForAClientThatNeedsMoreRoom() {
        Edition edition = shelf.newTip(Templates.onTip(0, 2, 6000));
        int weight = edition.full().transactions().getFirst().weight();
        ProvidedTemplate small = shelf.provide(edition, SMALL, 0);
        ProvidedTemplate large = shelf.provide(edition, new CoinbaseReserve(6000 - weight, 0), 0);
        assertThat(small.template().transactions()).hasSize(2);
        assertThat(large.template().transactions()).hasSize(1);
        assertThat(large.template().coinbaseValue()).isEqualTo(Templates.SUBSIDY + Templates.FEE);
        assertThat(large.id()).isNotEqualTo(small.id());
    }

    @Test
    void neverGivesAClientAnIdBelowOneItHasSeen() {
        Edition first = shelf.newTip(Templates.onTip(0, 2));
        Edition second = shelf.newFees(Templates.onTip(0, 3));
        long seen = shelf.provide(second, SMALL, 0).id();
        ProvidedTemplate again = shelf.provide(second, SMALL, seen);
        assertThat(again.id()).isGreaterThan(seen);
        assertThat(shelf.provide(first, SMALL, again.id()).id()).isGreaterThan(again.id());
        assertThat(shelf.find(again.id())).isInstanceOf(TemplateShelf.Live.class);
    }

    @Test
    void keepsTemplatesOfThePreviousTipForTenSecondsAsStale() {
        ProvidedTemplate old = shelf.provide(shelf.newTip(Templates.onTip(0, 1)), SMALL, 0);
        shelf.newTip(Templates.onTip(1, 1));
        now = now.plus(TemplateShelf.STALE_KEPT);
        assertThat(shelf.find(old.id())).isEqualTo(new TemplateShelf.Stale(java.util.Optional.of(old)));
        now = now.plus(Duration.ofMillis(1));
        assertThat(shelf.find(old.id())).isEqualTo(new TemplateShelf.Stale(java.util.Optional.empty()));
        assertThat(shelf.size()).isZero();
    }

    @Test
    void keepsTemplatesThatFeesSuperseded() {
        ProvidedTemplate old = shelf.provide(shelf.newTip(Templates.onTip(0, 1)), SMALL, 0);
        shelf.newFees(Templates.onTip(0, 2));
        now = now.plus(Duration.ofHours(2));
        assertThat(shelf.find(old.id())).isInstanceOf(TemplateShelf.Live.class);
    }

    @Test
    void keepsTemplatesWhenTheNodeRepeatsTheTip() {
        ProvidedTemplate old = shelf.provide(shelf.newTip(Templates.onTip(0, 1)), SMALL, 0);
        shelf.newTip(Templates.onTip(0, 1));
        assertThat(shelf.find(old.id())).isInstanceOf(TemplateShelf.Live.class);
    }

    @Test
    void makesATemplateOfAnOldEditionStaleFromTheStart() {
        Edition old = shelf.newTip(Templates.onTip(0, 1));
        shelf.newTip(Templates.onTip(1, 1));
        ProvidedTemplate late = shelf.provide(old, SMALL, 0);
        assertThat(shelf.find(late.id())).isInstanceOf(TemplateShelf.Stale.class);
    }

    @Test
    void holdsNoMoreThanItsBound() {
        Edition edition = shelf.newTip(Templates.onTip(0, 0));
        long id = 0;
        for (int i = 0; i < TemplateShelf.TEMPLATES_MAX + 1; i++) {
            id = shelf.provide(edition, SMALL, id).id();
        }
        assertThat(shelf.size()).isEqualTo(TemplateShelf.TEMPLATES_MAX);
        assertThat(shelf.find(1)).isEqualTo(new TemplateShelf.Stale(java.util.Optional.empty()));
        assertThat(shelf.find(2)).isInstanceOf(TemplateShelf.Live.class);
    }

    @Test
    void holdsATransactionOnceHoweverManyTemplatesHaveIt() {
        Edition first = shelf.newTip(Templates.onTip(0, 2));
        Edition second = shelf.newFees(Templates.onTip(0, 3));
        assertThat(second.full().transactions().getFirst())
                .isSameAs(first.full().transactions().getFirst());
        assertThat(second.full()).isEqualTo(Templates.onTip(0, 3));
    }
}
