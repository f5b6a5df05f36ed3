package org.stratumj.app.node;

import org.stratumj.app.cli.Converters;
import picocli.CommandLine.ITypeConverter;

/// Reads the value of a `--node` option.
public final class NodeSpecConverter implements ITypeConverter<NodeSpec> {

    @Override
    public NodeSpec convert(String text) {
        return Converters.checked(text, NodeSpec::parse);
    }
}
