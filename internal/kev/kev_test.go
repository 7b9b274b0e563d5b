package kev_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/kev"
)

const small = `{"catalogVersion": "2026.11.20", "dateReleased": "2026-11-20T17:04:19.9796Z", "count": 1, "vulnerabilities": [
{"cveID": "CVE-2024-1086", "vendorProject": "Linux", "product": "Kernel", "vulnerabilityName": "Use after free", "dateAdded": "2024-05-30", "dueDate": "2024-06-20", "requiredAction": "Mitigate"}]}`

func TestParse(t *testing.T) {
	c, err := kev.Parse([]byte(small))
	require.NoError(t, err)
	require.Equal(t, time.Date(2026, 11, 20, 17, 4, 19, 979600000, time.UTC), c.Released, "a fraction of four digits")
	e, found := c.Find("CVE-2024-1086")
	require.True(t, found)
	require.Equal(t, "2024-06-20", e.Due.String())
	_, found = c.Find("CVE-2024-1087")
	require.False(t, found)
}

func TestParseRefuses(t *testing.T) {
	for name, document := range map[string]string{
		"nothing":         "",
		"HTML":            "<html><body>Access Denied</body></html>",
		"another object":  `{"title": "hello"}`,
		"cut":             small[:len(small)-20],
		"fewer than told": `{"dateReleased": "2026-11-20T17:04:19.9796Z", "count": 2, "vulnerabilities": []}`,
		"an entry empty":  `{"dateReleased": "2026-11-20T17:04:19.9796Z", "count": 1, "vulnerabilities": [{}]}`,
		"a broken date":   `{"dateReleased": "2026-11-20T17:04:19.9796Z", "count": 1, "vulnerabilities": [{"cveID": "CVE-1-1", "dateAdded": "soon"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := kev.Parse([]byte(document))
			require.Error(t, err)
		})
	}
}

// The samples hold an excerpt of the real catalogue, where they are at hand.
func TestParseReal(t *testing.T) {
	document, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "samples", "services", "cisa_kev_excerpt.json"))
	if err != nil {
		t.Log("without the real excerpt")
		return
	}
	t.Log("with the real excerpt")
	c, err := kev.Parse(document)
	require.NoError(t, err)
	require.NotEmpty(t, c.Entries)
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(`{"dateReleased": 1, "count": "2"}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		if c, err := kev.Parse(document); err == nil && c.Released.IsZero() {
			t.Error("a catalogue without a release")
		}
	})
}
