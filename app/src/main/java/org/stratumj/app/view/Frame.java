package org.stratumj.app.view;

import java.time.Duration;
import java.util.List;
import org.stratumj.app.role.RoleStatus;

/// What one drawing of the live view shows.
///
/// @param log newest last
record Frame(String title, Duration running, List<RoleStatus> roles, List<String> log) {}
