package digest

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/clock"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// moment reads a time in New York, where the mornings are.
func moment(text string) time.Time {
	place, _ := time.LoadLocation("America/New_York")
	t, err := time.ParseInLocation("2006-01-02 15:04", text, place)
	if err != nil {
		panic(err)
	}
	return t
}

func window(start, stop string, days ...clock.Weekday) (w clock.Window) {
	_ = w.Start.UnmarshalText([]byte(start))
	_ = w.Stop.UnmarshalText([]byte(stop))
	_ = w.Zone.UnmarshalText([]byte("America/New_York"))
	w.Days = days
	return w
}

var weekdays = []clock.Weekday{1, 2, 3, 4, 5}

// strange is when nothing of before is known.
func strange(string, string) time.Time { return time.Time{} }

const page = "https://ci/mfa"

// green is a build that began at a moment in New York.
func green(id int, at string) Build {
	return Build{
		ID: id, Name: fmt.Sprint(id), Link: fmt.Sprintf("https://ci/mfa/%d", id), Status: Succeeded,
		Started: moment(at), Ended: moment(at).Add(2 * time.Minute),
	}
}

func red(id int, at string, status Status) Build {
	b := green(id, at)
	b.Status = status
	return b
}

// left are the reports of builds, clean where it is not said otherwise.
func left(status report.Status, builds ...Build) (all []Report) {
	for _, b := range builds {
		all = append(all, Report{Build: fmt.Sprint(b.ID), Started: b.Started, Status: status})
	}
	return all
}

// facts are those of one box, mfa in production, which ran with these builds and left a report of each.
func facts(builds ...Build) Facts {
	return Facts{
		Scope: "checklist", Kept: true,
		Parent: Parent{Name: "checklist-parent", JobID: 7, Setup: Setup{
			Ref: "checklist-parent", Link: "https://ci/parent", JobName: "pipelines", Pipeline: &Pipeline{}, Job: &Job{},
			Builds: []Build{{ID: 1, Name: "1", Status: Succeeded, Started: moment("2026-08-01 12:00"), Link: "https://ci/parent/1"}},
		}},
		Boxes: []Box{{
			Box: checklist.Box{Line: "mfa", Environment: "production"}, Morning: window("8 AM", "9 AM", weekdays...),
			Setup: Setup{
				Ref: "checklist/environment:production,line:mfa", Link: page, JobName: "mfa", Job: &Job{}, Builds: builds,
				Pipeline: &Pipeline{ParentJob: 7, ParentBuild: 1, Updated: moment("2026-08-01 12:00")},
			},
			Reports: left("", builds...),
		}},
	}
}

// box is the only box of facts.
func (f *Facts) box() *Box { return &f.Boxes[0] }

func TestPeriod(t *testing.T) {
	for _, c := range []struct {
		name, now string
		ran       string // when the last green build began
		days      []clock.Weekday
		want      State
	}{
		{"this morning", "2026-11-23 10:00", "2026-11-23 08:05", weekdays, Clean},
		{"this morning is not over: Friday's counts", "2026-11-23 08:30", "2026-11-20 08:05", weekdays, Clean},
		{"it is over, and a build may still come", "2026-11-23 09:09", "2026-11-20 08:05", weekdays, Clean},
		{"nor did it come", "2026-11-23 09:10", "2026-11-20 08:05", weekdays, Missed},
		{"on a Sunday", "2026-11-22 12:00", "2026-11-20 08:05", weekdays, Clean},
		{"on a Sunday, Friday's is missing", "2026-11-22 12:00", "2026-11-19 08:05", weekdays, Missed},
		{"by hand, later that day", "2026-11-23 15:00", "2026-11-23 14:00", weekdays, Clean},
		{"before the morning that same day", "2026-11-23 15:00", "2026-11-23 07:59", weekdays, Missed},
		{"weekly, on Friday", "2026-11-27 12:00", "2026-11-23 08:01", []clock.Weekday{1}, Clean},
		{"weekly, last week's", "2026-11-27 12:00", "2026-11-16 08:01", []clock.Weekday{1}, Missed},
		{"a holiday is a morning: the time resource knows none", "2026-11-26 12:00", "2026-11-25 08:05", weekdays, Missed},
		{"the clocks went back in the night", "2026-11-01 09:45", "2026-11-01 08:00", nil, Clean},
		{"the clocks went back: yesterday's is too old", "2026-11-01 09:45", "2026-10-31 08:30", nil, Missed},
		{"the clocks went forward", "2026-03-08 09:45", "2026-03-08 08:00", nil, Clean},
		{"the clocks went forward: yesterday's is too old", "2026-03-08 09:45", "2026-03-07 08:59", nil, Missed},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := facts(green(2, c.ran))
			f.box().Morning.Days = c.days
			s := f.Standings(*DefaultPolicy(), moment(c.now), strange)
			require.Equal(t, c.want, s[0].State, s[0].Words)
		})
	}
}

// now is a Monday, after its morning.
var now = moment("2026-11-23 10:00")

func finding(rule, subject string, severity report.Severity, summary, detail, action, at string) []report.Finding {
	return []report.Finding{{Rule: rule, Subject: subject, Severity: severity, Summary: summary, Detail: detail, Action: action, Link: at}}
}

const (
	set   = "fly -t ci trigger-job -j checklist-parent/pipelines -w"
	again = "fly -t ci trigger-job -j checklist/environment:production,line:mfa/mfa -w"
)

// judged is a judgement by the standings of the same moment, as the task makes it.
func judged(f Facts, p Policy, now time.Time, known func(rule, subject string) time.Time) []report.Finding {
	return Judge(f, f.Standings(p, now, known), p, now, known)
}

func TestJudge(t *testing.T) {
	today, friday := green(3, "2026-11-23 08:05"), green(2, "2026-11-20 08:05")
	said := func(status Status) string {
		return fmt.Sprintf("build #3 of Mon 2026-11-23 08:05 EST, %s, started by Concourse itself", status)
	}
	mfa := func(rule string, severity report.Severity, summary, detail, action, at string) []report.Finding {
		return finding(rule, "production/mfa", severity, summary, detail, action, at)
	}
	for _, c := range []struct {
		name   string
		builds []Build
		change func(*Facts)
		want   []report.Finding
	}{
		{"clean", []Build{friday, today}, nil, nil},
		{"missing", nil, func(f *Facts) { f.box().Pipeline = nil },
			mfa("box-missing", report.High, "production/mfa has no pipeline, though the config names it", "", "Set it: "+set, page)},
		{"archived", nil, func(f *Facts) { f.box().Pipeline.Archived = true },
			mfa("box-archived", report.High, "production/mfa is archived, though the config names it", "", "Set it again: "+set, page)},
		{"paused since it ran", []Build{today}, func(f *Facts) {
			f.box().Pipeline.Paused, f.box().Pipeline.PausedBy, f.box().Pipeline.PausedAt = true, "jane", moment("2026-11-23 09:00")
		}, mfa("box-paused", report.High, "production/mfa is paused by jane since Mon 2026-11-23 09:00 EST", "",
			"Ask who paused it, then: fly -t ci unpause-pipeline -p checklist/environment:production,line:mfa", page)},
		{"job paused", []Build{today}, func(f *Facts) { f.box().Job.Paused = true },
			mfa("job-paused", report.High, "production/mfa has a job that is paused", "",
				"Ask who paused it, then: fly -t ci unpause-job -j checklist/environment:production,line:mfa/mfa", page)},
		{"did not run", []Build{friday}, nil,
			mfa("box-not-run", report.High, "production/mfa did not run: not since its morning began, Mon 2026-11-23 08:00 EST; the last time was 3 days ago",
				"build #2 of Fri 2026-11-20 08:05 EST, succeeded, started by Concourse itself", "Find out why, then run it: "+again, "https://ci/mfa/2")},
		{"never ran", nil, nil,
			mfa("box-not-run", report.High, "production/mfa did not run: not since its morning began, Mon 2026-11-23 08:00 EST, nor ever before that is known",
				"", "Find out why, then run it: "+again, page)},
		{"new", nil, func(f *Facts) { f.box().Pipeline.Updated = moment("2026-11-23 09:10") },
			mfa("box-new", report.Info, "production/mfa is new: it runs first in its next morning", "", "Wait for it, or run it now: "+again, page)},
		{"new before its morning ended", nil, func(f *Facts) { f.box().Pipeline.Updated = moment("2026-11-23 08:10") },
			mfa("box-not-run", report.High, "production/mfa did not run: not since its morning began, Mon 2026-11-23 08:00 EST, nor ever before that is known",
				"", "Find out why, then run it: "+again, page)},
		{"found", []Build{red(3, "2026-11-23 08:05", Failed)}, func(f *Facts) {
			f.box().Reports[0].Status = report.Found
			f.box().Latest = &LatestReport{Status: report.Found, Worst: report.Warning, Findings: 2, First: "production/maria: no second factor"}
		}, mfa("box-found", report.Warning, "production/mfa found what is wrong: 2 findings, the worst warning, build #3",
			said(Failed)+"\nproduction/maria: no second factor", "Read the build's findings and do what they say, then run it again: "+again, "https://ci/mfa/3")},
		{"could not look", []Build{red(3, "2026-11-23 08:05", Failed)}, func(f *Facts) { f.box().Reports[0].Status = report.Unknown },
			mfa("box-could-not-look", report.High, "production/mfa could not look: could not look at everything, build #3",
				said(Failed), "Read the build, mend what it names, then run it again: "+again, "https://ci/mfa/3")},
		{"errored without a report", []Build{red(3, "2026-11-23 08:05", Errored)}, func(f *Facts) { f.box().Reports = nil },
			mfa("box-could-not-look", report.High, "production/mfa could not look: errored and left no report, build #3",
				said(Errored), "Read the build, mend what it names, then run it again: "+again, "https://ci/mfa/3")},
		{"red, and no reports are kept", []Build{red(3, "2026-11-23 08:05", Failed)}, func(f *Facts) { f.Kept, f.box().Reports = false, nil },
			mfa("box-could-not-look", report.High, "production/mfa could not look: failed, and no report tells why, build #3",
				said(Failed), "Read the build, mend what it names, then run it again: "+again, "https://ci/mfa/3")},
		{"green without a report", []Build{today}, func(f *Facts) { f.box().Reports = nil },
			mfa("green-without-evidence", report.High, "production/mfa is green, and nothing proves that it looked: is green and left no report, build #3",
				said(Succeeded), "Look at the task and at the put of the evidence in the build, then run it again: "+again, "https://ci/mfa/3")},
		{"green, and no reports are kept", []Build{today}, func(f *Facts) { f.Kept, f.box().Reports = false, nil }, nil},
		{"green, and its reports were not read: a gap", []Build{today}, func(f *Facts) { f.box().Reports, f.box().Unkept = nil, true }, nil},
		{"not read: a gap", nil, func(f *Facts) { f.box().Unread = true }, nil},
		{"nothing read at all", nil, func(f *Facts) {
			f.box().Unread, f.box().Pipeline, f.Parent.Unread, f.Parent.Pipeline, f.Parent.JobID = true, nil, true, nil, 0
		}, nil},
		{"runs, as it should", []Build{{ID: 3, Name: "3", Status: Started, Started: moment("2026-11-23 09:00")}, friday}, nil, nil},
		{"runs for long", []Build{{ID: 3, Name: "3", Status: Started, Started: moment("2026-11-23 07:00"), By: "jane"}, today}, nil,
			finding("build-runs-long", "production/mfa/3", report.Warning, "production/mfa has build #3 running for 3 hours",
				"started by jane; a step without a worker of its tags waits like this",
				"Look what it waits for (fly -t ci workers), or abort it: fly -t ci abort-build -j checklist/environment:production,line:mfa/mfa -b 3", "")},
		{"waits", []Build{today, {ID: 4, Name: "4", Status: Pending, Waits: []string{"its input image: no versions"}}}, nil,
			finding("build-waits", "production/mfa/4", report.Info, "production/mfa has build #4 waiting for its input image: no versions", "started by Concourse itself",
				"Look what it waits for, on its page; it ends by: fly -t ci abort-build -j checklist/environment:production,line:mfa/mfa -b 4", "")},
		{"a check fails", []Build{today}, func(f *Facts) {
			f.box().Resources = []Resource{{Name: "image", Check: Errored, Link: page}, {Name: "slack"}, {Name: "config", Check: Succeeded}}
		}, finding("check-failing", "production/mfa/image", report.Warning,
			"production/mfa has a resource image whose last check errored, so nothing new starts a build", "",
			"Read why, and mend it: fly -t ci check-resource -r checklist/environment:production,line:mfa/image", page)},
		{"set by hand", []Build{today}, func(f *Facts) { f.box().Pipeline.ParentJob = 0 },
			mfa("box-not-set-by-parent", report.Warning, "production/mfa was not set by checklist-parent, so it may ask something else than the config says",
				"", "Set it again: "+set, page)},
		{"set before", []Build{today}, func(f *Facts) {
			f.Parent.Builds = append(f.Parent.Builds, Build{ID: 9, Name: "2", Status: Succeeded, Started: moment("2026-11-22 12:00")})
		}, mfa("box-outdated", report.Warning, "production/mfa was not set by the last run of checklist-parent, build #2", "", "Set it again: "+set, page)},
		{"leftover", []Build{today}, func(f *Facts) {
			f.Leftovers = []Pipeline{{Ref: "checklist/line:old", Link: "https://ci/old"}, {Ref: "checklist/line:older", Archived: true}}
		}, finding("box-not-in-config", "checklist/line:old", report.Warning, "checklist/line:old is there, and the config does not name it: its box may be red and nobody's",
			"", "Name it in the config, or let the parent take it away: "+set+"; by hand: fly -t ci archive-pipeline -p checklist/line:old", "https://ci/old")},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := facts(c.builds...)
			if c.change != nil {
				c.change(&f)
			}
			require.Equal(t, c.want, judged(f, *DefaultPolicy(), now, strange))
		})
	}
}

func TestJudgeParent(t *testing.T) {
	const reset = "Set it from pipelines/parent.yml: fly -t ci set-pipeline -p checklist-parent -c pipelines/parent.yml -l checklist.yml"
	parent := func(rule string, severity report.Severity, summary, action, at string) []report.Finding {
		return finding(rule, "checklist-parent", severity, summary, "", action, at)
	}
	for _, c := range []struct {
		name   string
		change func(*Parent)
		want   []report.Finding
	}{
		{"missing", func(p *Parent) { p.Pipeline, p.JobID = nil, 0 },
			parent("parent-missing", report.High, "checklist-parent is not there, or archived: nothing sets the boxes", reset, "https://ci/parent")},
		{"paused", func(p *Parent) { p.Pipeline.Paused = true },
			parent("parent-paused", report.High, "checklist-parent is paused: nothing sets the boxes", "Ask who paused it, then: fly -t ci unpause-pipeline -p checklist-parent", "https://ci/parent")},
		{"job paused", func(p *Parent) { p.Job.Paused = true },
			parent("parent-job-paused", report.High, "checklist-parent has its job pipelines paused: nothing sets the boxes", "Ask who paused it, then: fly -t ci unpause-job -j checklist-parent/pipelines", "https://ci/parent")},
		{"no job", func(p *Parent) { p.Job, p.JobID = nil, 0 },
			parent("parent-not-run", report.High, "checklist-parent has no job pipelines: nothing sets the boxes", reset, "https://ci/parent")},
		{"never ran", func(p *Parent) { p.Builds = nil },
			parent("parent-not-run", report.High, "checklist-parent never set the boxes", "Run it: "+set, "https://ci/parent")},
		{"red", func(p *Parent) {
			p.Builds = append(p.Builds, Build{ID: 5, Name: "2", Status: Failed, Started: now, Link: "https://ci/parent/2"})
		},
			parent("parent-red", report.Warning, "checklist-parent could not set the boxes, build #2 failed: they are those of an older config", "Read the build, mend what it names, then: "+set, "https://ci/parent/2")},
		{"runs", func(p *Parent) { p.Builds = append(p.Builds, Build{ID: 5, Name: "2", Status: Started, Started: now}) }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := facts(green(3, "2026-11-23 08:05"))
			c.change(&f.Parent)
			require.Equal(t, c.want, judged(f, *DefaultPolicy(), now, strange))
		})
	}
	old := *DefaultPolicy()
	old.ParentAge = 24 * time.Hour
	got := judged(facts(green(3, "2026-11-23 08:05")), old, now, strange)
	require.Equal(t, "checklist-parent set the boxes 113 days ago, longer than the policy's 24h0m0s", got[0].Summary)
}

// What the previous digests know ages what Concourse tells without a date.
func TestJudgeRemembers(t *testing.T) {
	since := func(text string) func(string, string) time.Time {
		return func(string, string) time.Time { return moment(text) }
	}
	waits := facts(green(3, "2026-11-23 08:05"), Build{ID: 4, Name: "4", Status: Pending})
	require.Equal(t, report.Info, judged(waits, *DefaultPolicy(), now, since("2026-11-23 09:00"))[0].Severity)
	require.Equal(t, report.Warning, judged(waits, *DefaultPolicy(), now, since("2026-11-22 09:00"))[0].Severity)

	changed := facts() // its config changes each day, and it never runs
	changed.box().Pipeline.Updated = moment("2026-11-23 09:10")
	as := func(rule, text string) func(string, string) time.Time {
		return func(of, _ string) (since time.Time) {
			if of == rule {
				since = moment(text)
			}
			return since
		}
	}
	require.Equal(t, "box-new", judged(changed, *DefaultPolicy(), now, strange)[0].Rule)
	require.Equal(t, "box-new", judged(changed, *DefaultPolicy(), now, as("box-new", "2026-11-23 09:15"))[0].Rule)
	require.Equal(t, "box-not-run", judged(changed, *DefaultPolicy(), now, as("box-new", "2026-11-20 10:00"))[0].Rule)
	require.Equal(t, "box-not-run", judged(changed, *DefaultPolicy(), now, as("box-not-run", "2026-11-20 10:00"))[0].Rule, "nor is it new every second day")
}

// A name that looks like a number is quoted, as fly wants it, and one from outside that a shell would run.
func TestNamesQuotedForTheShell(t *testing.T) {
	for name, want := range map[string]string{
		"checklist/environment:production,line:mfa": `checklist/environment:production,line:mfa`,
		`checklist/environment:"1",line:mfa`:        `'checklist/environment:"1",line:mfa'`,
		"checklist/line:$(touch${IFS}pwned)":        `'checklist/line:$(touch${IFS}pwned)'`,
		"a, '; touch pwned; '":                      `'a, '\''; touch pwned; '\'''`,
		"a`b`":                                      "'a`b`'",
		"a b":                                       "'a b'",
		"":                                          "''",
	} {
		f := facts()
		f.box().Pipeline, f.box().Ref = &Pipeline{Paused: true, ParentJob: 7, ParentBuild: 1}, name
		found := judged(f, *DefaultPolicy(), now, strange)
		require.True(t, slices.ContainsFunc(found, func(f report.Finding) bool { return strings.HasSuffix(f.Action, " -p "+want) }), name)
		told, err := exec.Command("sh", "-c", "printf %s "+want).Output()
		require.NoError(t, err)
		require.Equal(t, name, string(told))
	}
}

// A digest that comes too early says of how many boxes it does not know this morning.
func TestEarly(t *testing.T) {
	for at, want := range map[string]int{
		"2026-11-23 00:00": 1, "2026-11-23 07:59": 1, "2026-11-23 08:00": 1, "2026-11-23 09:09": 1, "2026-11-23 09:10": 0, "2026-11-22 08:30": 0,
	} {
		f := facts(green(2, "2026-11-20 08:05"))
		require.Equal(t, want, Early(f.Standings(*DefaultPolicy(), moment(at), strange), *DefaultPolicy(), moment(at)), at)
	}
	ran := facts(green(3, "2026-11-23 08:05"))
	require.Zero(t, Early(ran.Standings(*DefaultPolicy(), moment("2026-11-23 08:30"), strange), *DefaultPolicy(), moment("2026-11-23 08:30")))
}
