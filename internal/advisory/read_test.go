package advisory_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/advisory"
)

func TestParseRecord(t *testing.T) {
	const published = `{"cveMetadata":{"cveId":"CVE-2026-1001","state":"PUBLISHED"},"containers":`
	r, err := advisory.ParseRecord("CVE-2026-1001", []byte(published+`{"cna":{"metrics":[{"cvssV3_1":{"baseSeverity":"MEDIUM"}},{"cvssV4_0":{"baseSeverity":"HIGH"}}],
		"references":[{"url":"javascript:alert(1)"},{"url":"https://www.cloudfoundry.org/blog/x"}]},"adp":[{"metrics":[{"cvssV3_1":{"baseSeverity":"CRITICAL"}}]}]}}`))
	require.NoError(t, err)
	require.Equal(t, advisory.High, r.Severity, "the worst of its assigner's")
	require.Equal(t, "https://www.cloudfoundry.org/blog/x", r.Link)

	for name, c := range map[string]struct {
		metrics string
		want    advisory.Severity
	}{
		"CISA's where its assigner has none": {`{"cna":{},"adp":[{"metrics":[{"other":{"type":"ssvc"}},{"cvssV3_1":{"baseSeverity":"HIGH"}}]}]}`, advisory.High},
		"a score alone":                      {`{"cna":{"metrics":[{"cvssV2_0":{"baseScore":7.5}}]}}`, advisory.High},
		"a word that is none":                {`{"cna":{"metrics":[{"cvssV3_1":{"baseSeverity":"BAD"}}]}}`, advisory.Unrated},
		"nothing":                            {`{"cna":{}}`, advisory.Unrated},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := advisory.ParseRecord("CVE-2026-1001", []byte(published+c.metrics+"}"))
			require.NoError(t, err)
			require.Equal(t, c.want, r.Severity)
		})
	}
	for name, document := range map[string]string{
		"nothing": "", "HTML": "<html>", "another's": `{"cveMetadata":{"cveId":"CVE-2026-1002","state":"PUBLISHED"}}`,
		"no state": `{"cveMetadata":{"cveId":"CVE-2026-1001"}}`, "cut": published, "a list": "[]",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := advisory.ParseRecord("CVE-2026-1001", []byte(document))
			require.Error(t, err)
		})
	}
}

func TestParseCSAF(t *testing.T) {
	severity, unfixed, err := advisory.ParseCSAF([]byte(`{"document":{"aggregate_severity":{"text":"Low"}},"vulnerabilities":[
		{"scores":[{"cvss_v3":{"baseSeverity":"HIGH"},"products":["A"]}],"remediations":[{"category":"vendor_fix"},{"category":"no_fix_planned"}]}]}`))
	require.NoError(t, err)
	require.Equal(t, advisory.High, severity)
	require.True(t, unfixed)
	_, _, err = advisory.ParseCSAF([]byte(`{}`))
	require.Error(t, err)
	_, err = advisory.ParseCSAFFeed([]byte(`{"error":"no"}`))
	require.Error(t, err)
}

func TestParseNotices(t *testing.T) {
	notices, total, err := advisory.ParseNotices("jammy", []byte(`{"total_results":7000,"notices":[{"id":"USN-7500-1","title":"Linux","published":"2025-05-07T09:21:51.696137",
		"cves_ids":["CVE-2024-56653"],"release_packages":{"jammy":[{"name":"linux-azure","is_source":true},{"name":"linux-azure","is_source":true},{"name":"linux-tools","is_source":false}],"noble":[{"name":"x","is_source":true}]}}]}`))
	require.NoError(t, err)
	require.Equal(t, 7000, total)
	require.Equal(t, []string{"linux-azure"}, notices[0].Packages)
	require.Equal(t, "https://ubuntu.com/security/notices/USN-7500-1", notices[0].Link)
	for _, document := range []string{``, `{}`, `<html>`, `{"notices":[{"id":"USN-1-1","published":"today"}]}`, `{"notices":[{"published":"2025-05-07T09:21:51"}]}`} {
		_, _, err := advisory.ParseNotices("jammy", []byte(document))
		require.Error(t, err, document)
	}
}

// The samples hold a part of the real CSAF feed, where they are at hand.
func TestParseRealCSAFFeed(t *testing.T) {
	document, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "samples", "services", "cisa_csaf_it_feed_excerpt.json"))
	if err != nil {
		t.Log("without the real feed")
		return
	}
	t.Log("with the real feed")
	items, err := advisory.ParseCSAFFeed(document)
	require.NoError(t, err)
	require.Len(t, items, 4)
	for _, i := range items {
		require.NotEmpty(t, i.Title)
		require.False(t, i.Published.IsZero())
	}
}

func FuzzParseRecord(f *testing.F) {
	f.Add([]byte(`{"cveMetadata":{"cveId":"CVE-2026-1001","state":"PUBLISHED"},"containers":{"cna":{"affected":[{"product":"uaa","versions":[{"version":"1","lessThan":"2"}]}],"metrics":[{"cvssV3_1":{"baseScore":"x"}}]}}}`))
	f.Add([]byte(`{"cveMetadata":{"cveId":"CVE-2026-1001","state":"REJECTED"}}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		r, err := advisory.ParseRecord("CVE-2026-1001", document)
		if err != nil {
			return
		}
		facts := advisory.Facts{Deployed: deployed("78.2.0"), Advisories: []advisory.Advisory{{CVE: r.CVE, Record: r}}}
		if r.State == "PUBLISHED" && len(advisory.Verdicts(facts, *advisory.DefaultPolicy())) == 0 {
			t.Error("a record is dropped")
		}
	})
}

func FuzzParseNotices(f *testing.F) {
	f.Add([]byte(`{"total_results":1,"notices":[{"id":"USN-1-1","published":"2025-05-07T09:21:51"}]}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		notices, _, _ := advisory.ParseNotices("jammy", document)
		for _, n := range notices {
			if n.ID == "" || n.Published.IsZero() {
				t.Error("a notice without a name or a date")
			}
		}
	})
}

func FuzzParseCSAF(f *testing.F) {
	f.Add([]byte(`{"document":{},"vulnerabilities":[{"scores":[{"cvss_v3":{"baseSeverity":"HIGH"}}]}]}`))
	f.Add([]byte(`{"feed":{"entry":[{"published":"2024-09-10T16:03:00Z"}]}}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		if severity, _, err := advisory.ParseCSAF(document); err != nil && severity != advisory.Unrated {
			t.Error("what cannot be read is rated")
		}
		if items, err := advisory.ParseCSAFFeed(document); err != nil && items != nil {
			t.Error("what cannot be read has items")
		}
	})
}
