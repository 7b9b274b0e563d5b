package rotation

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

const placed = team + "slack: {channel: C0PLATFORM, group: \"@support\", channels: [C0NEWS]}\n"

// right is a workspace that says what the schedule does on 2026-11-23, in Jane Doe's last week but one day.
func right() Workspace {
	return Workspace{
		App:   "U0APP",
		Users: map[string]User{"Jane Doe": {ID: "U0JANE"}, "Sam Roe": {ID: "U0SAM"}, "Kim Poe": {ID: "U0KIM"}},
		Channels: map[string]Channel{
			"C0PLATFORM": {ID: "C0PLATFORM", Name: "platform", Topic: "Support: Jane Doe until Tue 2026-11-24 | hi", SetBy: "U0APP", Joined: true},
			"C0NEWS":     {ID: "C0NEWS", Joined: true, Members: []string{"U0APP", "U0JANE"}},
		},
		Group: &Group{ID: "S0SUPPORT", Handle: "support", Members: []string{"U0JANE"}},
	}
}

func TestCompare(t *testing.T) {
	platform := func(change func(*Channel)) func(*Workspace) {
		return func(w *Workspace) { c := w.Channels["C0PLATFORM"]; change(&c); w.Channels["C0PLATFORM"] = c }
	}
	topic := func(text, by string) func(*Workspace) {
		return platform(func(c *Channel) { c.Topic, c.SetBy = text, by })
	}
	const says = "Support: Jane Doe until Tue 2026-11-24 |"
	for name, c := range map[string]struct {
		change func(*Workspace)
		adopt  bool
		want   []string // rule, subject, severity, and what would be set
	}{
		"all is right":                {change: func(*Workspace) {}},
		"nothing could be read":       {change: func(w *Workspace) { *w = Workspace{} }},
		"adopt without need":          {change: func(*Workspace) {}, adopt: true},
		"right, by somebody":          {change: topic("a | "+says, "U0JANE")},
		"as Slack keeps it":           {change: topic("R&amp;D |  Support: Jane  Doe until <http://tue.gov|Tue> 2026-11-24 |", "U0JANE")},
		"last week's":                 {change: topic("Support: Kim Poe until Tue 2026-11-17 | hi", "U0KIM"), want: []string{"topic-differs team/C0PLATFORM/topic warning: " + says + " hi"}},
		"of an older schedule":        {change: topic("Support: Old Hand until Tue 2026-11-24 | hi", "U0APP"), want: []string{"topic-differs team/C0PLATFORM/topic warning: " + says + " hi"}},
		"by hand":                     {change: topic("Support: Jane, ask Sam | hi", "U0SAM"), want: []string{"topic-edited-by-hand team/C0PLATFORM/topic warning: "}},
		"by hand, adopted":            {change: topic("Support: Jane, ask Sam | hi", "U0SAM"), adopt: true, want: []string{"topic-differs team/C0PLATFORM/topic warning: " + says + " hi"}},
		"twice":                       {change: topic("Support: a | "+says, "U0APP"), adopt: true, want: []string{"topic-edited-by-hand team/C0PLATFORM/topic warning: "}},
		"no mark":                     {change: topic("hi", "U0SAM"), want: []string{"topic-without-mark team/C0PLATFORM/topic warning: "}},
		"no mark, adopted":            {change: topic("hi", "U0SAM"), adopt: true, want: []string{"topic-differs team/C0PLATFORM/topic warning: " + says + " hi"}},
		"no room":                     {change: topic(strings.Repeat("é", 230), "U0SAM"), adopt: true, want: []string{"topic-too-long team/C0PLATFORM/topic warning: "}},
		"just room":                   {change: topic(strings.Repeat("é", 209), "U0SAM"), adopt: true, want: []string{"topic-differs team/C0PLATFORM/topic warning: " + says + " " + strings.Repeat("é", 209)}},
		"archived":                    {change: platform(func(c *Channel) { c.Archived = true }), want: []string{"channel-archived team/C0PLATFORM warning: "}},
		"the app is out":              {change: platform(func(c *Channel) { c.Joined = false }), want: []string{"app-not-in-channel team/C0PLATFORM warning: "}},
		"somebody else's group":       {change: func(w *Workspace) { w.Group.Members = []string{"U0JANE", "U0SAM", "U0WHO"} }, want: []string{"group-differs team/group/@support warning: U0JANE"}},
		"an empty group":              {change: func(w *Workspace) { w.Group.Members = nil }, want: []string{"group-differs team/group/@support warning: U0JANE"}},
		"a disabled group":            {change: func(w *Workspace) { w.Group.Disabled = true }, want: []string{"group-disabled team/group/@support warning: "}},
		"no group":                    {change: func(w *Workspace) { w.Group = &Group{} }, want: []string{"group-not-found team/group/@support warning: "}},
		"not in a channel":            {change: func(w *Workspace) { w.Channels["C0NEWS"] = Channel{ID: "C0NEWS", Joined: true} }, want: []string{"person-not-in-channel team/C0NEWS/Jane Doe warning: U0JANE"}},
		"deactivated, and on support": {change: func(w *Workspace) { w.Users["Jane Doe"] = User{ID: "U0JANE", Deleted: true}; w.Group = &Group{} }, want: []string{"person-deactivated team/people/Jane Doe high: "}},
		"not known who":               {change: func(w *Workspace) { delete(w.Users, "Jane Doe"); w.Group = &Group{} }},
		"others": {change: func(w *Workspace) { w.Users["Sam Roe"] = User{}; w.Users["Kim Poe"] = User{ID: "U0KIM", Bot: true} }, want: []string{
			"person-not-found team/people/Sam Roe warning: ", "person-is-a-bot team/people/Kim Poe warning: "}},
		"one by two names": {change: func(w *Workspace) { w.Users["Sam Roe"] = User{ID: "U0JANE"} }, want: []string{"person-twice team/people/Sam Roe warning: "}},
	} {
		s := read(t, strings.Replace(placed, "slack: {channel: C0PLATFORM}\n", "", 1))
		w := right()
		c.change(&w)
		var got []string
		for _, d := range s.Compare("team", s.At(at(t, s, "2026-11-23 09:00")), w, c.adopt) {
			require.NotEmpty(t, d.Summary, name)
			require.NotEmpty(t, d.Action, name)
			require.Equal(t, d.Change.Kind != Nothing, d.Change.Done != "", name)
			got = append(got, d.Key()+" "+d.Severity.String()+": "+d.Change.Value)
		}
		require.Equal(t, c.want, got, name)
	}
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return moment
}

func TestHandOff(t *testing.T) {
	s := read(t, strings.Replace(placed, "slack: {channel: C0PLATFORM}\n", "", 1))
	shift := s.At(at(t, s, "2026-11-24 17:00"))
	w := right()
	open := s.Compare("team", shift, w, false)
	done, left := s.FirstDay(shift, w, open)
	require.Empty(t, done)
	require.Len(t, left, len(open)+3)
	require.Contains(t, left, "unmute C0NEWS")
	require.Contains(t, left, "Sam Roe and Jane Doe meet; Sam Roe takes over the open support items that Jane Doe still works on")

	before := s.At(at(t, s, "2026-11-20 09:00"))
	done, left = s.FirstDay(before, w, nil)
	require.Equal(t, []string{"the topic of #platform (C0PLATFORM) names Jane Doe", "@support is Jane Doe", "Jane Doe is in C0NEWS"}, done)
	require.Len(t, left, 3)

	now := instant(t, "2026-11-25T13:00:00Z")
	red := &report.Report{Started: instant(t, "2026-11-25T12:00:00Z"), Examined: []report.Count{{What: "VMs", Number: 1}}, Seen: []report.Count{{What: "new tickets", Number: 2}, {What: "others", Number: 1}}}
	for range 8 {
		red.Find(report.Finding{Rule: "ticket-unassigned", Subject: "<!channel>\x1b[31m", Severity: report.High, Summary: strings.Repeat("x", 400)})
	}
	red.Find(report.Finding{Rule: "quiet", Severity: report.Info})
	h := HandOff{Shift: shift, Giver: "Jane Doe", Meeting: "Tuesday 4:30", Done: []string{"a"}, Left: []string{"b"}, Slackbot: "c\nd\n", Boxes: []Box{
		{Scope: "support", Check: "tickets", Report: red}, {Scope: "production", Check: "mfa"}, {Scope: "production", Check: "stemcells", Problem: "its report could not be read"},
		{Scope: "production", Check: "nessus", Report: &report.Report{Started: instant(t, "2026-11-20T12:00:00Z"), Examined: red.Examined}},
		{Scope: "production", Check: "alerts", Report: &report.Report{Started: red.Started, Gaps: []report.Gap{{Subject: "p", Reason: "denied"}}}},
	}}
	require.Equal(t, "2026-11-24T21:30:00Z Sam Roe", h.Key())
	sections := h.Sections(now)
	require.Equal(t, Section{"First day", []string{"Meet: Tuesday 4:30", "Done: a", "Yours: b"}}, sections[0])
	require.Equal(t, "tickets, support: 8 findings, Wed 2026-11-25 12:00 UTC, new tickets: 2", sections[1].Title)
	require.Len(t, sections[1].Lines, mostFindings+1)
	require.Equal(t, "+3 more, on the box's page", sections[1].Lines[mostFindings])
	require.Contains(t, sections[1].Lines[0], "HIGH  <!channel> [31m  ticket-unassigned: xxx")
	require.Equal(t, Section{"alerts, production: could not look, Wed 2026-11-25 12:00 UTC", []string{"NOT READ  p: denied"}}, sections[2])
	require.Equal(t, Section{"Other boxes", []string{
		"mfa, production: no report yet", "stemcells, production: its report could not be read", "nessus, production: clean, Fri 2026-11-20 12:00 UTC (nobody has looked since)"}}, sections[3])
	require.Equal(t, Section{"For Slackbot's response", []string{"c", "d"}}, sections[4])
	text := h.Markdown(now)
	require.Contains(t, text, "# Support hand-off\n\n    Sam Roe takes over support from Jane Doe, until Tue 2026-12-01.\n    \n    First day\n    - Meet: ")
	require.NotContains(t, text, "\n<", "what came from outside is literal")
}

func FuzzSection(f *testing.F) {
	f.Add("a\nb", "<!here>\x00\xff")
	f.Fuzz(func(t *testing.T, title, line string) {
		lines := make([]string, 40)
		for i := range lines {
			lines[i] = line
		}
		s := Section{title, lines}.cut()
		all := strings.Join(append([]string{s.Title}, s.Lines...), "")
		require.True(t, plain(all, longestSection+longestLine+100), "%q", all)
	})
}
