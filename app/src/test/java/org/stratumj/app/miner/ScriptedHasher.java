package org.stratumj.app.miner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.miner.Extranonce;
import org.stratumj.miner.Solution;
import org.stratumj.miner.Work;

/// Threads that hash when the test says so.
final class ScriptedHasher implements Hasher {
    static final double EXPECTED = 1000;

    final List<Work> works = new ArrayList<>();
    final List<Target> targets = new ArrayList<>();
    boolean idle = true;
    double measured = EXPECTED;
    private double expected = EXPECTED;
    private long lastNonce;

    @Override
    public void assign(Work work) {
        works.add(work);
        targets.add(work.target());
        idle = false;
    }

    @Override
    public void retarget(Target target) {
        targets.add(target);
    }

    @Override
    public void idle() {
        idle = true;
    }

    @Override
    public double hashesPerSecond() {
        return measured;
    }

    @Override
    public double expectedHashesPerSecond() {
        return expected;
    }

    @Override
    public void expect(double hashesPerSecond) {
        expected = hashesPerSecond;
    }

    /// The work that is hashed.
    Work work() {
        return works.getLast();
    }

    /// The next solution of this work whose hash is as wanted, whatever the target.
    Solution solve(Work work, Predicate<Hash256> wanted) {
        Extranonce extranonce = Extranonce.ofNumber(1, work.merkleRoots().extranonceSize());
        while (true) {
            BlockHeader header = new BlockHeader(
                    work.version(),
                    work.prevHash(),
                    work.merkleRoots().root(extranonce),
                    work.nTime(),
                    work.nBits(),
                    ++lastNonce);
            if (wanted.test(header.hash())) {
                return new Solution(work, header, extranonce, header.hash());
            }
        }
    }

    /// The next solution of the present work that meets its present target.
    Solution solve() {
        return solve(work(), targets.getLast()::isMetBy);
    }
}
