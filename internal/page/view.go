package page

import (
	"cmp"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/digest"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// view is a grid as the page shows it: the newest day first, so that a phone shows it without scrolling.
type view struct {
	digest.Grid
	Morning      morning
	Months       []month
	Dates        []date
	Environments []environment
	Signs        []sign
}

type month struct {
	Name string
	Days int
}

type date struct{ Day, Weekday, Number string }

// environment is a group of boxes.
type environment struct {
	Name  string
	Clean int
	Boxes []box
}

// box is one row.
type box struct {
	digest.Row
	Now    sign
	Newest string // the newest build's page, else the pipeline's
	Marks  []mark
}

// mark is one day of one box.
type mark struct {
	sign
	Label, Link string
}

func newView(g digest.Grid) view {
	v := view{Grid: g, Signs: signs}
	days := slices.Clone(g.Days)
	slices.Reverse(days)
	for _, day := range days {
		v.addDay(day)
	}
	var boxes []box
	for _, r := range g.Rows {
		boxes = append(boxes, newBox(r, days))
	}
	v.Morning = newMorning(g, boxes)
	v.Environments = group(boxes)
	return v
}

func (v *view) addDay(day string) {
	name, d := "", date{Day: day, Number: day}
	if t, err := time.Parse(time.DateOnly, day); err == nil {
		name, d = t.Format("January 2006"), date{day, t.Format("Mon")[:2], t.Format("2")}
	}
	v.Dates = append(v.Dates, d)
	if last := len(v.Months) - 1; last >= 0 && v.Months[last].Name == name {
		v.Months[last].Days++
	} else {
		v.Months = append(v.Months, month{name, 1})
	}
}

func newBox(r digest.Row, days []string) box {
	b := box{Row: r, Now: signOf(r.Now), Newest: r.Link}
	for _, day := range days {
		b.Marks = append(b.Marks, newMark(r, day))
	}
	if len(b.Marks) > 0 && b.Marks[0].Link != "" {
		b.Newest = b.Marks[0].Link
	}
	return b
}

// newMark finds the day by its name: a row that lacks it must not move the days beside it.
func newMark(r digest.Row, day string) mark {
	i := slices.IndexFunc(r.Cells, func(c digest.Cell) bool { return c.Day == day })
	if i < 0 {
		return mark{signOf(digest.Unknown), day + ": nothing is known of this day", ""}
	}
	c, s, runs := r.Cells[i], signOf(r.Cells[i].State), ""
	if c.Runs > 1 {
		runs = report.Number(c.Runs, "run")
	}
	return mark{s, day + ": " + sentence(", ", s.Word, c.Note, runs), c.Link}
}

// group puts the boxes of an environment together, the environments in the order in which they come.
func group(boxes []box) (all []environment) {
	for _, b := range boxes {
		i := slices.IndexFunc(all, func(e environment) bool { return e.Name == b.Environment })
		if i < 0 {
			i, all = len(all), append(all, environment{Name: b.Environment})
		}
		all[i].Boxes = append(all[i].Boxes, b)
		if b.Now.State == digest.Clean {
			all[i].Clean++
		}
	}
	return all
}

// Columns is how many there are in the table.
func (v view) Columns() int { return 3 + len(v.Dates) }

// Ordered are the findings, the worst first.
func (v view) Ordered() []report.Finding {
	ordered := slices.Clone(v.Findings)
	slices.SortStableFunc(ordered, func(a, b report.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	return ordered
}
