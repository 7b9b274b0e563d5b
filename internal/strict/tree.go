package strict

import (
	"encoding/json"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// tree writes the next JSON value as a YAML node, because JSON texts are not all YAML texts. The
// value is known to be valid, and its keys come in the order and number in which they were written.
func tree(d *json.Decoder) *yaml.Node {
	token, _ := d.Token()
	switch v := token.(type) {
	case json.Delim:
		node := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		if v == '[' {
			node.Kind, node.Tag = yaml.SequenceNode, "!!seq"
		}
		for d.More() {
			node.Content = append(node.Content, tree(d))
		}
		_, _ = d.Token() // the closing bracket
		return node
	case json.Number:
		return &yaml.Node{Kind: yaml.ScalarNode, Value: v.String()}
	case bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(v)}
	case string:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: v}
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}
}
