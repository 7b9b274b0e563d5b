package main

import (
	"fmt"
	"os"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// readDates reads publication dates, by name and version. Quote the versions: 1.10 is not 1.1.
func readDates(path string) (map[string]map[string]time.Time, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("DATES_FILE: %w", err)
	}
	dates := map[string]map[string]time.Time{}
	if err := strict.YAML(file, &dates); err != nil {
		return nil, fmt.Errorf("DATES_FILE %s: %w", path, err)
	}
	return dates, nil
}
