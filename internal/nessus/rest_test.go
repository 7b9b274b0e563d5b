package nessus_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/nessus"
)

func TestParsePropertiesSays(t *testing.T) {
	s, err := nessus.ParseProperties([]byte(`{"server_version":"10.8.3","loaded_plugin_set":"202611220914","expiration":1800000000,"license":{"expiration_date":1790000000}}`))
	require.NoError(t, err)
	require.Equal(t, nessus.Server{Version: "10.8.3", Plugins: time.Date(2026, 11, 22, 9, 14, 0, 0, time.UTC), Expires: time.Unix(1790000000, 0).UTC()}, *s, "the sooner end counts")
}

func TestParseRefuses(t *testing.T) {
	const html = "<!DOCTYPE html><html>Sign in</html>"
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"status: HTML":              {nessus.ParseStatus([]byte(html)), "a page of HTML"},
		"status: empty":             {nessus.ParseStatus(nil), "is empty"},
		"status: other":             {nessus.ParseStatus([]byte(`{}`)), "has no status"},
		"status: loading":           {nessus.ParseStatus([]byte(`{"status":"loading","progress":42}`)), "loading, 42 %"},
		"properties: plugins -1":    {failure(nessus.ParseProperties([]byte(`{"loaded_plugin_set":"-1","expiration":1800000000}`))), "when the plugins were made"},
		"properties: no plugins":    {failure(nessus.ParseProperties([]byte(`{"expiration":1800000000}`))), "when the plugins were made"},
		"properties: no licence":    {failure(nessus.ParseProperties([]byte(`{"loaded_plugin_set":"202611220914"}`))), "when the licence ends"},
		"scans: null":               {failure(nessus.ParseScans([]byte(`{"folders":[],"scans":null,"timestamp":1454368895}`))), "list of scans is empty"},
		"scans: another object":     {failure(nessus.ParseScans([]byte(`{"error":"x"}`))), "no list of scans"},
		"scans: no name":            {failure(nessus.ParseScans([]byte(`{"scans":[{"id":1}],"timestamp":1}`))), "a scan 1 with the name"},
		"details: another object":   {failure(nessus.ParseDetails([]byte(`{}`))), "no status of the scan"},
		"details: run without ID":   {failure(nessus.ParseDetails([]byte(`{"info":{"status":"completed"},"history":[{"status":"completed"}]}`))), "a run 0"},
		"details: cut":              {failure(nessus.ParseDetails([]byte(`{"info":`))), "no JSON of Nessus"},
		"export: neither":           {exportFailure(`{}`), "neither a token nor a file"},
		"export status: error":      {readyFailure(`{"status":"error"}`), `its status is "error"`},
		"export status: never seen": {readyFailure(`{"status":"cancelled"}`), `its status is "cancelled"`},
	} {
		t.Run(name, func(t *testing.T) { require.ErrorContains(t, c.err, c.want) })
	}
}

func failure[T any](_ T, err error) error { return err }

func exportFailure(body string) error {
	_, _, err := nessus.ParseExport([]byte(body))
	return err
}

func readyFailure(body string) error {
	_, err := nessus.ParseExportStatus([]byte(body))
	return err
}

// Nessus' own answers, where they are at hand.
func TestParseSamples(t *testing.T) {
	list, errList := os.ReadFile(filepath.Join("..", "..", "..", "shared", "samples", "services", "nessus_rest_scans_list.json"))
	details, errDetails := os.ReadFile(filepath.Join("..", "..", "..", "shared", "samples", "services", "nessus_rest_scan_details.json"))
	if errList != nil || errDetails != nil {
		t.Log("without real answers")
		return
	}
	t.Log("with a real list and a real scan")
	scans, err := nessus.ParseScans(list)
	require.NoError(t, err)
	require.Equal(t, []nessus.Listed{{ID: 36, Name: "test"}}, scans, "a fresh scan, without dates and rules")
	d, err := nessus.ParseDetails(details)
	require.NoError(t, err)
	completed, before, newest := nessus.Newest(d.Runs)
	require.Equal(t, []int64{39, 38, 39}, []int64{completed.ID, before.ID, newest.ID})
	require.Equal(t, 1, d.Hosts)
}

func TestNewest(t *testing.T) {
	run := func(id int64, status string, day int) nessus.Run {
		return nessus.Run{ID: id, Status: status, Started: time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC)}
	}
	ids := func(runs ...nessus.Run) (ids [3]int64) {
		completed, before, newest := nessus.Newest(runs)
		for i, r := range []*nessus.Run{completed, before, newest} {
			if r != nil {
				ids[i] = r.ID
			}
		}
		return ids
	}
	require.Equal(t, [3]int64{}, ids())
	require.Equal(t, [3]int64{0, 0, 1}, ids(run(1, "running", 1)))
	require.Equal(t, [3]int64{2, 1, 3}, ids(run(3, "aborted", 3), run(1, "completed", 1), run(2, "imported", 2)))
	require.Equal(t, [3]int64{2, 1, 2}, ids(run(2, "completed", 2), run(0, "completed", 0), run(1, "completed", 1)))
	require.Equal(t, [3]int64{5, 4, 5}, ids(run(4, "completed", 1), run(5, "completed", 1)), "of the same time, the higher number")
	require.Equal(t, [3]int64{0, 0, 1}, ids(run(1, "canceled", 1)))
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"folders":[],"scans":[{"id":1,"name":"x","rrules":null,"enabled":true}],"timestamp":1}`))
	f.Add([]byte(`{"info":{"status":"completed","hostcount":3},"history":[{"history_id":1,"status":"completed","creation_date":1,"last_modification_date":2}]}`))
	f.Add([]byte(`{"loaded_plugin_set":"202611220914","expiration":1800000000}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if scans, err := nessus.ParseScans(body); err == nil {
			require.NotEmpty(t, scans)
		}
		if d, err := nessus.ParseDetails(body); err == nil {
			require.NotEmpty(t, d.Status)
			nessus.Newest(d.Runs)
		}
		if s, err := nessus.ParseProperties(body); err == nil {
			require.False(t, s.Plugins.IsZero() || s.Expires.IsZero())
		}
		_ = nessus.ParseStatus(body)
		_, _, _ = nessus.ParseExport(body)
		_, _ = nessus.ParseExportStatus(body)
	})
}
