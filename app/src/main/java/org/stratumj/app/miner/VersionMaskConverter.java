package org.stratumj.app.miner;

import org.stratumj.app.cli.Converters;
import picocli.CommandLine.ITypeConverter;

/// Reads the value of `--version-mask`.
final class VersionMaskConverter implements ITypeConverter<VersionMask> {

    @Override
    public VersionMask convert(String text) {
        return Converters.checked(text, VersionMask::parse);
    }
}
