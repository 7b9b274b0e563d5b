package strict

import (
	"errors"
	"fmt"
	"reflect"
	"time"

	"go.yaml.in/yaml/v3"
)

// reason says in the reader's words what yaml says in Go's. A value that reads itself gives its own.
func reason(err error, node *yaml.Node, t reflect.Type) string {
	if mismatch := new(yaml.TypeError); !errors.As(err, &mismatch) {
		return err.Error()
	}
	return fmt.Sprintf("wants %s, not %q", wants(t), node.Value)
}

func wants(t reflect.Type) string {
	if t == reflect.TypeFor[time.Duration]() {
		return "a duration such as 90m or 24h"
	}
	return words[t.Kind()]
}

var words = map[reflect.Kind]string{
	reflect.Bool: "true or false", reflect.Int: "a whole number", reflect.Int64: "a whole number",
	reflect.Float64: "a number", reflect.String: "a text", reflect.Struct: "a text",
}

// none is how a list or keys are written that hold nothing on purpose.
var none = map[reflect.Kind]string{reflect.Slice: "[]", reflect.Map: "{}"}

func (o option) kind(node *yaml.Node) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "keys and values"
	case yaml.SequenceNode:
		return "a list"
	}
	if o.namesOnly {
		return "a single value"
	}
	return fmt.Sprintf("%q", node.Value)
}
