package render

import (
	"fmt"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

func (p *sheet) findings() []Block {
	r := p.Report
	switch {
	case len(r.Findings) == 0:
		return nil
	case p.Detail == Counts:
		return []Block{section(p.prose(tally(r), 300))}
	case p.Detail == Summary:
		return p.some(p.byRule(r.Findings, r), maxFindings, roomFindings, "rules")
	}
	var texts []string
	for _, f := range r.Findings {
		texts = append(texts, p.finding(f, r))
	}
	return p.some(texts, maxFindings, roomFindings, "findings, on the build's page")
}

// finding is one thing that is wrong, how bad, since when, and what to do.
func (p *sheet) finding(f report.Finding, r *report.Report) string {
	text := fmt.Sprintf("*%s*  %s  %s\n%s", strings.ToUpper(f.Severity.String()), p.code(f.Subject, 150), p.prose(f.Rule, 80), p.prose(f.Summary, 400))
	if f.Detail != "" {
		text += "\n" + p.paragraph(f.Detail, 400)
	}
	if f.Action != "" {
		text += "\n→ " + p.prose(f.Action, 400)
	}
	text += "\n_" + since(f, r.Now()) + "_"
	if f.Link != "" {
		text += "  " + p.anchor(f.Link, "read on")
	}
	return text
}

// byRule names no subject: only how many there are of each rule, and since when.
func (p *sheet) byRule(findings []report.Finding, r *report.Report) (texts []string) {
	count, oldest := map[string]int{}, map[string]report.Finding{}
	var rules []string
	for _, f := range findings {
		if count[f.Rule]++; count[f.Rule] == 1 {
			rules, oldest[f.Rule] = append(rules, f.Rule), f
		}
		if o := oldest[f.Rule]; !f.Since.IsZero() && (o.Since.IsZero() || f.Since.Before(o.Since)) {
			f.Severity = o.Severity // the list is sorted: the first of a rule is its worst
			oldest[f.Rule] = f
		}
	}
	for _, rule := range rules {
		o := oldest[rule]
		texts = append(texts, fmt.Sprintf("*%s*  %s: %d, %s", strings.ToUpper(o.Severity.String()), p.prose(rule, 80), count[rule], since(o, r.Now())))
	}
	return texts
}
