// Package page shows the whole checklist on one static page of HTML: this morning, and each box on each of its last
// days. It is read on a phone and printed by the auditor, so it loads nothing, needs no script, and says in words and
// signs all that it says in colours.
package page

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/digest"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

var (
	//go:embed page.html
	markup string
	//go:embed page.css
	style string

	layout = template.Must(template.New("page").Funcs(template.FuncMap{
		"style":    func() template.CSS { return template.CSS(style) },
		"policy":   func() template.HTMLAttr { return policy },
		"web":      report.Web,
		"sentence": sentence,
	}).Parse(markup))
)

// policy lets the browser take our own style and nothing else, whatever a report may have smuggled in.
// https://www.w3.org/TR/CSP3/#framework-directive-source-list
var policy = func() template.HTMLAttr {
	sum := sha256.Sum256([]byte(style))
	return template.HTMLAttr(fmt.Sprintf(`content="default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"`,
		base64.StdEncoding.EncodeToString(sum[:])))
}()

// HTML writes the page. Only w can make it fail. The whole page is made plain, so that no field can be forgotten; entities cannot
// bring back what that takes away, as the template escapes the ampersand of what it is given.
func HTML(w io.Writer, g digest.Grid) error {
	var b strings.Builder
	if err := layout.Execute(&b, newView(g)); err != nil {
		return fmt.Errorf("lay out the page: %w", err)
	}
	_, err := io.WriteString(w, report.Plain(b.String()))
	return err
}
