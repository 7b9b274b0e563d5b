package report

import (
	"fmt"
	"strings"
)

// Number is a number of things: "1 host", "3 hosts", "2 replies".
func Number(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, y := strings.CutSuffix(noun, "y"); y && !strings.ContainsAny(stem[len(stem)-1:], "aeou") {
		return fmt.Sprintf("%d %sies", n, stem)
	}
	if strings.HasSuffix(noun, "x") || strings.HasSuffix(noun, "s") || strings.HasSuffix(noun, "ch") {
		return fmt.Sprintf("%d %ses", n, noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// First joins the first of many texts, each of them one line, and says how many more there are.
func First(texts []string, most int, between string) string {
	var first []string
	for _, text := range texts[:min(most, len(texts))] {
		first = append(first, Line(text))
	}
	if more := len(texts) - most; more > 0 {
		first = append(first, fmt.Sprintf("+%d more", more))
	}
	return strings.Join(first, between)
}

// Line makes one line of a text from outside: a second one could pass for what the report itself says.
func Line(text string) string { return strings.Join(strings.Fields(text), " ") }

// Lines puts lines below each other as a finding's detail, those that are empty left out.
func Lines(texts ...string) string {
	var lines []string
	for _, text := range texts {
		if line := Line(text); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
