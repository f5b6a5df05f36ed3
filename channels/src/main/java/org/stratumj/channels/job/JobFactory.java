package org.stratumj.channels.job;

import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.wire.Bytes;

/// Turns the messages of a template provider into [Work] for a whole server. Spec: 07 §7.2, §7.3.
///
/// Belongs to one thread at a time; the work it makes may go anywhere.
public final class JobFactory {
    /// The most future templates that are kept; a further one pushes the oldest out.
    public static final int FUTURE_TEMPLATES_MAX = 16;

    /// The most jobs whose template's later id is kept.
    static final int RENUMBERED_MAX = 16;

    private final PoolTag tag;
    private final Payout payout;
    private final boolean versionRollingAllowed;
    private final Supplier<Bytes> salts;
    private final SequencedMap<Long, NewTemplate> futures = new LinkedHashMap<>();
    private long lastJobId;
    private Work work;
    /// What the active jobs were made of.
    private @Nullable NewTemplate active;
    /// By job: ids of templates that were announced anew.
    private final SequencedMap<Long, Long> renumbered = new LinkedHashMap<>();

    /// A factory without work yet.
    ///
    /// @param space                 layout of extranonces
    /// @param tag                   the pool's name in its coinbases
    /// @param payout                what most channels pay: its jobs are made, and so checked, when a template
    ///                              arrives
    /// @param versionRollingAllowed whether miners may change version bits
    /// @param salts                 bytes for each job that no client can foresee, always as many: a client that
    ///                              hashes a job before it is sent can ask for the target that its hashes meet.
    ///                              Four bytes leave it no chance
    public JobFactory(
            ExtranonceSpace space, PoolTag tag, Payout payout, boolean versionRollingAllowed, Supplier<Bytes> salts) {
        this.tag = tag;
        this.payout = payout;
        this.versionRollingAllowed = versionRollingAllowed;
        this.salts = salts;
        work = Work.none(space);
    }

    /// A factory whose jobs follow from their templates alone, for clients that are trusted.
    ///
    /// @see #JobFactory(ExtranonceSpace, PoolTag, Payout, boolean, Supplier)
    public JobFactory(ExtranonceSpace space, PoolTag tag, Payout payout, boolean versionRollingAllowed) {
        this(space, tag, payout, versionRollingAllowed, () -> Bytes.EMPTY);
    }

    /// The work as of the last message.
    public Work work() {
        return work;
    }

    /// Takes a template: future jobs, or better jobs on the present tip.
    ///
    /// @return the work from now on
    /// @throws PeerViolationException if no job can be made of it; the work stays as it was
    public Work onNewTemplate(NewTemplate template) {
        JobSet jobs = jobs(template);
        if (template.futureTemplate()) {
            futures.putLast(template.templateId(), template);
            if (futures.size() > FUTURE_TEMPLATES_MAX) {
                futures.pollFirstEntry();
            }
            work = work.withFuture(jobs);
        } else if (work.tip().isPresent()) {
            work = work.withActive(jobs);
            active = template;
        } else {
            throw new PeerViolationException("template %s is for the present tip, but no SetNewPrevHash told which"
                    .formatted(Long.toUnsignedString(template.templateId())));
        }
        return work;
    }

    /// Takes a change of tip, to which one of the future templates belongs. If it names the tip that there is, as
    /// a template provider does first on a new connection, the jobs on it stay valid and only get a successor; if
    /// the template is the same too, they do not even get that, since miners would do their work once more.
    ///
    /// @return the work from now on
    /// @throws PeerViolationException if that template is unknown; the work stays as it was
    public Work onSetNewPrevHash(SetNewPrevHash message) {
        NewTemplate template = futures.get(message.templateId());
        if (template == null) {
            throw new PeerViolationException("SetNewPrevHash names template %s, which is no future template"
                    .formatted(Long.toUnsignedString(message.templateId())));
        }
        Tip tip = Tip.of(message);
        if (work.tip().filter(tip::isSameAs).isPresent()) {
            onSameTip(template, tip.minNTime());
        } else {
            boolean newest = futures.lastEntry().getKey() == message.templateId();
            // Channels that opened since an older one was sent do not know it, so it goes out anew, under a new id.
            JobSet jobs = newest ? work.future().orElseThrow() : jobs(template);
            work = work.onTip(tip, jobs);
            active = template;
        }
        futures.clear();
        return work;
    }

    /// Forgets the future templates: a connection to a template provider begins, and ids of the one before mean
    /// nothing on it. The work stays.
    public void onNewProvider() {
        futures.clear();
    }

    /// The id under which the template provider announced the template of this job last; empty if it did so only
    /// once, before the job.
    ///
    /// @param jobId U32
    /// @return U64
    public OptionalLong laterTemplateId(long jobId) {
        Long id = renumbered.get(jobId);
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }

    private void onSameTip(NewTemplate template, long minNTime) {
        if (active != null && isSameBlock(template, active)) {
            JobSet jobs = work.active().orElseThrow();
            work = work.onSameTip(jobs, minNTime);
            renumbered.putLast(jobs.id(), template.templateId());
            if (renumbered.size() > RENUMBERED_MAX) {
                renumbered.pollFirstEntry();
            }
        } else {
            // Miners may know the template as a future job, so it goes out anew, under an id that is free.
            work = work.onSameTip(jobs(template), minNTime);
            active = template;
        }
    }

    private static boolean isSameBlock(NewTemplate one, NewTemplate other) {
        return other.equals(new NewTemplate(
                other.templateId(),
                other.futureTemplate(),
                one.version(),
                one.coinbaseTxVersion(),
                one.coinbasePrefix(),
                one.coinbaseTxInputSequence(),
                one.coinbaseTxValueRemaining(),
                one.coinbaseTxOutputsCount(),
                one.coinbaseTxOutputs(),
                one.coinbaseTxLocktime(),
                one.merklePath()));
    }

    private JobSet jobs(NewTemplate template) {
        ExtranonceSpace space = work.space();
        TemplateCoinbase coinbase = new TemplateCoinbase(template, tag, salts.get(), space.fullSize());
        MerklePath path = new MerklePath(template.merklePath().stream()
                .map(sibling -> Hash256.of(sibling.bytes()))
                .toList());
        JobOrigin origin = new JobOrigin.Template(template.templateId());
        long id = lastJobId % Job.ID_MAX + 1;
        JobSet jobs = JobSet.perPayout(
                id,
                versionRollingAllowed,
                wanted -> new Job(
                        id, origin, space, template.version(), versionRollingAllowed, path, coinbase.parts(wanted)));
        Job checked = jobs.job(payout);
        lastJobId = checked.id();
        return jobs;
    }
}
