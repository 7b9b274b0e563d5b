package strict

import (
	"encoding/json"
	"fmt"
	"regexp"

	"go.yaml.in/yaml/v3"
)

// Literal wants values of any kind to be such that they come back as they were written, whoever reads and writes them on
// their way: 011122223389 does not, nor does 1.10.
func Literal(o *option) { o.literal = true }

// switched are texts that YAML 1.1 reads as true or false, which Concourse does: https://yaml.org/type/bool.html
var switched = regexp.MustCompile(`^(?:[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$`)

// scalars looks at all values within one of any kind. Aliases are looked at where they stand for themselves.
func (w *walk) scalars(node *yaml.Node, path string) {
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			w.scalars(node.Content[i+1], join(path, node.Content[i].Value))
		}
	case yaml.SequenceNode:
		for i, item := range node.Content {
			w.scalars(item, fmt.Sprintf("%s[%d]", path, i))
		}
	case yaml.ScalarNode:
		if !stays(node) {
			w.problem(node, path, "would become another value on its way: quote it")
		}
	}
}

func stays(node *yaml.Node) bool {
	switch node.ShortTag() {
	case "!!int", "!!float":
		var number float64 // as in JSON, whoever wrote it
		if node.Decode(&number) != nil {
			return false
		}
		text, err := json.Marshal(number)
		return err == nil && string(text) == node.Value
	case "!!bool":
		return node.Value == "true" || node.Value == "false"
	case "!!timestamp":
		return false
	}
	return node.Style != 0 || !switched.MatchString(node.Value)
}
