package strict

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/nearest"
)

func decode(node *yaml.Node, into any) error {
	w := walk{}
	w.value(node, reflect.TypeOf(into), "")
	if len(w.problems) > 0 {
		return errors.Join(w.problems...)
	}
	return node.Decode(into)
}

// walk holds a document against the type that it is to fill. yaml's own strictness stops short of
// this: it neither names the place by its path nor guesses what was meant.
type walk struct{ problems []error }

func (w *walk) value(node *yaml.Node, t reflect.Type, path string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case node.Kind == yaml.DocumentNode:
		w.value(node.Content[0], t, path)
	case node.Kind == yaml.AliasNode:
		w.value(node.Alias, t, path)
	case node.Tag == "!!null":
	case readsItself(t):
		w.scalar(node, t, path)
	case t.Kind() == reflect.Struct:
		w.keys(node, t, path)
	case t.Kind() == reflect.Map:
		w.entries(node, t, path)
	case t.Kind() == reflect.Slice:
		w.items(node, t, path)
	case t.Kind() != reflect.Interface:
		w.scalar(node, t, path)
	}
}

func (w *walk) keys(node *yaml.Node, t reflect.Type, path string) {
	if node.Kind != yaml.MappingNode {
		w.problem(node, path, "wants keys and values, not %s", kind(node))
		return
	}
	fields := map[string]reflect.Type{}
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		if name := Key(f); name != "" {
			fields[name] = f.Type
			names = append(names, name)
		}
	}
	for i := 0; i < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if field, known := fields[key.Value]; known {
			w.value(value, field, join(path, key.Value))
		} else {
			w.problem(key, join(path, key.Value), "is no key here%s", nearest.Hint(key.Value, names))
		}
	}
}

// Key is the name by which a field is written, "" for one that is not.
func Key(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	if !f.IsExported() || f.Anonymous || name == "-" {
		return ""
	}
	if name == "" {
		return strings.ToLower(f.Name)
	}
	return name
}

func (w *walk) entries(node *yaml.Node, t reflect.Type, path string) {
	if node.Kind != yaml.MappingNode {
		w.problem(node, path, "wants keys and values, not %s", kind(node))
		return
	}
	for i := 0; i < len(node.Content); i += 2 {
		w.value(node.Content[i+1], t.Elem(), join(path, node.Content[i].Value))
	}
}

func (w *walk) items(node *yaml.Node, t reflect.Type, path string) {
	if node.Kind == yaml.ScalarNode && strings.HasPrefix(strings.TrimSpace(node.Value), "[") {
		unquote(node)
	}
	if node.Kind != yaml.SequenceNode {
		w.problem(node, path, "wants a list, not %s", kind(node))
		return
	}
	for i, item := range node.Content {
		w.value(item, t.Elem(), fmt.Sprintf("%s[%d]", path, i))
	}
}

func (w *walk) scalar(node *yaml.Node, t reflect.Type, path string) {
	if node.Kind == yaml.ScalarNode && node.Tag == "!!str" && t.Kind() != reflect.String && !readsItself(t) {
		node.Tag, node.Style = "", 0
	}
	if err := node.Decode(reflect.New(t).Interface()); err != nil {
		w.problem(node, path, "%s", reason(err, node, t))
	}
}

// unquote turns a list that came as a string into the list.
func unquote(node *yaml.Node) {
	var inner yaml.Node
	if yaml.Unmarshal([]byte(node.Value), &inner) == nil && len(inner.Content) == 1 {
		*node = *inner.Content[0]
	}
}

func (w *walk) problem(node *yaml.Node, path, format string, args ...any) {
	place := path
	if node.Line > 0 {
		place = fmt.Sprintf("line %d: %s", node.Line, path)
	}
	w.problems = append(w.problems, fmt.Errorf("%s %s", strings.TrimSuffix(place, " "), fmt.Sprintf(format, args...)))
}

// reason says in the reader's words what yaml says in Go's. A value that reads itself gives its own.
func reason(err error, node *yaml.Node, t reflect.Type) string {
	var mismatch *yaml.TypeError
	switch {
	case t == reflect.TypeFor[time.Duration]():
		return fmt.Sprintf("wants a duration such as 90m or 24h, not %q", node.Value)
	case !errors.As(err, &mismatch):
		return err.Error()
	case node.Kind == yaml.ScalarNode:
		return fmt.Sprintf("wants %s, not %q", words[t.Kind()], node.Value)
	}
	return fmt.Sprintf("wants %s, not %s", words[t.Kind()], kind(node))
}

var words = map[reflect.Kind]string{
	reflect.Bool: "true or false", reflect.Int: "a whole number", reflect.Int64: "a whole number",
	reflect.Float64: "a number", reflect.String: "a text", reflect.Struct: "a text",
}

func kind(node *yaml.Node) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "keys and values"
	case yaml.SequenceNode:
		return "a list"
	}
	return fmt.Sprintf("%q", node.Value)
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func readsItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(reflect.TypeFor[yaml.Unmarshaler]()) || p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}
