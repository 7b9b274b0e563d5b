package render

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Markdown writes a report as CommonMark, for who reads it later: all of it, whatever its length.
func Markdown(w io.Writer, r *report.Report) error {
	d := &document{Report: r}
	d.heading()
	d.findings()
	d.gaps()
	d.list("Accepted", acceptances(r))
	d.list("Left out", pairs(r.LeftOut))
	d.list("Gone since the report before", briefly(r.Gone, r.Now()))
	d.list("Hidden by what could not be read", briefly(r.Hidden, r.Now()))
	_, err := io.WriteString(w, strings.Join(d.paragraphs, "\n\n")+"\n")
	return err
}

type document struct {
	*report.Report
	paragraphs []string
}

func (d *document) add(format string, args ...any) {
	d.paragraphs = append(d.paragraphs, fmt.Sprintf(format, args...))
}

// lines adds a paragraph that keeps its lines, by CommonMark's hard breaks.
func (d *document) lines(mark, text string) {
	var kept []string
	for _, line := range lines(text) {
		kept = append(kept, mark+literal(line))
	}
	if len(kept) > 0 {
		d.add("%s", strings.Join(kept, "\\\n"))
	}
}

func (d *document) list(title string, items []string) {
	if len(items) > 0 {
		d.add("## %s", title)
		d.add("- %s", strings.Join(items, "\n- "))
	}
}

func (d *document) heading() {
	d.add("# %s: %s", Headline(d.Report), literal(name(d.Report)))
	d.add("%s", literal(verdict(d.Report)))
	d.add("%s", literal(examined(d.Report)))
	items := []string{
		fmt.Sprintf("Looked from %s to %s, by %s", d.Started.Format(time.RFC3339), d.Finished.Format(time.RFC3339), literal(d.Tool)),
	}
	if !d.AsOf.IsZero() {
		items = append(items, "Judged as of "+d.AsOf.Format(time.RFC3339)+", a replay")
	}
	if !d.Previous.IsZero() {
		items = append(items, "Compared with the report of "+d.Previous.Format(time.RFC3339))
	}
	if d.Policy != "" {
		items = append(items, "Policy, by its SHA-256: "+span(d.Policy))
	}
	if d.Runbook != "" {
		items = append(items, "Checklist: "+autolink(d.Runbook))
	}
	d.add("- %s", strings.Join(items, "\n- "))
}

func (d *document) findings() {
	if len(d.Findings) > 0 {
		d.add("## Findings")
	}
	for _, f := range d.Findings {
		d.add("### %s %s %s", strings.ToUpper(f.Severity.String()), span(f.Subject), literal(f.Rule))
		d.add("%s", literal(f.Summary))
		d.lines("> ", f.Detail)
		d.lines("→ ", f.Action)
		d.add("%s", strings.TrimSuffix(since(f, d.Now())+"; "+autolink(f.Link), "; "))
	}
}

func (d *document) gaps() {
	gaps := unread(d.Report)
	if len(gaps) > 0 {
		d.add("## Not read")
	}
	for _, g := range gaps {
		d.add("### %s", span(g.Subject))
		d.lines("", strings.Join(g.reasons, "\n"))
		d.lines("→ ", g.Action)
	}
}

func acceptances(r *report.Report) (items []string) {
	for _, a := range r.Accepted {
		items = append(items, fmt.Sprintf("%s, until %s by %s: %s", literal(accepted(a)), a.Until, literal(a.Owner), literal(a.Reason)))
	}
	return items
}

func pairs(left []report.LeftOut) (items []string) {
	for _, l := range left {
		items = append(items, span(l.Subject)+": "+literal(l.Reason))
	}
	return items
}

func briefly(findings []report.Finding, now time.Time) (items []string) {
	for _, f := range findings {
		items = append(items, fmt.Sprintf("%s %s: %s, %s", span(f.Subject), literal(f.Rule), literal(f.Summary), since(f, now)))
	}
	return items
}

// What Markdown would read as markup anywhere, and at the beginning of a line. CommonMark takes a
// backslash before any punctuation: https://spec.commonmark.org/0.31.2/#backslash-escapes
var (
	inline = regexp.MustCompile("[\\\\`*_{}\\[\\]<>#|~&!$]")
	begins = regexp.MustCompile(`^(?:[-+=]|[0-9]+[.)])`)
)

// literal makes text from outside harmless in Markdown: one line that is what it looks like.
func literal(text string) string {
	text = inline.ReplaceAllString(strings.TrimSpace(plain(text)), `\$0`)
	return begins.ReplaceAllStringFunc(text, func(mark string) string {
		last := len(mark) - 1
		return mark[:last] + `\` + mark[last:]
	})
}

// span is an identifier.
func span(text string) string {
	return "`" + strings.ReplaceAll(plain(text), "`", "'") + "`"
}

// autolink is an address that can be followed where it is one of the web.
func autolink(address string) string {
	if web := report.Web(address); web != "" {
		return "<" + web + ">"
	}
	return literal(address)
}
