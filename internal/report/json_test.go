package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// full has something in every field.
func full() *report.Report {
	found := report.Finding{
		Rule: "vm-behind", Subject: "production/cf", Severity: report.High, Summary: "3 VMs are <behind> & late", Detail: "a\nb",
		Action: "Deploy cf.", Link: "https://example.com/?a=1&b=2", Attributes: map[string]string{"line": "jammy"}, Since: day(20),
	}
	mild := found
	mild.Severity, mild.Since, mild.Attributes = report.Info, time.Time{}, nil
	return &report.Report{
		Schema: report.Schema, Check: "stemcells", Title: "Every VM is current", Scope: "production", Runbook: "https://example.com",
		Tool: "stemcells v1.2.3", Started: day(24), Finished: day(24).Add(time.Minute), Policy: strings.Repeat("0123456789abcdef", 4),
		Examined: []report.Count{{What: "VMs", Number: 52}}, Seen: []report.Count{{What: "locks", Number: 0}},
		Findings: []report.Finding{found, mild}, Gaps: []report.Gap{{Subject: "production/uaa", Reason: "timed out", Action: "Run it again."}},
		Accepted: []report.Accepted{by(exception("*", "*"), found), by(exception("gap", "*"), unread)},
		LeftOut:  []report.LeftOut{{Subject: "orphaned VMs", Reason: "need bosh.admin"}},
		Gone:     []report.Finding{mild}, Hidden: []report.Finding{found}, Previous: day(23), AsOf: day(22),
	}
}

func encoded(t *testing.T, r *report.Report) string {
	var text bytes.Buffer
	require.NoError(t, r.Encode(&text))
	return text.String()
}

func TestRoundTrip(t *testing.T) {
	text := encoded(t, full())
	back, err := report.Decode(strings.NewReader(text))
	require.NoError(t, err)
	require.Equal(t, full(), back)
	require.Equal(t, text, encoded(t, back))
}

func TestEncodeIsForPeopleToo(t *testing.T) {
	text := encoded(t, full())
	require.True(t, strings.HasPrefix(text, "{\n  \"status\": \"unknown\",\n"), "the status comes first")
	require.Contains(t, text, `"3 VMs are <behind> & late"`)
	require.Contains(t, text, `"https://example.com/?a=1&b=2"`)
	empty := encoded(t, &report.Report{Check: "mfa"})
	require.NotContains(t, empty, "null", "a list without items is a list")
	require.Contains(t, empty, `"schema": 1`)
}

// Marshal is what a reader of many reports uses: it must write the same.
func TestMarshalIsEncode(t *testing.T) {
	text, err := json.Marshal(full())
	require.NoError(t, err)
	require.JSONEq(t, encoded(t, full()), string(text))
}

func TestDecodeIgnoresTheStoredStatusAndUnknownKeys(t *testing.T) {
	text := strings.Replace(encoded(t, full()), `"status": "unknown"`, `"status": "clean", "from_a_newer_writer": {}`, 1)
	r, err := report.Decode(strings.NewReader(text))
	require.NoError(t, err)
	require.Equal(t, report.Unknown, r.Status())
}

func TestDecodeRefuses(t *testing.T) {
	good := encoded(t, full())
	without := func(key string) string { return strings.Replace(good, `"`+key+`"`, `"_"`, 1) }
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "parse report: unexpected end of JSON input"},
		{"half of it", good[:len(good)/2], "parse report: unexpected end of JSON input"},
		{"a page of HTML", "<html>", "parse report: invalid character '<'"},
		{"two reports", good + good, "parse report: invalid character '{' after top-level value"},
		{"null", "null", "report has schema 0, this program reads 1"},
		{"a list", "[]", "parse report: it is a JSON array, not an object"},
		{"another schema", strings.Replace(good, `"schema": 1`, `"schema": 2`, 1), "report has schema 2, this program reads 1"},
		{"no check", without("check"), "report names no check or no start"},
		{"no start", without("started"), "report names no check or no start"},
		{"no findings", without("findings"), "report lacks examined, findings or gaps"},
		{"no gaps", without("gaps"), "report lacks examined, findings or gaps"},
		{"nothing examined", without("examined"), "report lacks examined, findings or gaps"},
		{"an unknown severity", strings.Replace(good, `"high"`, `"dire"`, 1), `severity "dire" is none of info, warning, high`},
		{"an acceptance of nothing", strings.Replace(good, `"finding"`, `"_"`, 1), "report accepts neither or both of finding and gap in accepted[0]"},
		{"no day", strings.Replace(good, `"until": "2026-08-24"`, `"until": "some day"`, 1), `wants a date such as 2026-12-31, not "some day"`},
		{"too large", good + strings.Repeat(" ", report.MaxSize), "report is larger than 16777216 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := report.Decode(strings.NewReader(c.text))
			require.ErrorContains(t, err, c.want)
			require.Nil(t, r)
		})
	}
	_, err := report.Decode(iotest.ErrReader(errors.New("disk on fire")))
	require.EqualError(t, err, "read report: disk on fire")
}

func TestDecodeTakesALargeReport(t *testing.T) {
	good := encoded(t, full())
	_, err := report.Decode(strings.NewReader(good + strings.Repeat(" ", report.MaxSize-len(good))))
	require.NoError(t, err)
}

// FuzzDecode: what is decoded can be asked anything, and is the same when written and read again.
func FuzzDecode(f *testing.F) {
	f.Add(encodedSeed(full()))
	f.Add(encodedSeed(&report.Report{Check: "mfa", Started: day(1)}))
	f.Add([]byte(`{"schema":1,"check":"x","started":"2026-08-24T00:00:00Z","accepted":[{}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := report.Decode(bytes.NewReader(text))
		if err != nil {
			return
		}
		status := r.Status()
		var again bytes.Buffer
		require.NoError(t, r.Encode(&again))
		back, err := report.Decode(&again)
		require.NoError(t, err)
		require.Equal(t, status, back.Status())
		now := &report.Report{Started: r.Now()}
		now.Compare(back)
		now.Accept([]report.Exception{exception("*", "*")})
	})
}

func encodedSeed(r *report.Report) []byte {
	text, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	return text
}
