package org.stratumj.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The messages as the specification lists them, for comparison.
record SpecMessages(
        String name,
        int extension,
        int type,
        boolean channel,
        String direction,
        int min,
        int max,
        List<String> fields) {

    static List<SpecMessages> all() {
        try (var file = SpecMessages.class.getResourceAsStream("spec-messages.json")) {
            var messages = new ArrayList<SpecMessages>();
            for (var node : new ObjectMapper().readTree(file)) {
                messages.add(of(node));
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SpecMessages of(JsonNode node) {
        var fields = new ArrayList<String>();
        for (var field : node.get("fields")) {
            fields.add(field.get("name").asString() + " " + field.get("type").asString());
        }
        return new SpecMessages(
                node.get("name").asString(),
                node.get("ext").asInt(),
                node.get("type").asInt(),
                node.get("channel_msg").asInt() == 1,
                node.get("direction").asString(),
                node.get("min_payload").asInt(),
                node.get("max_payload").asInt(),
                fields);
    }
}
