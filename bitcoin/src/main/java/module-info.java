/// The Bitcoin data a mining stack needs: headers, targets, transactions, blocks, addresses.
@org.jspecify.annotations.NullMarked
module org.stratumj.bitcoin {
    requires static transitive org.jspecify;

    exports org.stratumj.bitcoin;
}
