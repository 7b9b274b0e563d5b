package stemcell

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// end looks at a line itself: nobody publishes for a line that has ended, so its newest stemcell is
// no answer.
func (j *judge) end(name string) {
	if ended := j.policy.ended(name, j.now); ended != nil {
		j.find("line-ended", report.High, OS(name),
			fmt.Sprintf("%s has had no security updates since %s; it is used by %s", OS(name), ended.Date, j.users(name)),
			action("Move them to a line that is maintained."))
		return
	}
	line, published := j.lines[name]
	if !published {
		return
	}
	switch last := line.latest(); {
	case last.Date.IsZero():
		j.find("line-undated", report.Info, OS(name),
			fmt.Sprintf("nobody knows when %s %s was published, so nobody would notice that the line falls silent", OS(name), last.Version),
			action("Give its date in a DATES_FILE."))
	case j.now.Sub(last.Date) > days(j.policy.SilenceDays):
		j.find("line-silent", report.Warning, OS(name),
			fmt.Sprintf("no %s stemcell was published since %s (%s); it is used by %s",
				OS(name), day(last.Date), report.Number(age(last.Date, j.now), "day"), j.users(name)),
			action("Ask whether the line has ended, and whether BOSH_IO_URL answers with today's list."))
	}
}

// ended is the end of a line that is over, or nil.
func (p Policy) ended(line string, now time.Time) *LineEnd {
	for i, e := range p.EndOfLife {
		if e.Line.Match(line) && e.Date.Over(now) {
			return &p.EndOfLife[i]
		}
	}
	return nil
}

// users run or list a line.
func (j *judge) users(line string) string {
	var names []string
	for _, d := range j.fleet.Deployments {
		if slices.Contains(d.lines(), line) || slices.Contains(linesOf(d.VMs), line) {
			names = append(names, d.Name)
		}
	}
	slices.Sort(names)
	if j.fleet.directorLine() == line {
		names = append(names, "the director's own VM")
	}
	return strings.Join(names, ", ")
}
