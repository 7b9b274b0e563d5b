package strict

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/nearest"
)

func decode(node *yaml.Node, into any, o option) error {
	w := walk{option: o}
	w.value(node, reflect.TypeOf(into), "")
	if len(w.problems) > 0 {
		return errors.Join(w.problems...)
	}
	return o.hide(node.Decode(into))
}

// walk holds a document against the type that it is to fill. yaml's own strictness stops short of
// this: it neither names the place by its path nor guesses what was meant.
type walk struct {
	option
	problems []error
}

func (w *walk) value(node *yaml.Node, t reflect.Type, path string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case node.Kind == yaml.DocumentNode:
		w.value(node.Content[0], t, path)
	case node.Kind == yaml.AliasNode:
		w.value(node.Alias, t, path)
	case node.Tag == "!!null" && node.Line > 0 && (t.Kind() == reflect.Slice || t.Kind() == reflect.Map) && !readsItself(t):
		w.problem(node, path, "is empty: leave it out for the default, or give %s for none", none[t.Kind()])
	case node.Tag == "!!null": // of JSON, where credential managers have nothing, or of what keeps its default
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
	case w.literal:
		w.scalars(node, path)
	}
}

func (w *walk) keys(node *yaml.Node, t reflect.Type, path string) {
	if node.Kind != yaml.MappingNode {
		w.problem(node, path, "wants keys and values, not %s", w.kind(node))
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
	w.once(node, path)
	for i := 0; i < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if field, known := fields[key.Value]; known && key.Kind == yaml.ScalarNode { // an alias is read by another name
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
		w.problem(node, path, "wants keys and values, not %s", w.kind(node))
		return
	}
	w.once(node, path)
	for i := 0; i < len(node.Content); i += 2 {
		w.value(node.Content[i+1], t.Elem(), join(path, node.Content[i].Value))
	}
}

// once tells of keys that are there more than once: only one of them would count.
func (w *walk) once(node *yaml.Node, path string) {
	seen := map[string]bool{}
	for i := 0; i < len(node.Content); i += 2 {
		if key := node.Content[i]; seen[key.Value] {
			w.problem(key, join(path, key.Value), "is there twice")
		} else {
			seen[key.Value] = true
		}
	}
}

func (w *walk) items(node *yaml.Node, t reflect.Type, path string) {
	if node.Kind == yaml.ScalarNode && strings.HasPrefix(strings.TrimSpace(node.Value), "[") {
		unquote(node)
	}
	if node.Kind != yaml.SequenceNode {
		w.problem(node, path, "wants a list, not %s", w.kind(node))
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
	if node.Kind != yaml.ScalarNode && !reflect.PointerTo(t).Implements(reflect.TypeFor[yaml.Unmarshaler]()) {
		w.problem(node, path, "wants %s, not %s", wants(t), w.kind(node))
	} else if err := node.Decode(reflect.New(t).Interface()); err != nil {
		w.problem(node, path, "%s", reason(err, node, t))
	} else if whole(t) && node.ShortTag() == "!!float" {
		w.problem(node, path, "wants %s, not %q", wants(t), node.Value) // yaml would cut it
	}
}

func whole(t reflect.Type) bool { return t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64 }

// unquote turns a list that came as a string into the list, all of it on the string's line.
func unquote(node *yaml.Node) {
	var inner yaml.Node
	if yaml.Unmarshal([]byte(node.Value), &inner) == nil && len(inner.Content) == 1 {
		move(inner.Content[0], node.Line)
		*node = *inner.Content[0]
	}
}

func move(node *yaml.Node, line int) {
	node.Line = line
	for _, inner := range node.Content {
		move(inner, line)
	}
}

func (w *walk) problem(node *yaml.Node, path, format string, args ...any) {
	told := w.without(node.Value, fmt.Sprintf(format, args...))
	if path != "" {
		told = path + " " + told
	}
	if node.Line > 0 {
		told = fmt.Sprintf("line %d: %s", node.Line, told)
	}
	w.problems = append(w.problems, errors.New(told))
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
