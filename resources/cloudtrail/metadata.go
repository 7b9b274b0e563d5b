package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/resource"
)

// metadata is what the build's page shows: how many of which rule, and of which events. It names no person, since
// whoever may see the build sees it.
func (b *batch) metadata() resource.Metadata {
	shown := resource.Metadata{
		{Name: "scope", Value: b.source.scope()},
		{Name: "account", Value: b.source.AccountID},
		{Name: "looked_through", Value: b.Through.Format(layout)},
		{Name: "anomalies", Value: strconv.Itoa(b.Count)},
	}
	if !b.Baseline.IsZero() {
		shown = append(shown, resource.Field{Name: "baseline", Value: "all since " + b.Since.Format(layout)})
	}
	rules := map[string][]report.Finding{}
	for _, f := range b.findings {
		rules[f.Rule] = append(rules[f.Rule], f)
	}
	for _, rule := range slices.Sorted(maps.Keys(rules)) {
		shown = append(shown, resource.Field{Name: rule, Value: kinds(rules[rule])})
	}
	return shown
}

// kinds is "3, the worst high: CreatePolicy, DeleteTrail". Findings come with the worst first.
func kinds(found []report.Finding) string {
	names := map[string]bool{}
	for _, f := range found {
		names[f.Attributes["event"]] = true
	}
	return fmt.Sprintf("%d, the worst %s: %s", len(found), found[0].Severity, strings.Join(slices.Sorted(maps.Keys(names)), ", "))
}
