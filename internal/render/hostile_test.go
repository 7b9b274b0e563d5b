package render_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// called are those whom a message may call, and ours removes them from its text.
var (
	called = []string{"<@U0JANE>", "<!subteam^S0SUPPORT>", "<!here>", "<!channel>"}
	ours   = strings.NewReplacer(strings.Join(called, " ")+" please look.", "", strings.Join(crowd(), " ")+" please look.", "")
)

// crowd are as many as a source may call at once, with the longest IDs.
func crowd() (all []string) {
	for i := range 20 {
		all = append(all, fmt.Sprintf("<!subteam^S%014d>", i))
	}
	return all
}

func mentions(t *testing.T) (all []render.Mention) {
	for _, id := range []string{"U0JANE", "S0SUPPORT", "here", "channel", "U0JANE"} {
		m, err := render.ParseMention(id)
		require.NoError(t, err)
		all = append(all, m)
	}
	return all
}

func TestParseMention(t *testing.T) {
	for _, text := range []string{"", "everyone", "Here", "@U0JANE", "<@U0JANE>", "U0JANE>", "U0JANE|x", "u0jane", "U0JANE\n", "C0PLATFORM", "S", "U0 JANE", "!here", "SÜ12"} {
		_, err := render.ParseMention(text)
		require.Error(t, err, text)
	}
}

const build = "https://ci.example.gov/builds/1"

// hostile is a report that says the same in every field that has words, and links elsewhere.
func hostile(text, address string) *report.Report {
	r := &report.Report{Check: text, Title: text, Scope: text, Runbook: address, Tool: text, Policy: text, Started: started}
	for i, severity := range []report.Severity{report.High, report.Warning, report.Info, report.High} {
		f := report.Finding{Rule: text, Subject: text, Severity: severity, Summary: text, Detail: text + "\n" + text, Action: text, Link: address,
			Attributes: map[string]string{text: text}, Since: started.Add(-time.Duration(i) * 24 * time.Hour)}
		r.Find(f)
		r.Gone, r.Hidden = append(r.Gone, f), append(r.Hidden, f)
		r.Accepted = append(r.Accepted, report.Accepted{Finding: &f})
	}
	r.Examine(text, 1)
	r.See(text, 2)
	r.Miss(text, text, text)
	r.LeaveOut(text, text)
	return r
}

// FuzzSlack: whatever a report quotes, it calls nobody, links only where a link belongs, and is taken by Slack.
func FuzzSlack(f *testing.F) {
	addresses := []string{"", "http://0?\xff\u202e", "https://a.example/?a=<!channel>|<b>&c#`", "javascript:alert(1)", "https://a.example/\"> x"}
	for i, seed := range []string{
		"", "<!channel> <@U0JOHN> <!subteam^S1> <#C1|x>", "```\n`a`", "&lt;!here&gt;", "<https://a.example|b> https://a.example", "*a* _b_ ~c~",
		"\x00\x1b[31m\u202e\u2066\xff\u2028<!channel>", "a\nb\r\n\n\n", strings.Repeat("<!here>\n", 500), strings.Repeat("&", 9000),
		strings.Repeat("👩\u200d👩\u200d👧", 700), strings.Repeat("\U0010ffff", 5000), "@here @channel @everyone", "+3 more", "%3C!channel%3E",
	} {
		f.Add(seed, addresses[i%len(addresses)])
	}
	f.Fuzz(func(t *testing.T, text, address string) {
		r := hostile(text, address)
		fixed := *r
		fixed.Findings, fixed.Gaps = nil, nil
		change := render.Change{Before: text, New: r.Findings, Gaps: r.Gaps, Gone: r.Gone, Others: 3}
		for _, detail := range []render.Detail{render.Full, render.Summary, render.Counts} {
			for _, post := range []render.Post{
				{Report: r}, {Report: &fixed, Alert: render.Fixed}, {Report: &fixed, Alert: render.Failed}, {Missing: text, Alert: render.Errored},
				{Report: r, Missing: text, Calls: mentions(t), Uncalled: text}, {},
			} {
				post.Text, post.Detail, post.Build = text, detail, render.Build{Name: text, Link: build}
				for _, m := range []render.Message{render.Slack(post), render.Reply(post, change)} {
					linksOnly(t, holds(t, m), address)
					require.Equal(t, len(post.Calls) > 0, callsAll(m))
				}
			}
		}
	})
}

// linksOnly holds the links against the build's and one other, which must be of the web.
func linksOnly(t *testing.T, said, address string) {
	var other string
	for _, found := range link.FindAllString(said, -1) {
		target, _, _ := strings.Cut(strings.Trim(found, "<>"), "|")
		if target == build {
			continue
		}
		u, err := url.Parse(address)
		require.NoError(t, err)
		require.Contains(t, []string{"http", "https"}, u.Scheme)
		require.True(t, other == "" || other == target, "%s and %s", other, target)
		other = target
	}
}

// callsAll tells whether the message calls all whom it may, each once.
func callsAll(m render.Message) bool {
	text := ""
	for _, b := range m.Blocks {
		if b.Text != nil && b.Type == "section" {
			text += b.Text.Text
		}
	}
	for _, one := range called {
		if strings.Count(text, one) != 1 {
			return false
		}
	}
	return true
}
