package advisory

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

func (a Advisory) title() string {
	if a.Item.Title == "" {
		return ""
	}
	return fmt.Sprintf("%s, published %s", a.Item.Title, day(a.Item.Published))
}

func (a Advisory) link() string {
	if a.Record != nil && a.Item.Link == "" {
		return a.Record.Link
	}
	return a.Item.Link
}

const longest = 200 // characters of a text from outside

// Short is a text from outside on one line, and no longer than anybody reads. What is cut off is said.
func Short(text string) string {
	letters := []rune(report.Line(text))
	if len(letters) <= longest {
		return string(letters)
	}
	return fmt.Sprintf("%s... (+%d more characters)", string(letters[:longest]), len(letters)-longest)
}

// slug names an item as its address does.
func slug(i Item) string {
	parts := strings.Split(strings.Trim(i.Link, "/"), "/")
	return cmp.Or(parts[len(parts)-1], i.ID, i.Title, "without a name")
}

// ranges are what a record says of a product, as it says it.
func (r Record) ranges(product string) string {
	var all []string
	for _, p := range r.Affected {
		if p.Name != product {
			continue
		}
		for _, v := range p.Versions {
			text := fmt.Sprintf("%s: %s from %q", p.Name, cmp.Or(v.Status, "no status"), v.Version)
			if v.LessThan != "" {
				text += fmt.Sprintf(", less than %q", v.LessThan)
			}
			if v.LessThanOrEqual != "" {
				text += fmt.Sprintf(", up to %q", v.LessThanOrEqual)
			}
			all = append(all, text)
		}
	}
	return report.First(all, shown, "\n")
}

// shown is how many of a kind a finding lists.
const shown = 10

func lines(texts ...string) string {
	var all []string
	for _, t := range texts {
		if t != "" {
			all = append(all, t)
		}
	}
	return strings.Join(all, "\n")
}

func number(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// day is a date in words.
func day(t time.Time) string {
	if t.IsZero() {
		return "an unknown day"
	}
	return t.UTC().Format(time.DateOnly)
}
