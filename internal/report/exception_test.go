package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// behind, ignored and unread are what the exceptions below may cover.
var (
	behind = report.Finding{Rule: "vm-behind", Subject: "production/cf", Severity: report.High, Attributes: map[string]string{"line": "jammy"}}
	ignore = report.Finding{Rule: "ignored-vm-behind", Subject: "production/prometheus", Severity: report.Warning}
	unread = report.Gap{Subject: "production/nessus", Reason: "timed out"}
)

func exception(rule, subject report.Glob) report.Exception {
	return report.Exception{Rule: rule, Subject: subject, Reason: "known", Until: until("2026-08-24"), Owner: "jane.doe", Place: "policy.yml, line 7"}
}

func by(e report.Exception, of any) report.Accepted {
	a := report.Accepted{Reason: e.Reason, Until: e.Until, Owner: e.Owner}
	switch of := of.(type) {
	case report.Finding:
		a.Finding = &of
	case report.Gap:
		a.Gap = &of
	}
	return a
}

func ended(subject string) report.Finding {
	return report.Finding{
		Rule: "exception-ended", Subject: subject, Severity: report.Warning,
		Summary:    "the exception for " + subject + " ended on 2026-08-24",
		Detail:     "policy.yml, line 7\nreason: known; owner: jane.doe; until 2026-08-24",
		Action:     "Remove it from the policy file, or have its owner renew it with a new reason and date.",
		Attributes: map[string]string{"owner": "jane.doe", "until": "2026-08-24"},
	}
}

func unused(subject string) report.Finding {
	return report.Finding{
		Rule: "exception-unused", Subject: subject, Severity: report.Info,
		Summary:    "the exception for " + subject + " covers nothing today",
		Detail:     "policy.yml, line 7\nreason: known; owner: jane.doe; until 2026-08-24",
		Action:     "Remove it from the policy file if it is no longer needed, or mend its rule and subject.",
		Attributes: map[string]string{"owner": "jane.doe", "until": "2026-08-24"},
	}
}

func where(e report.Exception, attribute string, any ...report.Glob) report.Exception {
	e.Where = map[string][]report.Glob{attribute: any}
	return e
}

func TestAccept(t *testing.T) {
	none := []report.Finding{}
	exact, all, gap := exception("vm-behind", "production/cf"), exception("*", "production/*"), exception("gap", "production/*")
	for _, c := range []struct {
		name       string
		exceptions []report.Exception
		gaps       []report.Gap
		now        time.Time
		found      []report.Finding
		accepted   []report.Accepted
		open       []report.Gap
	}{
		{name: "no exceptions", found: []report.Finding{behind, ignore}},
		{name: "one finding", exceptions: []report.Exception{exact}, found: []report.Finding{ignore}, accepted: []report.Accepted{by(exact, behind)}},
		{name: "all by glob", exceptions: []report.Exception{all}, found: none, accepted: []report.Accepted{by(all, behind), by(all, ignore)}},
		{name: "a finding does not fall under the rule of gaps", exceptions: []report.Exception{gap},
			found: []report.Finding{behind, ignore, unused("gap production/*")}},
		{name: "a gap", exceptions: []report.Exception{gap}, gaps: []report.Gap{unread},
			found: []report.Finding{behind, ignore}, accepted: []report.Accepted{by(gap, unread)}},
		{name: "a star does not accept a gap", exceptions: []report.Exception{exception("*", "*")}, gaps: []report.Gap{unread},
			found: none, accepted: []report.Accepted{by(all, behind), by(all, ignore)}, open: []report.Gap{unread}},
		{name: "the first that covers it", exceptions: []report.Exception{all, exact}, found: []report.Finding{unused("vm-behind production/cf")},
			accepted: []report.Accepted{by(all, behind), by(all, ignore)}},
		{name: "unused", exceptions: []report.Exception{exception("vm-behind", "staging/*")},
			found: []report.Finding{behind, ignore, unused("vm-behind staging/*")}},
		{name: "unused is not said beside a gap", exceptions: []report.Exception{exception("vm-behind", "staging/*")}, gaps: []report.Gap{unread},
			found: []report.Finding{behind, ignore}, open: []report.Gap{unread}},
		{name: "nor beside an accepted gap", exceptions: []report.Exception{gap, exception("vm-behind", "production/nessus")}, gaps: []report.Gap{unread},
			found: []report.Finding{behind, ignore}, accepted: []report.Accepted{by(gap, unread)}},
		{name: "in its last second", exceptions: []report.Exception{all}, now: time.Date(2026, 8, 24, 23, 59, 59, 0, time.UTC),
			found: none, accepted: []report.Accepted{by(all, behind), by(all, ignore)}},
		{name: "on the day after", exceptions: []report.Exception{all}, now: time.Date(2026, 8, 25, 0, 0, 0, 0, time.UTC),
			found: []report.Finding{behind, ignore, ended("* production/*")}},
		{name: "on the day after, beside a gap", exceptions: []report.Exception{gap}, gaps: []report.Gap{unread}, now: day(25),
			found: []report.Finding{behind, ignore, ended("gap production/*")}, open: []report.Gap{unread}},
		{name: "no exception covers what another's end found", exceptions: []report.Exception{
			{Rule: "*", Subject: "*", Reason: "all is well", Until: until("2027-01-01"), Owner: "jane.doe"}, all}, now: day(25),
			found: []report.Finding{ended("* production/*")}, accepted: []report.Accepted{
				{Finding: &behind, Reason: "all is well", Until: until("2027-01-01"), Owner: "jane.doe"},
				{Finding: &ignore, Reason: "all is well", Until: until("2027-01-01"), Owner: "jane.doe"}}},
		{name: "where an attribute fits", exceptions: []report.Exception{where(all, "line", "noble", "j*")},
			found: []report.Finding{ignore}, accepted: []report.Accepted{by(all, behind)}},
		{name: "where none fits", exceptions: []report.Exception{where(all, "line", "noble")},
			found: []report.Finding{behind, ignore, unused("* production/*, line noble")}},
		{name: "where the attribute is absent", exceptions: []report.Exception{where(all, "zone", "*")},
			found: []report.Finding{behind, ignore, unused("* production/*, zone *")}},
		{name: "a gap has no attributes", exceptions: []report.Exception{where(gap, "line", "*")}, gaps: []report.Gap{unread},
			found: []report.Finding{behind, ignore}, open: []report.Gap{unread}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.now.IsZero() {
				c.now = day(24)
			}
			r := &report.Report{
				Started: c.now, Examined: []report.Count{{What: "VMs", Number: 1}},
				Findings: []report.Finding{behind, ignore}, Gaps: c.gaps,
			}
			r.Accept(c.exceptions)
			require.Equal(t, c.found, r.Findings)
			require.Equal(t, c.accepted, r.Accepted)
			require.ElementsMatch(t, c.open, r.Gaps)
		})
	}
}

// Until is held against the moment judged, so that a replayed day reads as it read then.
func TestAcceptInAReplay(t *testing.T) {
	r := &report.Report{Started: day(30), AsOf: day(24), Findings: []report.Finding{behind}}
	r.Accept([]report.Exception{exception("*", "*")})
	require.Empty(t, r.Findings)
	require.Len(t, r.Accepted, 1)
}

// Where nothing was examined, nobody knows what an exception might cover.
func TestUnusedIsNotSaidOfNothingExamined(t *testing.T) {
	r := &report.Report{Started: day(24)}
	r.Accept([]report.Exception{exception("*", "*")})
	require.Empty(t, r.Findings)
}

func TestExceptionProblems(t *testing.T) {
	for _, bound := range []report.Exception{
		exception("vm-behind", "*"), exception("*", "production/*"), exception("gap", "*/prometheus"), where(exception("*", "*"), "line", "jammy"),
	} {
		require.Empty(t, bound.Problems(), "%s %s", bound.Rule, bound.Subject)
	}
	for _, boundless := range []report.Exception{exception("*", "*"), exception("**", "?*"), exception("gap", "*")} {
		require.Len(t, boundless.Problems(), 1, "%s %s", boundless.Rule, boundless.Subject)
		require.ErrorContains(t, boundless.Problems()[0], "would make everything green")
	}
	var said []string
	for _, problem := range (report.Exception{}).Problems() {
		said = append(said, problem.Error())
	}
	require.Equal(t, []string{
		"rule is missing: name the rule that it accepts, or gap",
		"subject is missing: name what it is about; * stands for anything",
		"reason is missing: say why it is accepted",
		"until is missing: give its last day, such as 2026-12-31",
		"owner is missing: name who answers for it",
	}, said)
}
