package render

import (
	"fmt"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Change is how a line stands now beside what its thread said before.
type Change struct {
	Before string           // the status then
	New    []report.Finding // warnings and worse
	Gaps   []report.Gap     // new too
	Gone   []report.Finding // those whose names are known
	Others int              // gone too, of which only the number is known
}

// maxReply is how much of each kind a reply names: the message that it replies to names all.
const maxReply = 5

// Reply writes a change as a short message for the line's thread.
func Reply(post Post, c Change) Message {
	p := &sheet{Post: post}
	blocks := []Block{section(p.turn(c))}
	for _, said := range []string{p.calls(), strings.Join(p.beside(), "\n")} {
		if said != "" {
			blocks = append(blocks, section(said))
		}
	}
	if p.Detail == Full {
		blocks = append(blocks, p.some(p.fresh(c), maxReply, roomGaps, "new")...)
		if p.Report != nil {
			blocks = append(blocks, p.some(p.namesOf(c.Gone, p.Report), maxReply, roomGone, "gone")...)
		}
	}
	if links := p.links(); links != "" {
		blocks = append(blocks, context(links))
	}
	return p.message(blocks)
}

// turn is the status beside the one before, and how much is new and gone.
func (p *sheet) turn(c Change) string {
	said := p.mark() + " *" + p.prose(p.Status(), 100) + "*"
	switch c.Before {
	case "":
	case p.Status():
		said += ", as before"
	default:
		said += ", was " + p.prose(c.Before, 100)
	}
	var numbers []string
	if n := len(c.New); n > 0 {
		numbers = append(numbers, fmt.Sprintf("%d new", n))
	}
	if n := len(c.Gaps); n > 0 {
		numbers = append(numbers, report.Number(n, "place")+" not read")
	}
	if n := len(c.Gone) + c.Others; n > 0 {
		numbers = append(numbers, fmt.Sprintf("%d gone", n))
	}
	if len(numbers) > 0 {
		said += ": " + strings.Join(numbers, ", ")
	}
	return said
}

// fresh names what is new.
func (p *sheet) fresh(c Change) (texts []string) {
	for _, f := range c.New {
		texts = append(texts, fmt.Sprintf("*%s*  %s  %s\n%s", strings.ToUpper(f.Severity.String()), p.code(f.Subject, 150), p.prose(f.Rule, 80), p.prose(f.Summary, 300)))
	}
	for _, g := range c.Gaps {
		texts = append(texts, fmt.Sprintf("*NOT READ*  %s\n%s", p.code(g.Subject, 150), p.prose(g.Reason, 300)))
	}
	return texts
}
