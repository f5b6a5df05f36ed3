package org.stratumj.bench.sri;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratumj.bench.SampleMessage;

/// One comparison, and what each round has brought.
final class Row {
    private final String title;
    private final String ours;
    private final String theirs;
    private final Optional<String> without;
    private final List<Cost> ourCosts = new ArrayList<>();
    private final List<Cost> theirCosts = new ArrayList<>();
    private final List<Cost> theirCostsAgain = new ArrayList<>();

    private Row(String title, String ours, String theirs, Optional<String> without) {
        this.title = title;
        this.ours = ours;
        this.theirs = theirs;
        this.without = without;
    }

    static List<Row> all() {
        var rows = new ArrayList<Row>();
        for (var form : List.of("borrowed", "owned")) {
            for (var message : SampleMessage.values()) {
                var name = OurOperations.name(message);
                rows.add(new Row(
                        "encode " + name + ", " + form,
                        "encode/" + name,
                        "encode-" + form + "/" + name,
                        Optional.of("copy-" + form + "/" + name)));
            }
            for (var message : SampleMessage.values()) {
                var name = OurOperations.name(message);
                rows.add(new Row(
                        "decode " + name + ", " + form,
                        "decode/" + name,
                        "decode-" + form + "/" + name,
                        Optional.empty()));
            }
        }
        for (int size : OurOperations.SIZES) {
            rows.add(new Row(
                    "seal and open " + size + " B", "seal-open/" + size, "seal-open/" + size, Optional.empty()));
        }
        for (int size : OurOperations.SIZES) {
            rows.add(new Row(
                    "encrypted frame of " + size + " B",
                    "frame/" + size,
                    "frame/" + size,
                    Optional.of("copy-frame/" + size)));
        }
        rows.add(new Row("handshake, all keys new", "handshake", "handshake", Optional.empty()));
        rows.add(new Row("handshake, as each serves it", "handshake-kept", "handshake", Optional.empty()));
        return rows;
    }

    String title() {
        return title;
    }

    /// The name of our operation.
    String ours() {
        return ours;
    }

    /// The name of SRI's operation.
    String theirs() {
        return theirs;
    }

    /// The part of SRI's operation that is not to be counted.
    Optional<String> without() {
        return without;
    }

    void add(Cost our, Cost their, Cost theirAgain) {
        ourCosts.add(our);
        theirCosts.add(their);
        theirCostsAgain.add(theirAgain);
    }

    List<Cost> ourCosts() {
        return ourCosts;
    }

    List<Cost> theirCosts() {
        return theirCosts;
    }

    /// What the second process of the same program came to.
    List<Cost> theirCostsAgain() {
        return theirCostsAgain;
    }
}
