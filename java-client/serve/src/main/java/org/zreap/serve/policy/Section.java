// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A mapping with known keys.
 *
 * @param keys the keys that it may have
 */
record Section(List<Key<?>> keys) implements Shape<Section.Values> {

    /**
     * What a section has.
     *
     * @param node where it is in the file
     * @param byKey the values that are there and right
     */
    record Values(Node node, Map<Key<?>, Object> byKey) {}

    static Section of(Key<?>... keys) {
        return new Section(List.of(keys));
    }

    @Override
    public Optional<Values> read(Node node, Problems problems) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    node,
                    "here belong keys with values, such as " + keys.get(0).name() + ": VALUE, not "
                            + Described.of(node));
            return Optional.empty();
        }
        Map<String, Node> found = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            note(entry, found, problems);
        }
        Map<Key<?>, Object> values = new HashMap<>();
        for (Key<?> key : keys) {
            Node value = found.get(key.name());
            if (value != null) {
                key.shape().read(value, problems).ifPresent(read -> values.put(key, read));
            } else if (key.required()) {
                problems.add(node, "the key '" + key.name() + "' is missing");
            }
        }
        return Optional.of(new Values(node, values));
    }

    private void note(NodeTuple entry, Map<String, Node> found, Problems problems) {
        Node keyNode = entry.getKeyNode();
        if (!(keyNode instanceof ScalarNode scalar)) {
            problems.add(keyNode, "a key is a word, not " + Described.of(keyNode));
            return;
        }
        String name = scalar.getValue();
        if (keys.stream().noneMatch(key -> key.name().equals(name))) {
            problems.add(
                    keyNode,
                    "there is no key '" + name + "' here"
                            + NearMiss.hint(name, keys.stream().map(Key::name).toList()));
        } else if (found.containsKey(name)) {
            int first = found.get(name)
                    .getStartMark()
                    .map(mark -> mark.getLine() + 1)
                    .orElse(1);
            problems.add(keyNode, "the key '" + name + "' is there twice; its first value is in line " + first);
        } else {
            found.put(name, entry.getValueNode());
        }
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Key<?> key : keys) {
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("description", key.description());
            property.putAll(key.shape().schema());
            properties.put(key.name(), property);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> required =
                keys.stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }
}
