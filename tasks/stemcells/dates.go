package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/stemcell"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// dates are times of publication by name and version of a stemcell.
type dates map[string]map[string]moment

// moment is a time, or the beginning of a day in UTC.
type moment struct{ time.Time }

// UnmarshalText reads 2026-08-18T22:09:54Z or 2026-08-18.
func (m *moment) UnmarshalText(text []byte) (err error) {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if m.Time, err = time.Parse(layout, string(text)); err == nil {
			return nil
		}
	}
	return fmt.Errorf("wants a day or a time such as 2026-08-18T22:09:54Z, not %q", text)
}

// readDates reads {name: {version: time}}.
func readDates(path string) (dates, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("DATES_FILE: %w", err)
	}
	all := dates{}
	if err := strict.YAML(file, &all); err != nil {
		return nil, fmt.Errorf("DATES_FILE %s: %w", path, err)
	}
	var problems []error
	for name, versions := range all {
		for version := range versions {
			if _, err := stemcell.ParseVersion(version); err != nil {
				problems = append(problems, fmt.Errorf("DATES_FILE %s: %s: %w", path, name, err))
			}
		}
	}
	return all, errors.Join(problems...)
}

// into dates a line.
func (d dates) into(line stemcell.Line) {
	for text, date := range d[line.Name] {
		if v, err := stemcell.ParseVersion(text); err == nil {
			line.Date(v, date.Time)
		}
	}
}
