package nessus_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/nessus"
)

const head, foot = `<?xml version="1.0" ?><NessusClientData_v2><Report name="Daily"><ReportHost name="10.0.0.1"><HostProperties></HostProperties>`, `</ReportHost></Report></NessusClientData_v2>`

func read(t *testing.T, items string) *nessus.Export {
	t.Helper()
	e, err := nessus.ReadExport(iotest.OneByteReader(strings.NewReader(head + items + foot)))
	require.NoError(t, err)
	return e
}

// The severity is Nessus' own, which a plugin rule of its users may have changed: neither the score nor the risk factor
// says otherwise.
func TestSeverityIsTheAttribute(t *testing.T) {
	e := read(t, `<ReportItem severity="4" pluginID="1" pluginName="A"><cvss3_base_score>5.0</cvss3_base_score><risk_factor>Medium</risk_factor></ReportItem>
<ReportItem severity="1" pluginID="2" pluginName="B"><cvss3_base_score>9.8</cvss3_base_score><risk_factor>Critical</risk_factor></ReportItem>`)
	require.Equal(t, []nessus.Severity{nessus.Critical, nessus.Low}, []nessus.Severity{e.Weaknesses[0].Severity, e.Weaknesses[1].Severity})
}

// The verdict of a compliance check is in its namespace, whatever its prefix; items may lack every attribute.
func TestComplianceByAnyPrefix(t *testing.T) {
	e := read(t, `<ReportItem severity="3" pluginID="21156"><cm:compliance-check-name>one</cm:compliance-check-name><cm:compliance-result>PASSED</cm:compliance-result></ReportItem>
<ReportItem><x:compliance-check-name xmlns:x="http://www.nessus.org/cm">two &amp; three</x:compliance-check-name><x:compliance-result xmlns:x="http://www.nessus.org/cm">FAILED</x:compliance-result></ReportItem>
<ReportItem severity="0" pluginID="21156"><compliance-check-name xmlns="http://www.nessus.org/cm">four</compliance-check-name><compliance-result xmlns="http://www.nessus.org/cm"> failed </compliance-result></ReportItem>
<ReportItem severity="0" pluginID="21156"><cm:compliance-check-name>five</cm:compliance-check-name></ReportItem>`)
	require.Equal(t, map[string]int{"PASSED": 1, "FAILED": 2, "": 1}, e.Results)
	require.Empty(t, e.Weaknesses, "its severity is none")
	require.Zero(t, e.Items+e.Unrated)
	require.Equal(t, []string{"two & three", "four", "five"}, []string{e.Checks[0].Name, e.Checks[1].Name, e.Checks[2].Name})
}

func TestCredentials(t *testing.T) {
	for text, want := range map[string]nessus.Verdict{
		``: nessus.Unsaid,
		`<HostProperties><tag name="Credentialed_Scan">true</tag></HostProperties>`:                                    nessus.Yes,
		`<HostProperties><tag name="Credentialed_Scan">false</tag></HostProperties>`:                                   nessus.No,
		info("Credentialed checks : yes, as 'vcap' via ssh"):                                                           nessus.Yes,
		info("Credentialed checks : no"):                                                                               nessus.No,
		`<HostProperties><tag name="Credentialed_Scan">true</tag></HostProperties>` + info("Credentialed checks : no"): nessus.No,
	} {
		require.Equal(t, want, read(t, text).Hosts[0].Login, text)
	}
	require.Equal(t, time.Date(2026, 11, 22, 9, 14, 0, 0, time.UTC), read(t, info("Plugin feed version : 202611220914")).Plugins)
}

func info(line string) string {
	return `<ReportItem severity="0" pluginID="19506"><plugin_output>Information about this scan :` + "\n\n" + line + "\n" + `</plugin_output></ReportItem>`
}

// Whose a file is, an output tells by its path, each package once.
func TestPlaces(t *testing.T) {
	for output, want := range map[string][]nessus.Place{
		"  Path : /usr/lib/x": nil,
		"  Path : /var/vcap/packages/uaa/tomcat/lib/a.jar\n  Path : /var/vcap/data/packages/uaa/b.jar": {{nessus.Release, "uaa", "/var/vcap/packages/uaa/tomcat/lib/a.jar"}},
		"/var/vcap/jobs/gorouter/bin/x, /var/vcap/data/packages/ruby-3.2/y":                            {{nessus.Release, "gorouter", "/var/vcap/jobs/gorouter/bin/x"}, {nessus.Release, "ruby-3.2", "/var/vcap/data/packages/ruby-3.2/y"}},
		"(/var/vcap/packages/uaa/a) /var/vcap/data/grootfs/store/unprivileged/images/6e3f/diff/log4j.jar": {
			{nessus.Tenant, "", "/var/vcap/data/grootfs/store/unprivileged/images/6e3f/diff/log4j.jar"}, {nessus.Release, "uaa", "/var/vcap/packages/uaa/a)"}},
		"/var/vcap/store/x": nil,
	} {
		e := read(t, `<ReportItem severity="3" pluginID="1"><plugin_output>`+output+`</plugin_output></ReportItem>`)
		require.Equal(t, want, e.Weaknesses[0].Sightings[0].Places, output)
	}
}

// What is hostile or broken is an error, and costs nothing.
func TestReadExportRefuses(t *testing.T) {
	bomb := `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>`
	for name, c := range map[string]struct{ text, want string }{
		"nothing":            {"", "no .nessus v2 export"},
		"HTML":               {"<html><body>Sign in</body></html>", "it begins with <html>"},
		"HTML with doctype":  {"<!DOCTYPE html><html></html>", "a page of HTML"},
		"JSON":               {`{"error":"Invalid Credentials"}`, "no .nessus v2 export"},
		"version 1":          {`<NessusClientData></NessusClientData>`, "it begins with <NessusClientData>"},
		"no report":          {`<NessusClientData_v2><Policy/></NessusClientData_v2>`, "no report is in it"},
		"two reports":        {`<NessusClientData_v2><Report/><Report/></NessusClientData_v2>`, "two reports"},
		"entities":           {bomb + head + foot, "declares a document type"},
		"an unknown entity":  {head + `<ReportItem severity="3" pluginID="1"><cve>&xxe;</cve></ReportItem>` + foot, "invalid character entity"},
		"a file's entity":    {`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + head + foot, "declares a document type"},
		"depth":              {head + strings.Repeat("<a>", 100_000), "nested deeper"},
		"depth in an item":   {head + "<ReportItem>" + strings.Repeat("<a>", 100_000), "nested deeper"},
		"a large text":       {head + `<ReportItem severity="3" pluginID="1"><cve>` + strings.Repeat("x", 5<<20), "larger than 4 MiB"},
		"a large tag":        {head + `<ReportItem x="` + strings.Repeat("x", 5<<20), "larger than 4 MiB"},
		"a large name":       {"<" + strings.Repeat("x", 5<<20), "larger than 4 MiB"},
		"cut":                {head + `<ReportItem severity="3"`, "broken after"},
		"cut after an item":  {head, "broken after"},
		"too many plugins":   {head + many(100_001), "more than can be held"},
		"wrong nesting":      {head + "</Report>", "broken after"},
		"an item on its own": {`<NessusClientData_v2><Report><ReportItem/></Report></NessusClientData_v2>`, "outside a ReportHost"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := nessus.ReadExport(strings.NewReader(c.text))
			require.ErrorContains(t, err, c.want)
		})
	}
}

// many are so many plugins with something to tell.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<ReportItem severity="3" pluginID="%d"/>`, i)
	}
	return b.String()
}

// A text that nobody wants may be as large as it likes: it is not held.
func TestReadExportSkips(t *testing.T) {
	text := io.MultiReader(strings.NewReader(head+`<ReportItem severity="0" pluginID="1"><plugin_output>`),
		strings.NewReader(strings.Repeat("x", 20<<20)), strings.NewReader(`</plugin_output></ReportItem>`+foot))
	e, err := nessus.ReadExport(text)
	require.NoError(t, err)
	require.Equal(t, 1, e.Items)
}

// Nessus' own exports, where they are at hand.
func TestReadExportSamples(t *testing.T) {
	samples, err := filepath.Glob("../../../shared/samples/services/*.nessus")
	require.NoError(t, err)
	t.Logf("with %d real exports", len(samples))
	for _, name := range samples {
		file, err := os.Open(name)
		require.NoError(t, err)
		defer file.Close()
		e, err := nessus.ReadExport(file)
		require.NoError(t, err, name)
		if strings.Contains(name, "compliance") {
			require.Equal(t, map[string]int{"FAILED": 2, "PASSED": 1, "WARNING": 1}, e.Results)
			require.Len(t, e.Hosts, 2)
			continue
		}
		rated := map[nessus.Severity]int{}
		for _, w := range e.Weaknesses {
			rated[w.Severity] += len(w.Sightings)
		}
		require.Equal(t, map[nessus.Severity]int{nessus.Low: 1, nessus.Medium: 2, nessus.High: 3, nessus.Critical: 2}, rated)
		require.Equal(t, nessus.Yes, e.Hosts[0].Login)
		require.Equal(t, time.Date(2018, 9, 14, 3, 41, 35, 0, time.UTC), e.Ended)
	}
}

func FuzzReadExport(f *testing.F) {
	f.Add(head + `<ReportItem severity="3" pluginID="1" pluginName="A"><cve>CVE-1</cve><plugin_output>/var/vcap/packages/uaa/x</plugin_output></ReportItem>` + foot)
	f.Add(head + `<ReportItem><cm:compliance-result>FAILED</cm:compliance-result></ReportItem>` + foot)
	f.Add(head + info("Credentialed checks : no") + foot)
	f.Fuzz(func(t *testing.T, text string) {
		e, err := nessus.ReadExport(strings.NewReader(text))
		if err != nil {
			return
		}
		n := e.Items
		for _, checks := range e.Results {
			n += checks
		}
		told := 0
		for _, h := range e.Hosts {
			told += h.Items
		}
		require.Equal(t, told, n, "every item is a result")
		nessus.Judge(nessus.Facts{Scope: "x", Scans: []nessus.Scan{{Export: e}}}, *nessus.DefaultPolicy(), func(string, string) time.Time { return time.Time{} }, time.Unix(1e9, 0))
	})
}
