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
	return fmt.Sprintf("%d %ss", n, noun)
}

// First joins the first of many texts, and says how many more there are.
func First(texts []string, most int, between string) string {
	if len(texts) > most {
		texts = append(texts[:most:most], fmt.Sprintf("+%d more", len(texts)-most))
	}
	return strings.Join(texts, between)
}
