package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
)

// write writes what the parent pipeline goes by. The list comes last: without it nothing is set.
func (c *check) write() error {
	boxes := c.facts.Config.Boxes()
	for _, b := range boxes {
		vars, err := yaml.Marshal(c.facts.Config.BoxVars(b))
		if err != nil {
			return fmt.Errorf("write the vars of %s: %w", b, err)
		}
		if err := c.save(filepath.Join(b.Environment, b.Line+".yml"), vars); err != nil {
			return err
		}
	}
	list, err := json.Marshal(boxes)
	if err != nil {
		return fmt.Errorf("write %s: %w", checklist.List, err)
	}
	return c.save(checklist.List, append(list, '\n'))
}

func (c *check) save(name string, text []byte) error {
	file := filepath.Join(c.Boxes, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}
