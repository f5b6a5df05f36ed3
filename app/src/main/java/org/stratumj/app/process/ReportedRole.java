package org.stratumj.app.process;

import org.stratumj.app.role.Role;
import org.stratumj.app.role.RoleStatus;

/// Another role in the process of a [RoleProcess], such as the node of a template provider. It starts and ends with
/// that one; here it is only seen.
///
/// @param name as [Role#name]
public record ReportedRole(String name, RoleProcess process) implements Role {

    @Override
    public void start() {}

    @Override
    public RoleStatus status() {
        return process.status(name);
    }

    @Override
    public void close() {}
}
