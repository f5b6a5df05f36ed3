package org.stratumj.miner;

import static org.stratumj.miner.VectorRounds.I;
import static org.stratumj.miner.VectorRounds.LANES;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Target;

/// Hashes as many nonces at a time as the processor's vectors have 32-bit lanes, through the JDK's incubating
/// vector module. Only where that module is present ([HashEngineKind#obstacle] says); elsewhere the class does not
/// load.
///
/// What does not depend on the nonce is done once per scan: the first 64 bytes of the header (the midstate) and
/// the three rounds before the nonce. The last three rounds are never done, since the most significant word of the
/// hash is known before them and tells almost always that the target is missed. A nonce that passes is hashed
/// again in full.
public final class VectorEngine implements HashEngine {
    /// Nonces hashed at a time.
    public static final int LANES_PER_VECTOR = LANES;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final IntVector LANE_NUMBERS = IntVector.zero(I).addIndex(1);
    private static final int STATE_WORDS = 8;
    private static final int NONCE_WORD = 3;
    private static final int HEADER_BITS = 8 * BlockHeader.SIZE;
    private static final int DIGEST_BITS = 256;

    private final int[] state = new int[STATE_WORDS * LANES];
    private final int[] firstWords = new int[Sha256.K.length * LANES];
    private final int[] secondWords = new int[Sha256.K.length * LANES];
    private final int[] firstConstants = new int[Sha256.BLOCK_WORDS];
    private final int[] secondConstants = new int[Sha256.BLOCK_WORDS];
    private final DigestEngine check = new DigestEngine();

    /// An engine of its own.
    public VectorEngine() {
        pad(secondWords, secondConstants, STATE_WORDS, DIGEST_BITS);
        pad(firstWords, firstConstants, NONCE_WORD + 1, HEADER_BITS);
    }

    @Override
    public long scan(BlockHeader header, Target target, long firstNonce, long count, NonceSink sink) {
        HashEngine.checkRange(firstNonce, count);
        byte[] bytes = header.bytes();
        int[] midstate = Sha256.compress(Sha256.INITIAL_STATE, words(bytes, 0));
        int[] tail = words(bytes, Integer.BYTES * Sha256.BLOCK_WORDS);
        int[] start = Sha256.rounds(midstate, tail, NONCE_WORD);
        for (int i = 0; i < NONCE_WORD; i++) {
            fill(firstWords, i, tail[i]);
        }
        byte[] limit = target.littleEndian();
        int topWordMax = Integer.reverseBytes((int) WORD.get(limit, limit.length - Integer.BYTES));
        for (long done = 0; done < count; done += LANES) {
            long candidates = candidates((int) (firstNonce + done), start, midstate, topWordMax);
            if (count - done < LANES) {
                candidates &= (1L << (count - done)) - 1;
            }
            for (; candidates != 0; candidates &= candidates - 1) {
                long at = done + Long.numberOfTrailingZeros(candidates);
                if (check.meets(target, bytes, firstNonce + at) && !sink.found(firstNonce + at)) {
                    return at + 1;
                }
            }
        }
        return count;
    }

    /// A bit per lane, set where the most significant word of the hash with nonce `first` plus lane is small enough.
    private long candidates(int first, int[] start, int[] midstate, int topWordMax) {
        LANE_NUMBERS.add(first).lanewise(VectorOperators.REVERSE_BYTES).intoArray(firstWords, NONCE_WORD * LANES);
        VectorRounds.first(state, firstWords, start, firstConstants);
        VectorRounds.constant(state, firstConstants);
        for (int t = Sha256.BLOCK_WORDS; t < Sha256.K.length; t += VectorRounds.PER_METHOD) {
            VectorRounds.expanding(state, firstWords, t);
        }
        VectorRounds.second(state, secondWords, midstate);
        VectorRounds.constant(state, secondConstants);
        for (int t = Sha256.BLOCK_WORDS; t < VectorRounds.LAST; t += VectorRounds.PER_METHOD) {
            VectorRounds.expanding(state, secondWords, t);
        }
        return VectorRounds.last(state, secondWords, topWordMax);
    }

    /// Puts the end of a message's last block, from word `from` on, into all lanes of `words`, and that plus the
    /// round constants into `constants`.
    private static void pad(int[] words, int[] constants, int from, int bits) {
        int[] block = new int[Sha256.BLOCK_WORDS];
        block[from] = 0x80000000;
        block[block.length - 1] = bits;
        for (int i = from; i < block.length; i++) {
            fill(words, i, block[i]);
        }
        for (int i = 0; i < block.length; i++) {
            constants[i] = Sha256.K[i] + block[i];
        }
    }

    private static void fill(int[] words, int index, int value) {
        Arrays.fill(words, index * LANES, (index + 1) * LANES, value);
    }

    private static int[] words(byte[] bytes, int from) {
        int[] words = new int[Sha256.BLOCK_WORDS];
        for (int i = 0; i < words.length && from + i * Integer.BYTES < bytes.length; i++) {
            words[i] = (int) WORD.get(bytes, from + i * Integer.BYTES);
        }
        return words;
    }
}
