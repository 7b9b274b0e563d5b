package report_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// No error of encoding/json shows a reader the types of a program.
func TestMisread(t *testing.T) {
	type row struct {
		ID    int64             `json:"id"`
		Name  string            `json:"name"`
		Open  bool              `json:"open"`
		Share float64           `json:"share"`
		At    time.Time         `json:"at"`
		Tags  map[string]string `json:"tags"`
	}
	type document struct {
		Rows []row `json:"rows"`
	}
	for text, want := range map[string]string{
		`[]`:                           "it is a JSON array, not an object",
		`"x"`:                          "it is a JSON string, not an object",
		`{"rows":{}}`:                  "rows is a JSON object, not an array",
		`{"rows":[7]}`:                 "rows is a JSON number, not an object",
		`{"rows":[{"id":"7"}]}`:        "rows.id is a JSON string, not a whole number",
		`{"rows":[{"id":1e999}]}`:      "rows.id is a JSON number, not a whole number",
		`{"rows":[{"name":[]}]}`:       "rows.name is a JSON array, not a string",
		`{"rows":[{"open":1}]}`:        "rows.open is a JSON number, not a bool",
		`{"rows":[{"share":true}]}`:    "rows.share is a JSON bool, not a number",
		`{"rows":[{"tags":{"a":[]}}]}`: "rows.tags is a JSON array, not a string",
		`<html>`:                       "invalid character '<' looking for beginning of value",
		``:                             "unexpected end of JSON input",
	} {
		require.EqualError(t, report.Misread(json.Unmarshal([]byte(text), new(document))), want, text)
	}
	require.EqualError(t, report.Misread(fmt.Errorf("read: %w", io.EOF)), "it is empty")
	other := errors.New("refused")
	require.Equal(t, other, report.Misread(other))
	require.NoError(t, report.Misread(nil))
}
