package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// write fills the folder: report/report.json, summary.md and events/<account>/<event ID>.json.
func (b *batch) write(folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	r := b.report()
	var document, summary bytes.Buffer
	if err := r.Encode(&document); err != nil {
		return err
	}
	if err := render.Markdown(&summary, r); err != nil {
		return err
	}
	files := map[string][]byte{"report/report.json": document.Bytes(), "summary.md": summary.Bytes()}
	for _, f := range b.findings {
		if files["events/"+f.Subject+".json"], err = event(f, b.records[f.Subject]); err != nil {
			return err
		}
	}
	for name, text := range files {
		if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
			return err
		}
		if err := root.WriteFile(name, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// event is a finding with the record that it is about. The subject of both is safe as a path: trail makes it
// of digits, letters and dashes alone, whatever a record says.
func event(f report.Finding, record []byte) ([]byte, error) {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	err := e.Encode(struct {
		Finding report.Finding  `json:"finding"`
		Event   json.RawMessage `json:"event"`
	}{f, record})
	return text.Bytes(), err
}

// report tells the batch, as of the check that found it.
func (b *batch) report() *report.Report {
	r := &report.Report{
		Check:   "cloudtrail",
		Title:   "No AWS login is nobody's and no guarded change foreign, that was not told before",
		Scope:   b.source.scope(),
		Runbook: "https://cloud.gov/docs/ops/maintenance-list/#review-aws-cloudtrail-events",
		Tool:    "resources/cloudtrail",
		Started: b.Through.Time, Finished: b.Through.Time,
		Findings: b.findings,
		LeftOut:  b.source.policy().LeftOut(),
	}
	r.Examine("accounts", 1) // its version says that all of it was looked at
	if n := b.unlisted(); n > 0 {
		r.Miss(b.source.AccountID, fmt.Sprintf("%d anomalies are more than a version can list", n), "Run tasks/cloudtrail: it tells all.")
	}
	if len(b.source.Regions) > 0 {
		r.LeaveOut("other regions", "regions names only "+strings.Join(b.source.Regions, ", "))
	}
	return r
}
