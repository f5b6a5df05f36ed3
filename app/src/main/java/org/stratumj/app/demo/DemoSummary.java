package org.stratumj.app.demo;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.stratumj.app.node.NodeRole;
import org.stratumj.app.pool.PoolRole;
import org.stratumj.app.proxy.ProxyRole;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.view.Figures;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a demo came to. Blocks and the tip are the node's word, accepted shares the pool's. Rejected shares are those
/// of the proxy, which knows its own refusals and those that the pool sent back.
///
/// @param stoppedBy      `blocks`, `duration` or `signal`
/// @param blocks         accepted by the node since the start
/// @param sharesRejected by error code, with `upstream` before it if the pool was the one
/// @param height         of the node's tip
/// @param tip            display hex
record DemoSummary(
        String stoppedBy,
        Duration running,
        long blocks,
        long sharesAccepted,
        SortedMap<String, Long> sharesRejected,
        long height,
        String tip) {

    /// Reads the roles' last status.
    static DemoSummary of(String stoppedBy, Duration running, List<RoleStatus> roles) {
        RoleStatus node = statusOf(NodeRole.NAME, roles);
        RoleStatus pool = statusOf(PoolRole.NAME, roles);
        RoleStatus proxy = statusOf(ProxyRole.NAME, roles);
        return new DemoSummary(
                stoppedBy,
                running,
                node.blocksAccepted(),
                pool.sharesAccepted(),
                proxy.sharesRejected(),
                node.height().orElse(0),
                node.tip());
    }

    /// One line of JSON.
    String json() {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode object = mapper.createObjectNode()
                .put("blocks", blocks)
                .put("shares_accepted", sharesAccepted)
                .put("shares_rejected", rejectedInAll())
                .put("height", height)
                .put("tip", tip)
                .put("seconds", running.toMillis() / 1000.0)
                .put("stopped_by", stoppedBy);
        ObjectNode reasons = object.putObject("reject_reasons");
        sharesRejected.forEach(reasons::put);
        return mapper.writeValueAsString(object);
    }

    /// A few lines for people.
    List<String> lines() {
        String reasons = sharesRejected.isEmpty() ? "" : " " + sharesRejected;
        return List.of(
                "",
                "stopped by " + stoppedBy + " after " + Figures.clock(running),
                "blocks  " + blocks + " accepted by the node",
                "shares  " + sharesAccepted + " accepted by the pool, " + rejectedInAll() + " rejected" + reasons,
                "tip     height " + height + "  " + tip);
    }

    private long rejectedInAll() {
        return sharesRejected.values().stream().mapToLong(Long::longValue).sum();
    }

    private static RoleStatus statusOf(String role, List<RoleStatus> roles) {
        return roles.stream()
                .filter(status -> status.role().equals(role))
                .findFirst()
                .orElseGet(() -> RoleStatus.of(role).build());
    }
}
