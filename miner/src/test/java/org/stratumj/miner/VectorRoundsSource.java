package org.stratumj.miner;

/// Writes the source of `VectorRounds`. To change the rounds, change this and, in the module's directory, run
///
///     java src/test/java/org/stratumj/miner/VectorRoundsSource.java >
/// src/main/java/org/stratumj/miner/VectorRounds.java
///
/// then format; a test holds the two together.
final class VectorRoundsSource {
    private static final int ROUNDS_PER_METHOD = 8;
    private static final String LETTERS = "abcdefgh";

    private final StringBuilder text = new StringBuilder();

    private VectorRoundsSource() {}

    /// Prints the source.
    public static void main(String[] arguments) {
        System.out.print(source());
    }

    /// The whole source of the class; line breaks are those of the formatter only by and large.
    static String source() {
        return new VectorRoundsSource().write();
    }

    private String write() {
        text.append(HEAD);
        firstRounds();
        secondRounds();
        constantRounds();
        expandingRounds();
        lastRounds();
        text.append("}\n");
        return text.toString();
    }

    private void firstRounds() {
        begin("""
                /// Rounds 3 to 7 of the first hash, whose only word that differs between lanes is the nonce, word 3.
                ///
                /// @param start    working variables after round 2, the same in every lane
                /// @param constant round constant plus word of each round; for round 3 the round constant alone
                static void first(int[] state, int[] words, int[] start, int[] constant)""");
        for (int i = 0; i < 8; i++) {
            line("IntVector %s = IntVector.broadcast(I, start[%d]);", letter(0, i), i);
        }
        line("IntVector x = fromArray(I, words, 3 * LANES);");
        line("%s = %s.add(x);", letter(0, 7), letter(0, 7));
        for (int r = 3; r < 8; r++) {
            round(r - 3, "constant[%d]".formatted(r));
        }
        storeState(5);
        end();
    }

    private void secondRounds() {
        begin("""
                /// Rounds 0 to 7 of the second hash, whose first eight words are the first hash: its working variables in
                /// `state` plus `midstate`.
                static void second(int[] state, int[] words, int[] midstate)""");
        for (int i = 0; i < 8; i++) {
            line("IntVector w%d = fromArray(I, state, %s).add(midstate[%d]);", i, lanes(i), i);
            line("w%d.intoArray(words, %s);", i, lanes(i));
        }
        for (int i = 0; i < 8; i++) {
            line("IntVector %s = IntVector.broadcast(I, INITIAL_STATE[%d]);", letter(0, i), i);
        }
        line("IntVector x;");
        for (int r = 0; r < ROUNDS_PER_METHOD; r++) {
            round(r, "w%d.add(K[%d])".formatted(r, r));
        }
        storeState(ROUNDS_PER_METHOD);
        end();
    }

    private void constantRounds() {
        begin("""
                /// Rounds 8 to 15 of either hash, whose words are padding and the same in every lane.
                ///
                /// @param constant round constant plus word of each round
                static void constant(int[] state, int[] constant)""");
        loadState();
        line("IntVector x;");
        for (int r = 0; r < ROUNDS_PER_METHOD; r++) {
            round(r, "constant[%d]".formatted(r + 8));
        }
        storeState(ROUNDS_PER_METHOD);
        end();
    }

    private void expandingRounds() {
        begin("""
                /// Rounds `t` to `t + 7`, for `t` from 16, each making its word from those before.
                static void expanding(int[] state, int[] words, int t)""");
        loadState();
        line("IntVector x;");
        line("int at = t * LANES;");
        for (int r = 0; r < ROUNDS_PER_METHOD; r++) {
            expand(r);
            line("w%d.intoArray(words, %s);", r, r == 0 ? "at" : "at + " + lanes(r));
            round(r, r == 0 ? "w0.add(K[t])" : "w%d.add(K[t + %d])".formatted(r, r));
        }
        storeState(ROUNDS_PER_METHOD);
        end();
    }

    private void lastRounds() {
        begin("""
                /// Rounds 56 to 60 of the second hash. What round 60 puts into `e` moves on unchanged to `h`, so the hash's
                /// last word, which as a number is its most significant, is known three rounds before the end. Nor is what
                /// rounds 57 to 60 put into `a` ever needed for it.
                ///
                /// @param limit the greatest value of that word, as a number, that is of interest
                /// @return a bit per lane, set where the word is at most `limit`
                static long last(int[] state, int[] words, int limit)""");
        loadState();
        line("IntVector x;");
        line("int at = LAST * LANES;");
        expand(0);
        round(0, "w0.add(K[LAST])");
        for (int r = 1; r <= 4; r++) {
            expand(r);
            sum(r, "w%d.add(K[LAST + %d])".formatted(r, r));
            line("%s = %s.add(%s);", letter(r, 3), letter(r, 3), letter(r, 7));
        }
        line("x = %s.add(INITIAL_STATE[7]).lanewise(REVERSE_BYTES);", letter(4, 3));
        line("return x.compare(ULE, limit).toLong();");
        end();
    }

    /// One round: the letters stay in place and change their meaning, h becoming the new a.
    private void round(int r, String addend) {
        sum(r, addend);
        String a = letter(r, 0);
        String b = letter(r, 1);
        String c = letter(r, 2);
        String d = letter(r, 3);
        String h = letter(r, 7);
        line("%s = %s.add(%s);", d, d, h);
        line("x = %s;", xor3(a, "ROR, 2", "ROR, 13", "ROR, 22"));
        line("%s = %s.add(%s.and(%s).lanewise(XOR, %s.and(%s.lanewise(XOR, %s)))).add(x);", h, h, a, b, c, a, b);
    }

    /// T1 into h. The part with two dependent operations on e comes last: the chain through e bounds the speed.
    private void sum(int r, String addend) {
        String e = letter(r, 4);
        String f = letter(r, 5);
        String g = letter(r, 6);
        String h = letter(r, 7);
        line("x = %s;", xor3(e, "ROR, 6", "ROR, 11", "ROR, 25"));
        line("%s = %s.add(%s).add(%s.lanewise(XOR, %s).and(%s).lanewise(XOR, %s)).add(x);", h, h, addend, f, g, e, g);
    }

    /// The word of round `r` of this method into `w<r>`; `p<n>` is the word `n` before the method's first.
    private void expand(int r) {
        if (r == 0) {
            load(16);
        }
        load(15 - r);
        line("x = %s;", xor3("p" + (15 - r), "ROR, 7", "ROR, 18", "LSHR, 3"));
        line("IntVector w%d = p%d.add(x);", r, 16 - r);
        // p2 and p1, which rounds 5 and 6 need as well, come with rounds 0 and 1.
        if (r < 5) {
            load(7 - r);
        }
        if (r < 2) {
            load(2 - r);
        }
        line("x = %s;", xor3(r < 2 ? "p" + (2 - r) : "w" + (r - 2), "ROR, 17", "ROR, 19", "LSHR, 10"));
        line("w%d = w%d.add(%s).add(x);", r, r, r < 7 ? "p" + (7 - r) : "w0");
    }

    private void load(int back) {
        line("IntVector p%d = fromArray(I, words, at - %s);", back, lanes(back));
    }

    private void loadState() {
        for (int i = 0; i < 8; i++) {
            line("IntVector %s = fromArray(I, state, %s);", letter(0, i), lanes(i));
        }
    }

    private void storeState(int rounds) {
        for (int i = 0; i < 8; i++) {
            line("%s.intoArray(state, %s);", letter(rounds, i), lanes(i));
        }
    }

    /// The name of the variable that is `LETTERS[index]` in the standard after `rounds` rounds.
    private static String letter(int rounds, int index) {
        return String.valueOf(LETTERS.charAt(Math.floorMod(index - rounds, LETTERS.length())));
    }

    private static String lanes(int index) {
        return switch (index) {
            case 0 -> "0";
            case 1 -> "LANES";
            default -> index + " * LANES";
        };
    }

    private static String xor3(String v, String first, String second, String third) {
        return "%s.lanewise(%s).lanewise(XOR, %s.lanewise(%s)).lanewise(XOR, %s.lanewise(%s))"
                .formatted(v, first, v, second, v, third);
    }

    private void begin(String head) {
        text.append('\n');
        head.lines().forEach(line -> text.append("    ").append(line).append('\n'));
        text.setLength(text.length() - 1);
        text.append(" {\n");
    }

    @SuppressWarnings("AnnotateFormatMethod") // That annotation would be a dependency.
    private void line(String format, Object... arguments) {
        text.append("        ").append(format.formatted(arguments)).append('\n');
    }

    private void end() {
        text.append("    }\n");
    }

    private static final String HEAD = """
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
            """;
}
