package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Post is what a Slack message tells: a report, what a hook says of a build, or both.
type Post struct {
	Report  *report.Report // nil when there is none
	Missing string         // why there is none, although one was due
	Alert   Alert          // what the hook says; a report knows better, unless it is clean
	Text    string         // the pipeline's own words
	Detail  Detail
	Build   Build

	Calls    []Mention // who is to look
	Uncalled string    // why who is on support is not among them, although that was asked for
}

// Build is where a message comes from.
type Build struct {
	Name string // "checklist/stemcells #12"
	Link string // its page; empty when unknown
}

// Slack writes a post as a message.
func Slack(post Post) Message {
	p := &sheet{Post: post}
	blocks := []Block{header(p.prose(p.mark()+" "+p.heading(), maxHeader))}
	for _, said := range []string{p.calls(), p.said()} {
		if said != "" {
			blocks = append(blocks, section(said))
		}
	}
	if p.Report != nil {
		blocks = append(blocks, p.findings()...)
		blocks = append(blocks, p.gaps()...)
		blocks = append(blocks, p.gone()...)
		blocks = append(blocks, context(p.prose(strings.Join(p.looked(), " "), 1000)))
	}
	if links := p.links(); links != "" {
		blocks = append(blocks, context(links))
	}
	return p.message(blocks)
}

// heading is the status in words and what it is about.
func (p Post) heading() string {
	about := plain(p.Build.Name)
	if p.Report != nil {
		about = name(p.Report)
	}
	return strings.TrimSuffix(p.Status()+"  "+about, "  ")
}

func (p Post) notification() string {
	text := p.heading()
	if p.Report != nil && p.Report.Status() != report.Clean {
		text += ": " + tally(p.Report)
	}
	return text
}

// said is the line of the checklist, and what stands beside the report.
func (p *sheet) said() string {
	var said []string
	if p.Report != nil {
		said = append(said, p.prose(verdict(p.Report), 300))
		if !p.Report.AsOf.IsZero() {
			said = append(said, "Judged as of "+p.Report.AsOf.Format("2006-01-02 15:04 MST")+", a replay.")
		}
	}
	return strings.Join(append(said, p.beside()...), "\n")
}

// beside is what is odd about the report, and the pipeline's words.
func (p *sheet) beside() (said []string) {
	if p.Missing != "" {
		said = append(said, "No report: "+p.prose(p.Missing, 500))
	}
	if p.Overruled() {
		said = append(said, "The report is clean: another step of the build went wrong.")
	}
	if p.Text != "" {
		said = append(said, p.paragraph(p.Text, maxText))
	}
	return said
}

func (p *sheet) gaps() []Block {
	gaps := unread(p.Report)
	if len(gaps) == 0 {
		return nil
	}
	if p.Detail != Full {
		return []Block{section(fmt.Sprintf("*NOT READ*  %s", report.Number(len(gaps), "place")))}
	}
	var texts []string
	for _, g := range gaps {
		text := fmt.Sprintf("*NOT READ*  %s\n%s", p.code(g.Subject, 150), p.paragraph(strings.Join(g.reasons, "\n"), 500))
		if g.Action != "" {
			text += "\n→ " + p.prose(g.Action, 400)
		}
		texts = append(texts, text)
	}
	return p.some(texts, maxGaps, roomGaps, "places that could not be read, on the build's page")
}

// gone tells what was fixed, where that is the news.
func (p *sheet) gone() []Block {
	r := p.Report
	if !p.Fixed() || len(r.Gone) == 0 || p.Detail == Counts {
		return nil
	}
	if p.Detail == Summary {
		return p.some(p.byRule(r.Gone, r), maxFindings, roomGone, "rules")
	}
	return p.some(p.namesOf(r.Gone, r), maxFindings, roomGone, "gone")
}

func (p *sheet) namesOf(gone []report.Finding, r *report.Report) (texts []string) {
	for _, f := range gone {
		texts = append(texts, fmt.Sprintf("Gone: %s  %s, %s", p.code(f.Subject, 150), p.prose(f.Rule, 80), since(f, r.Now())))
	}
	return texts
}

// looked is the proof that somebody looked, and what was set aside.
func (p Post) looked() []string {
	r := p.Report
	said := []string{examined(r)}
	for _, aside := range []struct {
		number int
		what   string
	}{
		{len(r.Gone), "gone since the report before."},
		{len(r.Hidden), "hidden by what could not be read."},
		{len(r.Accepted), "accepted by exceptions."},
		{len(r.LeftOut), "left out by parameters."},
	} {
		if aside.number > 0 {
			said = append(said, fmt.Sprintf("%d %s", aside.number, aside.what))
		}
	}
	return said
}

func (p *sheet) links() string {
	var links []string
	if p.Build.Name != "" || p.Build.Link != "" {
		links = append(links, p.anchor(p.Build.Link, strings.TrimSpace("Build "+p.Build.Name)))
	}
	if p.Report != nil && p.Report.Runbook != "" {
		links = append(links, p.anchor(p.Report.Runbook, "Checklist"))
	}
	return strings.Join(slices.DeleteFunc(links, func(l string) bool { return l == "" }), "  ·  ")
}
