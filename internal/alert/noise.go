package alert

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Firing is when one alert fired: seconds since 1970, ascending, a step apart while it fires.
type Firing struct {
	Labels Labels
	At     []int64
}

// short is how fast an alert ends that ended by itself: nobody mends anything in that time.
const short = 15 * time.Minute

// Noise is how one alert fired over some days.
type Noise struct {
	Alert    string
	Episodes int
	Ended    int // of them, before the review
	Short    int // of those that ended, within 15 minutes
	Silenced int // that began under a silence
	Median   time.Duration
}

// Review counts episodes from firings: one ends where a step is missing. One that fires at the end has not ended.
func Review(firings []Firing, silences []Silence, step time.Duration, end time.Time) []Noise {
	byName, lengths := map[string]*Noise{}, map[string][]time.Duration{}
	for _, f := range firings {
		name := f.Labels["alertname"]
		n := byName[name]
		if n == nil {
			n = &Noise{Alert: name}
			byName[name] = n
		}
		for _, e := range episodes(f.At, step) {
			n.add(e, step, end)
			n.Silenced += silenced(f.Labels, e.began, silences)
			lengths[name] = append(lengths[name], e.length)
		}
	}
	var table []Noise
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		n := byName[name]
		n.Median = median(lengths[name])
		table = append(table, *n)
	}
	slices.SortStableFunc(table, func(a, b Noise) int { return cmp.Compare(b.Episodes, a.Episodes) })
	return table
}

type episode struct {
	began  time.Time
	length time.Duration
}

func episodes(at []int64, step time.Duration) (all []episode) {
	seconds := int64(step / time.Second)
	for i, t := range at {
		if i == 0 || t-at[i-1] > seconds+seconds/2 {
			all = append(all, episode{began: time.Unix(t, 0)})
		}
		last := &all[len(all)-1]
		last.length = time.Unix(t, 0).Sub(last.began) + step
	}
	return all
}

func (n *Noise) add(e episode, step time.Duration, end time.Time) {
	n.Episodes++
	if end.Sub(e.began.Add(e.length)) < step {
		return
	}
	n.Ended++
	if e.length <= short {
		n.Short++
	}
}

func silenced(l Labels, at time.Time, silences []Silence) int {
	for _, s := range silences {
		if !at.Before(s.Starts) && at.Before(s.Ends) && s.Covers(l) {
			return 1
		}
	}
	return 0
}

func median(all []time.Duration) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[(len(all)-1)/2]
}

// noisy: it fires often, and mostly ends before anybody could have done anything.
func (n Noise) noisy() bool { return n.Episodes >= 3 && 2*n.Short >= n.Episodes }

func noisyAlerts(f Facts, p Policy, _ time.Time) (found []report.Finding) {
	for _, n := range f.Noise {
		if n.noisy() && n.Alert != p.Watchdog && n.Alert != p.Canary.Alertname {
			found = append(found, report.Finding{
				Rule: "alert-noisy", Subject: f.Scope + "/noise/" + n.Alert, Severity: report.Info,
				Summary: fmt.Sprintf("%s fired %d times in %s; %s ended by itself within 15 min", n.Alert, n.Episodes, report.Number(p.Weekly.Days, "day"), share(n.Short, n.Episodes)),
				Detail:  "median length " + long(n.Median) + "; silenced " + share(n.Silenced, n.Episodes),
				Action:  "Tune it if that is less than a day's work; else add a card with the text of noise.md, or +1 the one there is, and speak for it at grooming.",
			})
		}
	}
	return found
}

func share(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%d %%", (100*part+whole/2)/whole)
}

// Card is the text of a card for the grooming meeting, in Markdown.
func Card(scope string, table []Noise, p Policy, step time.Duration, now time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Tune the alerts of %s\n\nWhat fired in the %s before %s.\n\n", cell(scope), report.Number(p.Weekly.Days, "day"), clock(now))
	b.WriteString("| alert | episodes | median length | ended within 15 min | silenced | tune? |\n|---|---|---|---|---|---|\n")
	for _, n := range table {
		if n.Alert == p.Watchdog || n.Alert == p.Canary.Alertname {
			continue
		}
		tune := ""
		if n.noisy() {
			tune = "yes"
		}
		fmt.Fprintf(&b, "| `%s` | %d | %s | %s | %s | %s |\n", cell(n.Alert), n.Episodes, long(n.Median), share(n.Short, n.Episodes), share(n.Silenced, n.Episodes), tune)
	}
	fmt.Fprintf(&b, "\nMeasured every %s by Prometheus' series ALERTS. \"Silenced\" knows the silences that Alertmanager still keeps.\n", long(step))
	return b.String()
}

// cell makes a text from outside harmless in a Markdown table.
func cell(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune("|`<>[]&", r) {
			return '?'
		}
		return r
	}, text)
}
