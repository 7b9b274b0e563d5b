// Package strict decodes what people write, policy files and resource sources, and tells all that
// is wrong with it at once: unknown keys with the nearest known one, and values of the wrong kind.
package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"
)

// YAML decodes one YAML document into the struct that into points at, by its yaml tags. Keys that are
// absent leave what is there, so into may hold defaults. An empty document changes nothing.
func YAML(document []byte, into any, options ...Option) error {
	d := yaml.NewDecoder(bytes.NewReader(document))
	var node yaml.Node
	if err := d.Decode(&node); errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return fmt.Errorf("parse YAML: %w", with(options).hide(err))
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return errors.New("parse YAML: only one document is read, remove what follows the second ---")
	}
	return decode(&node, into, with(options))
}

// JSON decodes one JSON value likewise, by yaml tags. Numbers, booleans and lists may come as
// strings: credential managers send them so.
func JSON(value []byte, into any, options ...Option) error {
	var whole json.RawMessage
	if err := json.Unmarshal(value, &whole); err != nil {
		return fmt.Errorf("parse JSON: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(whole))
	d.UseNumber()
	return decode(tree(d), into, with(options))
}

// Option changes how a document is decoded.
type Option func(*option)

type option struct{ namesOnly, literal bool }

func with(options []Option) (o option) {
	for _, set := range options {
		set(&o)
	}
	return o
}
