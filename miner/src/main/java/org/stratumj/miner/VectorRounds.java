package org.stratumj.miner;

import static jdk.incubator.vector.IntVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.REVERSE_BYTES;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.ULE;
import static jdk.incubator.vector.VectorOperators.XOR;
import static org.stratumj.miner.Sha256.INITIAL_STATE;
import static org.stratumj.miner.Sha256.K;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// The rounds of a header's double SHA-256 on as many nonces at once as a vector has lanes. Written by
/// `VectorRoundsSource` in the tests; change that.
///
/// The code is as straight and as long as it is for the compilers' sake. A vector stays in a register only while
/// every operation on it is inlined, which no helper method of ours can count on; one that is not inlined
/// allocates its vectors and is a hundred times slower. And no method can have many more than eight rounds,
/// or the first compiler runs out of virtual registers and the method never reaches the second. So each
/// method is eight rounds at most, and working variables and words rest in `int` arrays between methods:
/// word or variable `i` of all lanes from index `i * LANES`. A variable is named for its letter in the
/// standard before the method's first round; with each round the letters move on by one.
final class VectorRounds {
    static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    static final int LANES = I.length();

    /// Rounds of one call of [#expanding].
    static final int PER_METHOD = 8;

    /// The round with which [#last] begins.
    static final int LAST = 56;

    private VectorRounds() {}

    /// Rounds 3 to 7 of the first hash, whose only word that differs between lanes is the nonce, word 3.
    ///
    /// @param start    working variables after round 2, the same in every lane
    /// @param constant round constant plus word of each round; for round 3 the round constant alone
    static void first(int[] state, int[] words, int[] start, int[] constant) {
        IntVector a = IntVector.broadcast(I, start[0]);
        IntVector b = IntVector.broadcast(I, start[1]);
        IntVector c = IntVector.broadcast(I, start[2]);
        IntVector d = IntVector.broadcast(I, start[3]);
        IntVector e = IntVector.broadcast(I, start[4]);
        IntVector f = IntVector.broadcast(I, start[5]);
        IntVector g = IntVector.broadcast(I, start[6]);
        IntVector h = IntVector.broadcast(I, start[7]);
        IntVector x = fromArray(I, words, 3 * LANES);
        h = h.add(x);
        x = e.lanewise(ROR, 6).lanewise(XOR, e.lanewise(ROR, 11)).lanewise(XOR, e.lanewise(ROR, 25));
        h = h.add(constant[3]).add(f.lanewise(XOR, g).and(e).lanewise(XOR, g)).add(x);
        d = d.add(h);
        x = a.lanewise(ROR, 2).lanewise(XOR, a.lanewise(ROR, 13)).lanewise(XOR, a.lanewise(ROR, 22));
        h = h.add(a.and(b).lanewise(XOR, c.and(a.lanewise(XOR, b)))).add(x);
        x = d.lanewise(ROR, 6).lanewise(XOR, d.lanewise(ROR, 11)).lanewise(XOR, d.lanewise(ROR, 25));
        g = g.add(constant[4]).add(e.lanewise(XOR, f).and(d).lanewise(XOR, f)).add(x);
        c = c.add(g);
        x = h.lanewise(ROR, 2).lanewise(XOR, h.lanewise(ROR, 13)).lanewise(XOR, h.lanewise(ROR, 22));
        g = g.add(h.and(a).lanewise(XOR, b.and(h.lanewise(XOR, a)))).add(x);
        x = c.lanewise(ROR, 6).lanewise(XOR, c.lanewise(ROR, 11)).lanewise(XOR, c.lanewise(ROR, 25));
        f = f.add(constant[5]).add(d.lanewise(XOR, e).and(c).lanewise(XOR, e)).add(x);
        b = b.add(f);
        x = g.lanewise(ROR, 2).lanewise(XOR, g.lanewise(ROR, 13)).lanewise(XOR, g.lanewise(ROR, 22));
        f = f.add(g.and(h).lanewise(XOR, a.and(g.lanewise(XOR, h)))).add(x);
        x = b.lanewise(ROR, 6).lanewise(XOR, b.lanewise(ROR, 11)).lanewise(XOR, b.lanewise(ROR, 25));
        e = e.add(constant[6]).add(c.lanewise(XOR, d).and(b).lanewise(XOR, d)).add(x);
        a = a.add(e);
        x = f.lanewise(ROR, 2).lanewise(XOR, f.lanewise(ROR, 13)).lanewise(XOR, f.lanewise(ROR, 22));
        e = e.add(f.and(g).lanewise(XOR, h.and(f.lanewise(XOR, g)))).add(x);
        x = a.lanewise(ROR, 6).lanewise(XOR, a.lanewise(ROR, 11)).lanewise(XOR, a.lanewise(ROR, 25));
        d = d.add(constant[7]).add(b.lanewise(XOR, c).and(a).lanewise(XOR, c)).add(x);
        h = h.add(d);
        x = e.lanewise(ROR, 2).lanewise(XOR, e.lanewise(ROR, 13)).lanewise(XOR, e.lanewise(ROR, 22));
        d = d.add(e.and(f).lanewise(XOR, g.and(e.lanewise(XOR, f)))).add(x);
        d.intoArray(state, 0);
        e.intoArray(state, LANES);
        f.intoArray(state, 2 * LANES);
        g.intoArray(state, 3 * LANES);
        h.intoArray(state, 4 * LANES);
        a.intoArray(state, 5 * LANES);
        b.intoArray(state, 6 * LANES);
        c.intoArray(state, 7 * LANES);
    }

    /// Rounds 0 to 7 of the second hash, whose first eight words are the first hash: its working variables in
    /// `state` plus `midstate`.
    static void second(int[] state, int[] words, int[] midstate) {
        IntVector w0 = fromArray(I, state, 0).add(midstate[0]);
        w0.intoArray(words, 0);
        IntVector w1 = fromArray(I, state, LANES).add(midstate[1]);
        w1.intoArray(words, LANES);
        IntVector w2 = fromArray(I, state, 2 * LANES).add(midstate[2]);
        w2.intoArray(words, 2 * LANES);
        IntVector w3 = fromArray(I, state, 3 * LANES).add(midstate[3]);
        w3.intoArray(words, 3 * LANES);
        IntVector w4 = fromArray(I, state, 4 * LANES).add(midstate[4]);
        w4.intoArray(words, 4 * LANES);
        IntVector w5 = fromArray(I, state, 5 * LANES).add(midstate[5]);
        w5.intoArray(words, 5 * LANES);
        IntVector w6 = fromArray(I, state, 6 * LANES).add(midstate[6]);
        w6.intoArray(words, 6 * LANES);
        IntVector w7 = fromArray(I, state, 7 * LANES).add(midstate[7]);
        w7.intoArray(words, 7 * LANES);
        IntVector a = IntVector.broadcast(I, INITIAL_STATE[0]);
        IntVector b = IntVector.broadcast(I, INITIAL_STATE[1]);
        IntVector c = IntVector.broadcast(I, INITIAL_STATE[2]);
        IntVector d = IntVector.broadcast(I, INITIAL_STATE[3]);
        IntVector e = IntVector.broadcast(I, INITIAL_STATE[4]);
        IntVector f = IntVector.broadcast(I, INITIAL_STATE[5]);
        IntVector g = IntVector.broadcast(I, INITIAL_STATE[6]);
        IntVector h = IntVector.broadcast(I, INITIAL_STATE[7]);
        IntVector x;
        x = e.lanewise(ROR, 6).lanewise(XOR, e.lanewise(ROR, 11)).lanewise(XOR, e.lanewise(ROR, 25));
        h = h.add(w0.add(K[0])).add(f.lanewise(XOR, g).and(e).lanewise(XOR, g)).add(x);
        d = d.add(h);
        x = a.lanewise(ROR, 2).lanewise(XOR, a.lanewise(ROR, 13)).lanewise(XOR, a.lanewise(ROR, 22));
        h = h.add(a.and(b).lanewise(XOR, c.and(a.lanewise(XOR, b)))).add(x);
        x = d.lanewise(ROR, 6).lanewise(XOR, d.lanewise(ROR, 11)).lanewise(XOR, d.lanewise(ROR, 25));
        g = g.add(w1.add(K[1])).add(e.lanewise(XOR, f).and(d).lanewise(XOR, f)).add(x);
        c = c.add(g);
        x = h.lanewise(ROR, 2).lanewise(XOR, h.lanewise(ROR, 13)).lanewise(XOR, h.lanewise(ROR, 22));
        g = g.add(h.and(a).lanewise(XOR, b.and(h.lanewise(XOR, a)))).add(x);
        x = c.lanewise(ROR, 6).lanewise(XOR, c.lanewise(ROR, 11)).lanewise(XOR, c.lanewise(ROR, 25));
        f = f.add(w2.add(K[2])).add(d.lanewise(XOR, e).and(c).lanewise(XOR, e)).add(x);
        b = b.add(f);
        x = g.lanewise(ROR, 2).lanewise(XOR, g.lanewise(ROR, 13)).lanewise(XOR, g.lanewise(ROR, 22));
        f = f.add(g.and(h).lanewise(XOR, a.and(g.lanewise(XOR, h)))).add(x);
        x = b.lanewise(ROR, 6).lanewise(XOR, b.lanewise(ROR, 11)).lanewise(XOR, b.lanewise(ROR, 25));
        e = e.add(w3.add(K[3])).add(c.lanewise(XOR, d).and(b).lanewise(XOR, d)).add(x);
        a = a.add(e);
        x = f.lanewise(ROR, 2).lanewise(XOR, f.lanewise(ROR, 13)).lanewise(XOR, f.lanewise(ROR, 22));
        e = e.add(f.and(g).lanewise(XOR, h.and(f.lanewise(XOR, g)))).add(x);
        x = a.lanewise(ROR, 6).lanewise(XOR, a.lanewise(ROR, 11)).lanewise(XOR, a.lanewise(ROR, 25));
        d = d.add(w4.add(K[4])).add(b.lanewise(XOR, c).and(a).lanewise(XOR, c)).add(x);
        h = h.add(d);
        x = e.lanewise(ROR, 2).lanewise(XOR, e.lanewise(ROR, 13)).lanewise(XOR, e.lanewise(ROR, 22));
        d = d.add(e.and(f).lanewise(XOR, g.and(e.lanewise(XOR, f)))).add(x);
        x = h.lanewise(ROR, 6).lanewise(XOR, h.lanewise(ROR, 11)).lanewise(XOR, h.lanewise(ROR, 25));
        c = c.add(w5.add(K[5])).add(a.lanewise(XOR, b).and(h).lanewise(XOR, b)).add(x);
        g = g.add(c);
        x = d.lanewise(ROR, 2).lanewise(XOR, d.lanewise(ROR, 13)).lanewise(XOR, d.lanewise(ROR, 22));
        c = c.add(d.and(e).lanewise(XOR, f.and(d.lanewise(XOR, e)))).add(x);
        x = g.lanewise(ROR, 6).lanewise(XOR, g.lanewise(ROR, 11)).lanewise(XOR, g.lanewise(ROR, 25));
        b = b.add(w6.add(K[6])).add(h.lanewise(XOR, a).and(g).lanewise(XOR, a)).add(x);
        f = f.add(b);
        x = c.lanewise(ROR, 2).lanewise(XOR, c.lanewise(ROR, 13)).lanewise(XOR, c.lanewise(ROR, 22));
        b = b.add(c.and(d).lanewise(XOR, e.and(c.lanewise(XOR, d)))).add(x);
        x = f.lanewise(ROR, 6).lanewise(XOR, f.lanewise(ROR, 11)).lanewise(XOR, f.lanewise(ROR, 25));
        a = a.add(w7.add(K[7])).add(g.lanewise(XOR, h).and(f).lanewise(XOR, h)).add(x);
        e = e.add(a);
        x = b.lanewise(ROR, 2).lanewise(XOR, b.lanewise(ROR, 13)).lanewise(XOR, b.lanewise(ROR, 22));
        a = a.add(b.and(c).lanewise(XOR, d.and(b.lanewise(XOR, c)))).add(x);
        a.intoArray(state, 0);
        b.intoArray(state, LANES);
        c.intoArray(state, 2 * LANES);
        d.intoArray(state, 3 * LANES);
        e.intoArray(state, 4 * LANES);
        f.intoArray(state, 5 * LANES);
        g.intoArray(state, 6 * LANES);
        h.intoArray(state, 7 * LANES);
    }

    /// Rounds 8 to 15 of either hash, whose words are padding and the same in every lane.
    ///
    /// @param constant round constant plus word of each round
    static void constant(int[] state, int[] constant) {
        IntVector a = fromArray(I, state, 0);
        IntVector b = fromArray(I, state, LANES);
        IntVector c = fromArray(I, state, 2 * LANES);
        IntVector d = fromArray(I, state, 3 * LANES);
        IntVector e = fromArray(I, state, 4 * LANES);
        IntVector f = fromArray(I, state, 5 * LANES);
        IntVector g = fromArray(I, state, 6 * LANES);
        IntVector h = fromArray(I, state, 7 * LANES);
        IntVector x;
        x = e.lanewise(ROR, 6).lanewise(XOR, e.lanewise(ROR, 11)).lanewise(XOR, e.lanewise(ROR, 25));
        h = h.add(constant[8]).add(f.lanewise(XOR, g).and(e).lanewise(XOR, g)).add(x);
        d = d.add(h);
        x = a.lanewise(ROR, 2).lanewise(XOR, a.lanewise(ROR, 13)).lanewise(XOR, a.lanewise(ROR, 22));
        h = h.add(a.and(b).lanewise(XOR, c.and(a.lanewise(XOR, b)))).add(x);
        x = d.lanewise(ROR, 6).lanewise(XOR, d.lanewise(ROR, 11)).lanewise(XOR, d.lanewise(ROR, 25));
        g = g.add(constant[9]).add(e.lanewise(XOR, f).and(d).lanewise(XOR, f)).add(x);
        c = c.add(g);
        x = h.lanewise(ROR, 2).lanewise(XOR, h.lanewise(ROR, 13)).lanewise(XOR, h.lanewise(ROR, 22));
        g = g.add(h.and(a).lanewise(XOR, b.and(h.lanewise(XOR, a)))).add(x);
        x = c.lanewise(ROR, 6).lanewise(XOR, c.lanewise(ROR, 11)).lanewise(XOR, c.lanewise(ROR, 25));
        f = f.add(constant[10]).add(d.lanewise(XOR, e).and(c).lanewise(XOR, e)).add(x);
        b = b.add(f);
        x = g.lanewise(ROR, 2).lanewise(XOR, g.lanewise(ROR, 13)).lanewise(XOR, g.lanewise(ROR, 22));
        f = f.add(g.and(h).lanewise(XOR, a.and(g.lanewise(XOR, h)))).add(x);
        x = b.lanewise(ROR, 6).lanewise(XOR, b.lanewise(ROR, 11)).lanewise(XOR, b.lanewise(ROR, 25));
        e = e.add(constant[11]).add(c.lanewise(XOR, d).and(b).lanewise(XOR, d)).add(x);
        a = a.add(e);
        x = f.lanewise(ROR, 2).lanewise(XOR, f.lanewise(ROR, 13)).lanewise(XOR, f.lanewise(ROR, 22));
        e = e.add(f.and(g).lanewise(XOR, h.and(f.lanewise(XOR, g)))).add(x);
        x = a.lanewise(ROR, 6).lanewise(XOR, a.lanewise(ROR, 11)).lanewise(XOR, a.lanewise(ROR, 25));
        d = d.add(constant[12]).add(b.lanewise(XOR, c).and(a).lanewise(XOR, c)).add(x);
        h = h.add(d);
        x = e.lanewise(ROR, 2).lanewise(XOR, e.lanewise(ROR, 13)).lanewise(XOR, e.lanewise(ROR, 22));
        d = d.add(e.and(f).lanewise(XOR, g.and(e.lanewise(XOR, f)))).add(x);
        x = h.lanewise(ROR, 6).lanewise(XOR, h.lanewise(ROR, 11)).lanewise(XOR, h.lanewise(ROR, 25));
        c = c.add(constant[13]).add(a.lanewise(XOR, b).and(h).lanewise(XOR, b)).add(x);
        g = g.add(c);
        x = d.lanewise(ROR, 2).lanewise(XOR, d.lanewise(ROR, 13)).lanewise(XOR, d.lanewise(ROR, 22));
        c = c.add(d.and(e).lanewise(XOR, f.and(d.lanewise(XOR, e)))).add(x);
        x = g.lanewise(ROR, 6).lanewise(XOR, g.lanewise(ROR, 11)).lanewise(XOR, g.lanewise(ROR, 25));
        b = b.add(constant[14]).add(h.lanewise(XOR, a).and(g).lanewise(XOR, a)).add(x);
        f = f.add(b);
        x = c.lanewise(ROR, 2).lanewise(XOR, c.lanewise(ROR, 13)).lanewise(XOR, c.lanewise(ROR, 22));
        b = b.add(c.and(d).lanewise(XOR, e.and(c.lanewise(XOR, d)))).add(x);
        x = f.lanewise(ROR, 6).lanewise(XOR, f.lanewise(ROR, 11)).lanewise(XOR, f.lanewise(ROR, 25));
        a = a.add(constant[15]).add(g.lanewise(XOR, h).and(f).lanewise(XOR, h)).add(x);
        e = e.add(a);
        x = b.lanewise(ROR, 2).lanewise(XOR, b.lanewise(ROR, 13)).lanewise(XOR, b.lanewise(ROR, 22));
        a = a.add(b.and(c).lanewise(XOR, d.and(b.lanewise(XOR, c)))).add(x);
        a.intoArray(state, 0);
        b.intoArray(state, LANES);
        c.intoArray(state, 2 * LANES);
        d.intoArray(state, 3 * LANES);
        e.intoArray(state, 4 * LANES);
        f.intoArray(state, 5 * LANES);
        g.intoArray(state, 6 * LANES);
        h.intoArray(state, 7 * LANES);
    }

    /// Rounds `t` to `t + 7`, for `t` from 16, each making its word from those before.
    static void expanding(int[] state, int[] words, int t) {
        IntVector a = fromArray(I, state, 0);
        IntVector b = fromArray(I, state, LANES);
        IntVector c = fromArray(I, state, 2 * LANES);
        IntVector d = fromArray(I, state, 3 * LANES);
        IntVector e = fromArray(I, state, 4 * LANES);
        IntVector f = fromArray(I, state, 5 * LANES);
        IntVector g = fromArray(I, state, 6 * LANES);
        IntVector h = fromArray(I, state, 7 * LANES);
        IntVector x;
        int at = t * LANES;
        IntVector p16 = fromArray(I, words, at - 16 * LANES);
        IntVector p15 = fromArray(I, words, at - 15 * LANES);
        x = p15.lanewise(ROR, 7).lanewise(XOR, p15.lanewise(ROR, 18)).lanewise(XOR, p15.lanewise(LSHR, 3));
        IntVector w0 = p16.add(x);
        IntVector p7 = fromArray(I, words, at - 7 * LANES);
        IntVector p2 = fromArray(I, words, at - 2 * LANES);
        x = p2.lanewise(ROR, 17).lanewise(XOR, p2.lanewise(ROR, 19)).lanewise(XOR, p2.lanewise(LSHR, 10));
        w0 = w0.add(p7).add(x);
        w0.intoArray(words, at);
        x = e.lanewise(ROR, 6).lanewise(XOR, e.lanewise(ROR, 11)).lanewise(XOR, e.lanewise(ROR, 25));
        h = h.add(w0.add(K[t])).add(f.lanewise(XOR, g).and(e).lanewise(XOR, g)).add(x);
        d = d.add(h);
        x = a.lanewise(ROR, 2).lanewise(XOR, a.lanewise(ROR, 13)).lanewise(XOR, a.lanewise(ROR, 22));
        h = h.add(a.and(b).lanewise(XOR, c.and(a.lanewise(XOR, b)))).add(x);
        IntVector p14 = fromArray(I, words, at - 14 * LANES);
        x = p14.lanewise(ROR, 7).lanewise(XOR, p14.lanewise(ROR, 18)).lanewise(XOR, p14.lanewise(LSHR, 3));
        IntVector w1 = p15.add(x);
        IntVector p6 = fromArray(I, words, at - 6 * LANES);
        IntVector p1 = fromArray(I, words, at - LANES);
        x = p1.lanewise(ROR, 17).lanewise(XOR, p1.lanewise(ROR, 19)).lanewise(XOR, p1.lanewise(LSHR, 10));
        w1 = w1.add(p6).add(x);
        w1.intoArray(words, at + LANES);
        x = d.lanewise(ROR, 6).lanewise(XOR, d.lanewise(ROR, 11)).lanewise(XOR, d.lanewise(ROR, 25));
        g = g.add(w1.add(K[t + 1]))
                .add(e.lanewise(XOR, f).and(d).lanewise(XOR, f))
                .add(x);
        c = c.add(g);
        x = h.lanewise(ROR, 2).lanewise(XOR, h.lanewise(ROR, 13)).lanewise(XOR, h.lanewise(ROR, 22));
        g = g.add(h.and(a).lanewise(XOR, b.and(h.lanewise(XOR, a)))).add(x);
        IntVector p13 = fromArray(I, words, at - 13 * LANES);
        x = p13.lanewise(ROR, 7).lanewise(XOR, p13.lanewise(ROR, 18)).lanewise(XOR, p13.lanewise(LSHR, 3));
        IntVector w2 = p14.add(x);
        IntVector p5 = fromArray(I, words, at - 5 * LANES);
        x = w0.lanewise(ROR, 17).lanewise(XOR, w0.lanewise(ROR, 19)).lanewise(XOR, w0.lanewise(LSHR, 10));
        w2 = w2.add(p5).add(x);
        w2.intoArray(words, at + 2 * LANES);
        x = c.lanewise(ROR, 6).lanewise(XOR, c.lanewise(ROR, 11)).lanewise(XOR, c.lanewise(ROR, 25));
        f = f.add(w2.add(K[t + 2]))
                .add(d.lanewise(XOR, e).and(c).lanewise(XOR, e))
                .add(x);
        b = b.add(f);
        x = g.lanewise(ROR, 2).lanewise(XOR, g.lanewise(ROR, 13)).lanewise(XOR, g.lanewise(ROR, 22));
        f = f.add(g.and(h).lanewise(XOR, a.and(g.lanewise(XOR, h)))).add(x);
        IntVector p12 = fromArray(I, words, at - 12 * LANES);
        x = p12.lanewise(ROR, 7).lanewise(XOR, p12.lanewise(ROR, 18)).lanewise(XOR, p12.lanewise(LSHR, 3));
        IntVector w3 = p13.add(x);
        IntVector p4 = fromArray(I, words, at - 4 * LANES);
        x = w1.lanewise(ROR, 17).lanewise(XOR, w1.lanewise(ROR, 19)).lanewise(XOR, w1.lanewise(LSHR, 10));
        w3 = w3.add(p4).add(x);
        w3.intoArray(words, at + 3 * LANES);
        x = b.lanewise(ROR, 6).lanewise(XOR, b.lanewise(ROR, 11)).lanewise(XOR, b.lanewise(ROR, 25));
        e = e.add(w3.add(K[t + 3]))
                .add(c.lanewise(XOR, d).and(b).lanewise(XOR, d))
                .add(x);
        a = a.add(e);
        x = f.lanewise(ROR, 2).lanewise(XOR, f.lanewise(ROR, 13)).lanewise(XOR, f.lanewise(ROR, 22));
        e = e.add(f.and(g).lanewise(XOR, h.and(f.lanewise(XOR, g)))).add(x);
        IntVector p11 = fromArray(I, words, at - 11 * LANES);
        x = p11.lanewise(ROR, 7).lanewise(XOR, p11.lanewise(ROR, 18)).lanewise(XOR, p11.lanewise(LSHR, 3));
        IntVector w4 = p12.add(x);
        IntVector p3 = fromArray(I, words, at - 3 * LANES);
        x = w2.lanewise(ROR, 17).lanewise(XOR, w2.lanewise(ROR, 19)).lanewise(XOR, w2.lanewise(LSHR, 10));
        w4 = w4.add(p3).add(x);
        w4.intoArray(words, at + 4 * LANES);
        x = a.lanewise(ROR, 6).lanewise(XOR, a.lanewise(ROR, 11)).lanewise(XOR, a.lanewise(ROR, 25));
        d = d.add(w4.add(K[t + 4]))
                .add(b.lanewise(XOR, c).and(a).lanewise(XOR, c))
                .add(x);
        h = h.add(d);
        x = e.lanewise(ROR, 2).lanewise(XOR, e.lanewise(ROR, 13)).lanewise(XOR, e.lanewise(ROR, 22));
        d = d.add(e.and(f).lanewise(XOR, g.and(e.lanewise(XOR, f)))).add(x);
        IntVector p10 = fromArray(I, words, at - 10 * LANES);
        x = p10.lanewise(ROR, 7).lanewise(XOR, p10.lanewise(ROR, 18)).lanewise(XOR, p10.lanewise(LSHR, 3));
        IntVector w5 = p11.add(x);
        x = w3.lanewise(ROR, 17).lanewise(XOR, w3.lanewise(ROR, 19)).lanewise(XOR, w3.lanewise(LSHR, 10));
        w5 = w5.add(p2).add(x);
        w5.intoArray(words, at + 5 * LANES);
        x = h.lanewise(ROR, 6).lanewise(XOR, h.lanewise(ROR, 11)).lanewise(XOR, h.lanewise(ROR, 25));
        c = c.add(w5.add(K[t + 5]))
                .add(a.lanewise(XOR, b).and(h).lanewise(XOR, b))
                .add(x);
        g = g.add(c);
        x = d.lanewise(ROR, 2).lanewise(XOR, d.lanewise(ROR, 13)).lanewise(XOR, d.lanewise(ROR, 22));
        c = c.add(d.and(e).lanewise(XOR, f.and(d.lanewise(XOR, e)))).add(x);
        IntVector p9 = fromArray(I, words, at - 9 * LANES);
        x = p9.lanewise(ROR, 7).lanewise(XOR, p9.lanewise(ROR, 18)).lanewise(XOR, p9.lanewise(LSHR, 3));
        IntVector w6 = p10.add(x);
        x = w4.lanewise(ROR, 17).lanewise(XOR, w4.lanewise(ROR, 19)).lanewise(XOR, w4.lanewise(LSHR, 10));
        w6 = w6.add(p1).add(x);
        w6.intoArray(words, at + 6 * LANES);
        x = g.lanewise(ROR, 6).lanewise(XOR, g.lanewise(ROR, 11)).lanewise(XOR, g.lanewise(ROR, 25));
        b = b.add(w6.add(K[t + 6]))
                .add(h.lanewise(XOR, a).and(g).lanewise(XOR, a))
                .add(x);
        f = f.add(b);
        x = c.lanewise(ROR, 2).lanewise(XOR, c.lanewise(ROR, 13)).lanewise(XOR, c.lanewise(ROR, 22));
        b = b.add(c.and(d).lanewise(XOR, e.and(c.lanewise(XOR, d)))).add(x);
        IntVector p8 = fromArray(I, words, at - 8 * LANES);
        x = p8.lanewise(ROR, 7).lanewise(XOR, p8.lanewise(ROR, 18)).lanewise(XOR, p8.lanewise(LSHR, 3));
        IntVector w7 = p9.add(x);
        x = w5.lanewise(ROR, 17).lanewise(XOR, w5.lanewise(ROR, 19)).lanewise(XOR, w5.lanewise(LSHR, 10));
        w7 = w7.add(w0).add(x);
        w7.intoArray(words, at + 7 * LANES);
        x = f.lanewise(ROR, 6).lanewise(XOR, f.lanewise(ROR, 11)).lanewise(XOR, f.lanewise(ROR, 25));
        a = a.add(w7.add(K[t + 7]))
                .add(g.lanewise(XOR, h).and(f).lanewise(XOR, h))
                .add(x);
        e = e.add(a);
        x = b.lanewise(ROR, 2).lanewise(XOR, b.lanewise(ROR, 13)).lanewise(XOR, b.lanewise(ROR, 22));
        a = a.add(b.and(c).lanewise(XOR, d.and(b.lanewise(XOR, c)))).add(x);
        a.intoArray(state, 0);
        b.intoArray(state, LANES);
        c.intoArray(state, 2 * LANES);
        d.intoArray(state, 3 * LANES);
        e.intoArray(state, 4 * LANES);
        f.intoArray(state, 5 * LANES);
        g.intoArray(state, 6 * LANES);
        h.intoArray(state, 7 * LANES);
    }

    /// Rounds 56 to 60 of the second hash. What round 60 puts into `e` moves on unchanged to `h`, so the hash's
    /// last word, which as a number is its most significant, is known three rounds before the end. Nor is what
    /// rounds 57 to 60 put into `a` ever needed for it.
    ///
    /// @param limit the greatest value of that word, as a number, that is of interest
    /// @return a bit per lane, set where the word is at most `limit`
    static long last(int[] state, int[] words, int limit) {
        IntVector a = fromArray(I, state, 0);
        IntVector b = fromArray(I, state, LANES);
        IntVector c = fromArray(I, state, 2 * LANES);
        IntVector d = fromArray(I, state, 3 * LANES);
        IntVector e = fromArray(I, state, 4 * LANES);
        IntVector f = fromArray(I, state, 5 * LANES);
        IntVector g = fromArray(I, state, 6 * LANES);
        IntVector h = fromArray(I, state, 7 * LANES);
        IntVector x;
        int at = LAST * LANES;
        IntVector p16 = fromArray(I, words, at - 16 * LANES);
        IntVector p15 = fromArray(I, words, at - 15 * LANES);
        x = p15.lanewise(ROR, 7).lanewise(XOR, p15.lanewise(ROR, 18)).lanewise(XOR, p15.lanewise(LSHR, 3));
        IntVector w0 = p16.add(x);
        IntVector p7 = fromArray(I, words, at - 7 * LANES);
        IntVector p2 = fromArray(I, words, at - 2 * LANES);
        x = p2.lanewise(ROR, 17).lanewise(XOR, p2.lanewise(ROR, 19)).lanewise(XOR, p2.lanewise(LSHR, 10));
        w0 = w0.add(p7).add(x);
        x = e.lanewise(ROR, 6).lanewise(XOR, e.lanewise(ROR, 11)).lanewise(XOR, e.lanewise(ROR, 25));
        h = h.add(w0.add(K[LAST]))
                .add(f.lanewise(XOR, g).and(e).lanewise(XOR, g))
                .add(x);
        d = d.add(h);
        x = a.lanewise(ROR, 2).lanewise(XOR, a.lanewise(ROR, 13)).lanewise(XOR, a.lanewise(ROR, 22));
        h = h.add(a.and(b).lanewise(XOR, c.and(a.lanewise(XOR, b)))).add(x);
        IntVector p14 = fromArray(I, words, at - 14 * LANES);
        x = p14.lanewise(ROR, 7).lanewise(XOR, p14.lanewise(ROR, 18)).lanewise(XOR, p14.lanewise(LSHR, 3));
        IntVector w1 = p15.add(x);
        IntVector p6 = fromArray(I, words, at - 6 * LANES);
        IntVector p1 = fromArray(I, words, at - LANES);
        x = p1.lanewise(ROR, 17).lanewise(XOR, p1.lanewise(ROR, 19)).lanewise(XOR, p1.lanewise(LSHR, 10));
        w1 = w1.add(p6).add(x);
        x = d.lanewise(ROR, 6).lanewise(XOR, d.lanewise(ROR, 11)).lanewise(XOR, d.lanewise(ROR, 25));
        g = g.add(w1.add(K[LAST + 1]))
                .add(e.lanewise(XOR, f).and(d).lanewise(XOR, f))
                .add(x);
        c = c.add(g);
        IntVector p13 = fromArray(I, words, at - 13 * LANES);
        x = p13.lanewise(ROR, 7).lanewise(XOR, p13.lanewise(ROR, 18)).lanewise(XOR, p13.lanewise(LSHR, 3));
        IntVector w2 = p14.add(x);
        IntVector p5 = fromArray(I, words, at - 5 * LANES);
        x = w0.lanewise(ROR, 17).lanewise(XOR, w0.lanewise(ROR, 19)).lanewise(XOR, w0.lanewise(LSHR, 10));
        w2 = w2.add(p5).add(x);
        x = c.lanewise(ROR, 6).lanewise(XOR, c.lanewise(ROR, 11)).lanewise(XOR, c.lanewise(ROR, 25));
        f = f.add(w2.add(K[LAST + 2]))
                .add(d.lanewise(XOR, e).and(c).lanewise(XOR, e))
                .add(x);
        b = b.add(f);
        IntVector p12 = fromArray(I, words, at - 12 * LANES);
        x = p12.lanewise(ROR, 7).lanewise(XOR, p12.lanewise(ROR, 18)).lanewise(XOR, p12.lanewise(LSHR, 3));
        IntVector w3 = p13.add(x);
        IntVector p4 = fromArray(I, words, at - 4 * LANES);
        x = w1.lanewise(ROR, 17).lanewise(XOR, w1.lanewise(ROR, 19)).lanewise(XOR, w1.lanewise(LSHR, 10));
        w3 = w3.add(p4).add(x);
        x = b.lanewise(ROR, 6).lanewise(XOR, b.lanewise(ROR, 11)).lanewise(XOR, b.lanewise(ROR, 25));
        e = e.add(w3.add(K[LAST + 3]))
                .add(c.lanewise(XOR, d).and(b).lanewise(XOR, d))
                .add(x);
        a = a.add(e);
        IntVector p11 = fromArray(I, words, at - 11 * LANES);
        x = p11.lanewise(ROR, 7).lanewise(XOR, p11.lanewise(ROR, 18)).lanewise(XOR, p11.lanewise(LSHR, 3));
        IntVector w4 = p12.add(x);
        IntVector p3 = fromArray(I, words, at - 3 * LANES);
        x = w2.lanewise(ROR, 17).lanewise(XOR, w2.lanewise(ROR, 19)).lanewise(XOR, w2.lanewise(LSHR, 10));
        w4 = w4.add(p3).add(x);
        x = a.lanewise(ROR, 6).lanewise(XOR, a.lanewise(ROR, 11)).lanewise(XOR, a.lanewise(ROR, 25));
        d = d.add(w4.add(K[LAST + 4]))
                .add(b.lanewise(XOR, c).and(a).lanewise(XOR, c))
                .add(x);
        h = h.add(d);
        x = h.add(INITIAL_STATE[7]).lanewise(REVERSE_BYTES);
        return x.compare(ULE, limit).toLong();
    }
}
