package advisory

import (
	"encoding/json"
	"strings"
)

// Severity is CVSS' qualitative severity.
type Severity int

// The severities, mildest first; Unrated is what nobody has rated.
const (
	Unrated Severity = iota
	Low
	Medium
	High
	Critical
)

var severities = []string{"unrated", "LOW", "MEDIUM", "HIGH", "CRITICAL"}

func (s Severity) String() string { return severities[s] }

// rated reads the word, Unrated for any other.
func rated(word string) Severity {
	for s, known := range severities {
		if strings.EqualFold(word, known) {
			return Severity(s)
		}
	}
	return Unrated
}

// severity is the worst of a record's metrics, of whatever version of CVSS. Version 2 has a score alone.
func severity(metrics []map[string]json.RawMessage) (worst Severity) {
	for _, metric := range metrics {
		for name, value := range metric {
			var cvss struct {
				Severity string  `json:"baseSeverity"`
				Score    float64 `json:"baseScore"`
			}
			if !strings.HasPrefix(name, "cvss") || json.Unmarshal(value, &cvss) != nil {
				continue
			}
			worst = max(worst, rated(cvss.Severity), scored(cvss.Score))
		}
	}
	return worst
}

// scored is the severity of a score: https://www.first.org/cvss/v3.1/specification-document, 5.
func scored(score float64) Severity {
	switch {
	case score >= 9:
		return Critical
	case score >= 7:
		return High
	case score >= 4:
		return Medium
	case score > 0:
		return Low
	}
	return Unrated
}
