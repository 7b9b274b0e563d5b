package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// show prints what a run said, and what stands in Slack after it.
func (a act) show(words string, status int) {
	if a.brief {
		words = brief(words)
	}
	fmt.Printf("%s(exit status %d)\n\n", words, status)
	if a.said == nil {
		return
	}
	for _, message := range a.said() {
		fmt.Printf("In Slack:\n  %s\n\n", strings.ReplaceAll(message, "\n", "\n  "))
	}
}

// brief leaves out of each finding all but its heading, its summary and what to do.
func brief(words string) string {
	var b strings.Builder
	heading, out := false, 0
	for line := range strings.Lines(words) {
		detail := strings.HasPrefix(line, "   ")
		switch {
		case strings.TrimSpace(line) == "":
		case detail && !heading && !strings.Contains(line, " -> "):
			out++
		default:
			b.WriteString(line)
			heading = !detail
		}
	}
	if out > 0 {
		fmt.Fprintf(&b, "(+%d lines of details)\n", out)
	}
	return b.String()
}

// keep puts a page where a person can open it after the demo.
func keep(page, kept string) error {
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	if kept, err = filepath.Abs(kept); err != nil {
		return err
	}
	fmt.Printf("Open it in a browser: %s\n\n", kept)
	return os.WriteFile(kept, text, 0o600)
}
