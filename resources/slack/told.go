package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// told is what a message tells of a line. It is kept in the message's own metadata, so that the next put finds it there:
// https://docs.slack.dev/messaging/message-metadata
type told struct {
	line   string   // digest of check and scope; empty without a report
	job    string   // digest of the job, by which a build without a report is known
	status string   // as the heading has it
	green  bool     // clean or fixed
	items  []string // keys of what is wrong
	owed   []string // keys of those for which nobody was called yet, in quiet hours or since it was not known whom to call
	cut    bool     // there are more items
}

const (
	event    = "platform_checklist_line"
	maxItems = 150 // the worst; with what is owed, some 5 kB
)

func (t told) metadata() *slack.SlackMetadata {
	return &slack.SlackMetadata{EventType: event, EventPayload: map[string]any{
		"line": t.line, "job": t.job, "status": t.status, "green": t.green, "cut": t.cut,
		"items": strings.Join(t.items, " "), "owed": strings.Join(t.owed, " "),
	}}
}

// recall reads what a message told; anybody may have written it.
func recall(m slack.SlackMetadata) (t told, ok bool) {
	text := func(key string) string {
		value, _ := m.EventPayload[key].(string)
		return value
	}
	is := func(key string) bool {
		value, _ := m.EventPayload[key].(bool)
		return value
	}
	return told{
		line: text("line"), job: text("job"), status: text("status"), green: is("green"), cut: is("cut"),
		items: strings.Fields(text("items")), owed: strings.Fields(text("owed")),
	}, m.EventType == event
}

// same tells whether both are of one line.
func (t told) same(other told) bool {
	if t.line != "" && other.line != "" {
		return t.line == other.line
	}
	return t.job == other.job
}

// with adds what was told before to what a build without a whole report tells: nobody knows that any of it is gone.
func (t told) with(before told) told {
	for _, key := range before.owed {
		if !slices.Contains(t.items, key) {
			t.owed = append(t.owed, key)
		}
	}
	for _, key := range before.items {
		if !slices.Contains(t.items, key) {
			t.items = append(t.items, key)
		}
	}
	t.line, t.cut = cmp.Or(t.line, before.line), before.cut || len(t.items) > maxItems
	t.items = t.items[:min(len(t.items), maxItems)]
	t.owed = t.owed[:min(len(t.owed), maxItems)]
	return t
}

// fresh are the items that were not told.
func (t told) fresh(items []item) []item {
	return slices.DeleteFunc(slices.Clone(items), t.has)
}

// has tells whether an item was told, at least as bad as it is. Of those that had no room, a report with dates knows which
// are old.
func (t told) has(i item) bool {
	f, finding := i.of.(report.Finding)
	if !finding {
		return slices.Contains(t.items, i.key)
	}
	asWarning, asHigh := slices.Contains(t.items, "f"+i.key[1:]), slices.Contains(t.items, "h"+i.key[1:])
	if asWarning || asHigh {
		return asHigh || i.level == warning
	}
	return t.cut && !f.Since.IsZero()
}

// change is what a thread is told: what is new and gone since before.
func (s source) change(before told, p render.Post) (c render.Change) {
	c.Before = before.status
	items := s.items(p)
	for _, i := range before.fresh(items) {
		switch of := i.of.(type) {
		case report.Finding:
			c.New = append(c.New, of)
		case report.Gap:
			c.Gaps = append(c.Gaps, of)
		}
	}
	if p.Report == nil {
		return c
	}
	here := findings(keys(items))
	gone := slices.DeleteFunc(findings(before.items), func(name string) bool { return slices.Contains(here, name) })
	take := func(f report.Finding) bool {
		i := slices.Index(gone, s.finding(f))
		if i >= 0 {
			gone = slices.Delete(gone, i, i+1)
		}
		return i >= 0
	}
	for _, f := range p.Report.Gone {
		if take(f) {
			c.Gone = append(c.Gone, f)
		}
	}
	for _, a := range p.Report.Accepted {
		if a.Finding != nil {
			take(*a.Finding)
		}
	}
	if p.Report.Status() != report.Unknown { // else they may be hidden
		c.Others = len(gone)
	}
	return c
}
