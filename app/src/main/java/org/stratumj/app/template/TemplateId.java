package org.stratumj.app.template;

/// The parts of a template's id. An id says by itself which template it is, so that nothing a client does makes the
/// provider remember more; and for each client ids rise strictly, as they must. Spec: 07 §7.2.
///
/// ```text
///  63            32 31      16 15           0
/// ┌────────────────┬──────────┬──────────────┐
/// │ edition        │ repeat   │ transactions │
/// └────────────────┴──────────┴──────────────┘
/// ```
///
/// @param edition      number of the [Edition], from 1
/// @param repeat       how often the client asked for another template of the same edition
/// @param transactions how many of the edition's transactions are kept, the first ones
record TemplateId(long edition, int repeat, int transactions) {
    /// The most that 16 bits say.
    static final int REPEAT_MAX = 0xffff;

    /// The most that 16 bits say: four times as many as fit a block.
    static final int TRANSACTIONS_MAX = 0xffff;

    TemplateId {
        if (edition < 0 || edition > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("edition must be 0..2^31-1, is " + edition);
        }
        if (repeat < 0 || repeat > REPEAT_MAX || transactions < 0 || transactions > TRANSACTIONS_MAX) {
            throw new IllegalArgumentException("does not fit 16 bits: " + repeat + " or " + transactions);
        }
    }

    /// Reads any 64 bits but those of a negative number.
    static TemplateId of(long id) {
        return new TemplateId(id >>> 32, (int) (id >>> 16) & 0xffff, (int) id & 0xffff);
    }

    long value() {
        return edition << 32 | (long) repeat << 16 | transactions;
    }
}
