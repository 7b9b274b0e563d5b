package main

import (
	"os"
	"strings"
)

// set adds settings, each NAME=value, to a task's params.
func set(params map[string]string, settings []string) {
	for _, setting := range settings {
		key, value, _ := strings.Cut(setting, "=")
		params[key] = value
	}
}

// temporary writes a file for a param that names one.
func temporary(text string) (path string) {
	file, err := os.CreateTemp("", "checklist-*.yml")
	if err != nil {
		panic(err)
	}
	defer file.Close()
	_, _ = file.WriteString(text)
	return file.Name()
}
