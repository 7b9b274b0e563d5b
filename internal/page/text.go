package page

import "strings"

// sentence joins what is there of several texts.
func sentence(between string, texts ...string) string {
	var there []string
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			there = append(there, text)
		}
	}
	return strings.Join(there, between)
}
