package slack

import (
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// page shows the messages, the newest first: to a browser much as Slack does, to others as text.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	all := s.Messages()
	slices.Reverse(all)
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = looks.Execute(w, all)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintf(w, "Messages in Slack's stand-in: %d. The newest comes first.\n", len(all))
	for _, m := range all {
		fmt.Fprintf(w, "\n%s  %s  by %s\n\n%s\n", m.At.Format(time.RFC3339), m.Channel, m.Way, m.Words())
		for _, reply := range m.Replies {
			fmt.Fprintf(w, "\n    %s  in the thread\n\n    %s\n", reply.At.Format(time.RFC3339), strings.ReplaceAll(reply.Words(), "\n", "\n    "))
		}
	}
}

//go:embed page.html
var layout string

var looks = template.Must(template.New("page").Funcs(template.FuncMap{"shown": words.html}).Parse(layout))

// Part is a block as the page shows it.
type Part struct {
	Type  string
	Words []words
}

// Shown are the message's blocks, or its text where there are none.
func (m Message) Shown() (all []Part) {
	for _, b := range m.Blocks {
		all = append(all, Part{b.Type, b.all()})
	}
	if len(all) == 0 {
		return []Part{{"section", m.shown()}}
	}
	return all
}

var (
	bold  = regexp.MustCompile(`(^|[\s(>])\*([^*\n]+)\*`)
	slant = regexp.MustCompile(`(?m)(^|[\s(>])_([^_\n]+)_($|[\s.,;)<])`)
	fixed = regexp.MustCompile("`([^`\n]+)`")
)

// html is what Slack makes of its markup: bold, slanted, fixed, links, mentions and lines.
func (w words) html() template.HTML {
	safe := func(text string) string { return template.HTMLEscapeString(escapes.Replace(text)) }
	if w.Type != "mrkdwn" {
		return template.HTML(template.HTMLEscapeString(w.Text))
	}
	var text strings.Builder
	rest := w.Text
	for {
		place := special.FindStringIndex(rest)
		if place == nil {
			break
		}
		address, label, labelled := strings.Cut(rest[place[0]+1:place[1]-1], "|")
		if !labelled {
			label = address
		}
		text.WriteString(safe(rest[:place[0]]))
		if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
			fmt.Fprintf(&text, `<a href="%s">%s</a>`, safe(address), safe(label))
		} else {
			fmt.Fprintf(&text, `<mark>%s</mark>`, safe(label))
		}
		rest = rest[place[1]:]
	}
	text.WriteString(safe(rest))
	shown := slant.ReplaceAllString(bold.ReplaceAllString(text.String(), "$1<b>$2</b>"), "$1<i>$2</i>$3")
	return template.HTML(strings.ReplaceAll(fixed.ReplaceAllString(shown, "<code>$1</code>"), "\n", "<br>"))
}
