package page_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/digest"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// monday is a quarter past nine on a morning in Washington.
var monday = time.Date(2026, 11, 23, 9, 15, 0, 0, time.FixedZone("EST", -5*60*60))

// month are the 30 days up to monday, the oldest first.
func month() (days []string) {
	for i := range 30 {
		days = append(days, monday.AddDate(0, 0, i-29).Format(time.DateOnly))
	}
	return days
}

// last leaves of a grid its last days.
func last(n int, g digest.Grid) digest.Grid {
	g.Days = g.Days[len(g.Days)-n:]
	for i, r := range g.Rows {
		g.Rows[i].Cells = r.Cells[len(r.Cells)-n:]
	}
	return g
}

// clean is a box that was clean each working day.
func clean(environment, line, words string, days []string) digest.Row {
	r := digest.Row{Line: line, Environment: environment, Link: "https://ci.example.gov/checklist/" + environment + "/" + line, Now: digest.Clean, Words: words}
	for i, day := range days {
		c := digest.Cell{Day: day, State: digest.Idle}
		if date, _ := time.Parse(time.DateOnly, day); date.Weekday() != time.Saturday && date.Weekday() != time.Sunday {
			c = ran(r, day, digest.Clean, i+101, "")
		}
		r.Cells = append(r.Cells, c)
	}
	return r
}

func ran(r digest.Row, day string, s digest.State, build int, note string) digest.Cell {
	c := digest.Cell{Day: day, State: s, Note: note}
	if s != digest.Missed && s != digest.Idle {
		c.Runs, c.Link = 1, fmt.Sprintf("%s/builds/%d", r.Link, build)
	}
	return c
}

// was makes the row's day, counted back from today, something else than clean.
func was(r *digest.Row, ago int, s digest.State, note string) {
	i := len(r.Cells) - 1 - ago
	r.Cells[i] = ran(*r, r.Cells[i].Day, s, i+101, note)
}

// is makes today, and what is said of it, something else than clean.
func is(r *digest.Row, s digest.State, words string) {
	r.Now, r.Words = s, words
	was(r, 0, s, words)
}

// redMorning is a morning on which one of each thing is wrong.
func redMorning() digest.Grid {
	g := digest.Grid{Scope: "cloud.gov", At: monday, Zone: "America/New_York", Days: month()}
	words := map[string]string{"stemcells": "52 VMs on 9 deployments", "cloudtrail": "4 regions, 1 day", "mfa": "31 users", "alerts": "6 rules, canary alive", "nessus": "3 scans", "advisories": "2 feeds", "tickets": "3 open, all answered"}
	for _, environment := range []string{"production", "staging", "tooling"} {
		for _, line := range map[string][]string{
			"production": {"stemcells", "cloudtrail", "mfa", "alerts", "nessus"},
			"staging":    {"stemcells", "cloudtrail", "mfa", "alerts"},
			"tooling":    {"alerts", "advisories", "tickets"},
		}[environment] {
			g.Rows = append(g.Rows, clean(environment, line, words[line], g.Days))
		}
	}
	box := func(i int) *digest.Row { return &g.Rows[i] }
	is(box(0), digest.Found, "1 high: cf runs ubuntu-jammy 1.866, which is 2 releases behind 1.943")
	was(box(0), 3, digest.Found, "1 warning")
	was(box(4), 4, digest.Found, "2 high")
	was(box(4), 5, digest.Found, "2 high")
	is(box(6), digest.Missed, "paused since 2026-11-22")
	is(box(8), digest.Unknown, "Alertmanager did not answer within 30 s")
	was(box(8), 3, digest.Unknown, "1 place not read")
	box(11).Cells[29].Runs = 3
	g.Findings = []report.Finding{
		{Rule: "box-missed", Subject: "staging/cloudtrail", Severity: report.High, Summary: "cloudtrail did not run in staging since its window closed at 9:00 AM", Detail: "The pipeline is paused.\nIts last build is #128 of 2026-11-20.", Action: "Unpause it: fly unpause-pipeline -p checklist/environment:staging,line:cloudtrail", Link: "https://ci.example.gov/checklist/staging/cloudtrail"},
		{Rule: "resource-check-fails", Subject: "tooling/advisories/feeds", Severity: report.Warning, Summary: "the check of the resource feeds fails", Action: "Read its check on the resource's page.", Link: "https://ci.example.gov/checklist/tooling/advisories/resources/feeds", Since: monday.AddDate(0, 0, -4)},
	}
	g.Gaps = []report.Gap{{Subject: "staging/alerts/evidence", Reason: "no report in the evidence of 2026-11-23", Action: "Look at the box's page: its put of evidence may have failed."}}
	return g
}

// wide is a page that is hard to fit: many boxes, words without a space.
func wide(boxes int) digest.Grid {
	g := redMorning()
	long := "a" + fmt.Sprintf("%0300d", 7)
	g.Scope = long
	for i := range boxes {
		line, words := fmt.Sprint("line-", i), "31 users"
		if i%25 == 0 {
			line, words = line+long[:60], long
		}
		g.Rows = append(g.Rows, clean(fmt.Sprintf("environment-%d-%s", i/25, long[:40]), line, words, g.Days))
	}
	is(&g.Rows[len(g.Rows)-1], digest.Found, long)
	g.Findings = append(g.Findings, report.Finding{Rule: long, Subject: long, Summary: long, Detail: long, Action: long, Link: "https://ci.example.gov/" + long})
	g.Gaps = append(g.Gaps, report.Gap{Subject: long, Reason: long, Action: long})
	return g
}

// mixed has every state today, a state that nobody has named, and links that are none.
func mixed() digest.Grid {
	g := redMorning()
	g.Rows = slices.Clone(g.Rows[:8])
	for i, s := range []digest.State{digest.Clean, digest.Found, digest.Unknown, digest.Missed, digest.Running, digest.Idle, "new"} {
		is(&g.Rows[i], s, "")
		g.Rows[i].Link = "javascript:alert(1)"
	}
	g.Findings[0].Severity, g.Findings[0].Link = report.Info, "javascript:alert(1)"
	return g
}
