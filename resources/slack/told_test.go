package main

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
	standin "github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

var channel = source{Token: fetch.NewSecret("xoxb-of-a-test")}

func behind(subject string, severity report.Severity) report.Finding {
	return report.Finding{Rule: "stemcell-behind", Subject: subject, Severity: severity}
}

func found(findings ...report.Finding) *report.Report {
	return &report.Report{Examined: []report.Count{{What: "VMs", Number: 1}}, Findings: findings}
}

// What a message keeps for later fits, comes back as it was, and names nothing that a channel must not see.
func TestToldComesBack(t *testing.T) {
	var many []report.Finding
	for i := range 2 * maxItems {
		many = append(many, behind(fmt.Sprint("host.example", i), report.High))
	}
	w := writer{put: &put{Source: channel}, post: render.Post{Report: found(many...)}, now: time.Now()}
	mine := w.tell(told{})
	mine.owed = mine.items
	require.True(t, mine.cut)
	text, err := json.Marshal(map[string]any{"text": "x", "metadata": mine.metadata()})
	require.NoError(t, err)
	require.Empty(t, standin.Refusal(text))
	require.NotContains(t, string(text), "host")

	var read struct{ Metadata slack.SlackMetadata }
	require.NoError(t, json.Unmarshal(text, &read))
	again, ours := recall(read.Metadata)
	require.True(t, ours)
	require.Equal(t, mine, again)

	// Of those that had no room, the old ones are not taken for new.
	for i := range many {
		many[i].Since = time.Now().AddDate(0, 0, -1)
	}
	require.Empty(t, again.fresh(channel.items(render.Post{Report: found(many...)})))
	require.Equal(t, []level{high, unknown, warning}, levels(channel.items(render.Post{Report: &report.Report{
		Findings: []report.Finding{behind("a", report.Warning), behind("b", report.High)}, Examined: found().Examined, Gaps: []report.Gap{{Subject: "c"}},
	}})), "the worst are kept")
	require.Len(t, again.fresh(channel.items(render.Post{Report: found(append(many, behind("another", report.High))...)})), 1)
}

func levels(items []item) (all []level) {
	for _, i := range items {
		all = append(all, i.level)
	}
	return all
}

// Metadata may hold anything: what is of another type is as if it were not there.
func TestRecallOfOthers(t *testing.T) {
	for text, want := range map[string]bool{
		`{}`: false,
		`{"event_type":"platform_checklist_line"}`:          true,
		`{"event_type":"other","event_payload":{"line":5}}`: false,
		`{"event_type":"platform_checklist_line","event_payload":{"line":1,"job":{},"items":["a"],"green":"yes","owed":null,"cut":[]}}`: true,
	} {
		var m slack.SlackMetadata
		require.NoError(t, json.Unmarshal([]byte(text), &m))
		got, ours := recall(m)
		require.Equal(t, want, ours)
		require.Equal(t, told{items: []string{}, owed: []string{}}, got)
	}
}

func TestChange(t *testing.T) {
	cf, old := behind("cf", report.High), behind("old", report.Warning)
	before := told{status: "FOUND", items: keys(channel.items(render.Post{Report: found(cf, old)}))}
	fallen, risen := behind("cf", report.Warning), behind("old", report.High)
	gap := report.Gap{Subject: "bosh.io", Reason: "no answer"}
	for name, c := range map[string]struct {
		change func(*report.Report)
		want   render.Change
	}{
		"the same":          {func(r *report.Report) { r.Find(cf, old) }, render.Change{}},
		"an info":           {func(r *report.Report) { r.Find(cf, old, behind("x", report.Info)) }, render.Change{}},
		"another":           {func(r *report.Report) { r.Find(cf, old, behind("uaa", report.High)) }, render.Change{New: []report.Finding{behind("uaa", report.High)}}},
		"risen":             {func(r *report.Report) { r.Find(cf, risen) }, render.Change{New: []report.Finding{risen}}},
		"fallen":            {func(r *report.Report) { r.Find(fallen, old) }, render.Change{}},
		"gone, and fallen":  {func(r *report.Report) { r.Find(old); r.Gone = []report.Finding{fallen} }, render.Change{Gone: []report.Finding{fallen}}},
		"gone by name":      {func(r *report.Report) { r.Find(cf); r.Gone = []report.Finding{old, behind("long ago", report.High)} }, render.Change{Gone: []report.Finding{old}}},
		"gone by number":    {func(r *report.Report) { r.Find(cf) }, render.Change{Others: 1}},
		"accepted":          {func(r *report.Report) { r.Find(cf); r.Accepted = []report.Accepted{{Finding: &old}} }, render.Change{}},
		"perhaps hidden":    {func(r *report.Report) { r.Gaps = []report.Gap{gap} }, render.Change{Gaps: []report.Gap{gap}}},
		"nothing looked at": {func(r *report.Report) { r.Find(cf, old); r.Examined[0].Number = 0 }, render.Change{Gaps: []report.Gap{{Subject: "VMs", Reason: "there was nothing to look at"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			r := found()
			c.change(r)
			c.want.Before = "FOUND"
			require.Equal(t, c.want, channel.change(before, render.Post{Report: r}))
		})
	}
}

func TestCall(t *testing.T) {
	of := func(id string) callee {
		var c callee
		require.NoError(t, c.UnmarshalText([]byte(id)))
		return c
	}
	m := mentions{High: []callee{of("U0HIGH")}, Warning: []callee{of("on-support")}, Unknown: []callee{of("here")}}
	h, w, u := item{"h", high, nil}, item{"w", warning, nil}, item{"u", unknown, nil}
	for _, c := range []struct {
		fresh  []item
		quiet  bool
		called []callee
		owed   []item
	}{
		{nil, false, nil, nil},
		{[]item{w, h}, false, m.High, nil},
		{[]item{w}, false, m.Warning, nil},
		{[]item{u}, false, m.Unknown, nil},
		{[]item{u, w, h}, false, []callee{of("U0HIGH"), of("here")}, nil},
		{[]item{u, w}, true, nil, []item{w, u}},
		{[]item{u, w, h}, true, m.High, []item{u}},
	} {
		called, owed := m.call(c.fresh, c.quiet)
		require.Equal(t, c.called, called, "%v", c)
		require.Equal(t, c.owed, owed, "%v", c)
	}
	called, owed := mentions{}.call([]item{h, w, u}, true)
	require.Empty(t, called)
	require.Empty(t, owed, "nobody is owed a call who is never called")
}

func TestIdentity(t *testing.T) {
	identity := func(job, check, scope string) told {
		w := writer{put: &put{Source: channel}, post: render.Post{Alert: render.Failed, Build: render.Build{Name: job}}}
		if w.Build.Name = job; check != "" {
			w.post.Report = found()
			w.post.Report.Check, w.post.Report.Scope = check, scope
		}
		return w.identity()
	}
	line := identity("checklist/stemcells #12", "stemcells", "production")
	require.True(t, line.same(identity("checklist/stemcells #12.1", "stemcells", "production")))
	require.True(t, line.same(identity("checklist/stemcells #13", "", "")), "a build of the same job that left no report")
	require.False(t, line.same(identity("checklist/stemcells #12", "stemcells", "staging")))
	require.False(t, line.same(identity("checklist/stemcells #12", "mfa", "production")))
	require.False(t, line.same(identity("checklist/mfa #12", "", "")))
}
