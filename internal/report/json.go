package report

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// JSONSchema describes report.json for readers in other languages (JSON Schema 2020-12).
//
//go:embed schema.json
var JSONSchema []byte

type plain Report // without MarshalJSON

// form is a report with its status.
type form struct {
	Status Status `json:"status"`
	plain
}

// MarshalJSON adds the status for readers that do not derive it, and writes empty lists as [].
func (r Report) MarshalJSON() ([]byte, error) { return json.Marshal(r.form()) }

func (r Report) form() form {
	r.Schema = Schema
	r.Examined, r.Seen = orEmpty(r.Examined), orEmpty(r.Seen)
	r.Findings, r.Gaps = orEmpty(r.Findings), orEmpty(r.Gaps)
	r.Accepted, r.LeftOut = orEmpty(r.Accepted), orEmpty(r.LeftOut)
	r.Gone, r.Hidden = orEmpty(r.Gone), orEmpty(r.Hidden)
	return form{r.Status(), plain(r)}
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Encode writes report.json.
func (r *Report) Encode(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(r.form())
}

// Decode reads a report.json. Keys that it does not know are ignored, so that an older reader can read a
// newer writer of the same schema; the stored status is ignored because it is derived.
func Decode(from io.Reader) (*Report, error) {
	body, err := io.ReadAll(io.LimitReader(from, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("read report: %w", err)
	}
	if len(body) > MaxSize {
		return nil, fmt.Errorf("report is larger than %d bytes", MaxSize)
	}
	r := new(Report)
	if err := json.Unmarshal(body, r); err != nil {
		return nil, fmt.Errorf("parse report: %w", Misread(err))
	}
	if r.Schema != Schema {
		return nil, fmt.Errorf("report has schema %d, this program reads %d", r.Schema, Schema)
	}
	if r.Check == "" || r.Started.IsZero() {
		return nil, errors.New("report names no check or no start")
	}
	if r.Examined == nil || r.Findings == nil || r.Gaps == nil {
		return nil, errors.New("report lacks examined, findings or gaps: its status cannot be known")
	}
	for i, a := range r.Accepted {
		if (a.Finding == nil) == (a.Gap == nil) {
			return nil, fmt.Errorf("report accepts neither or both of finding and gap in accepted[%d]", i)
		}
	}
	return r, nil
}
