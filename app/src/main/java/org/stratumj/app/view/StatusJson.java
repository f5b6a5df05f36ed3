package org.stratumj.app.view;

import java.util.Map;
import java.util.TreeMap;
import org.stratumj.app.role.RoleStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One role as one line of JSON, for programs that watch it. What the role does not know is left out.
public final class StatusJson {
    private StatusJson() {}

    /// The line.
    public static String write(RoleStatus status) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode object = mapper.createObjectNode()
                .put("role", status.role())
                .put("address", status.address())
                .put("url", status.url())
                .put("connections", status.connections())
                .put("shares_accepted", status.sharesAccepted())
                .put("shares_rejected", status.sharesRejectedInAll())
                .put("blocks_found", status.blocksFound())
                .put("blocks_accepted", status.blocksAccepted())
                .put("note", status.note());
        ObjectNode reasons = object.putObject("reject_reasons");
        status.sharesRejected().forEach(reasons::put);
        status.hashesPerSecond().ifPresent(rate -> object.put("hashes_per_second", rate));
        status.height().ifPresent(height -> object.put("height", height).put("tip", status.tip()));
        return mapper.writeValueAsString(object);
    }

    /// Reads a line of [#write].
    ///
    /// @throws IllegalArgumentException if it is none
    public static RoleStatus read(String line) {
        try {
            JsonNode object = JsonMapper.shared().readTree(line);
            RoleStatus.Builder status = RoleStatus.of(object.required("role").asString())
                    .address(object.required("address").asString())
                    .url(object.path("url").asString(""))
                    .connections(object.required("connections").asInt())
                    .shares(object.required("shares_accepted").asLong(), reasons(object.required("reject_reasons")))
                    .blocks(
                            object.required("blocks_found").asLong(),
                            object.required("blocks_accepted").asLong())
                    .note(object.required("note").asString());
            if (object.has("hashes_per_second")) {
                status.hashesPerSecond(object.required("hashes_per_second").asDouble());
            }
            if (object.has("height")) {
                status.tip(
                        object.required("height").asLong(),
                        object.required("tip").asString());
            }
            return status.build();
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IllegalArgumentException("no status of a role: " + line, e);
        }
    }

    private static Map<String, Long> reasons(JsonNode object) {
        Map<String, Long> reasons = new TreeMap<>();
        object.propertyStream()
                .forEach(
                        reason -> reasons.put(reason.getKey(), reason.getValue().asLong()));
        return reasons;
    }
}
