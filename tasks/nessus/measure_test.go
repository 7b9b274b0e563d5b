//go:build sandbox

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/nessus"
)

// peer counts the same with Python's standard parser, streaming, and frees what it has read.
const peer = `
import sys, xml.etree.ElementTree as ET
plugins, items, hosts = {}, 0, 0
events = ET.iterparse(sys.argv[1], events=("start", "end"))
_, root = next(events)
report, name = None, ""
for event, e in events:
    if event == "start":
        if e.tag == "Report": report = e
        elif e.tag == "ReportHost": host, name = e, e.get("name")
    elif e.tag == "ReportItem":
        items += 1
        if int(e.get("severity", 0)) >= 3: plugins.setdefault(e.get("pluginID"), set()).add(name)
        host.remove(e)
    elif e.tag == "ReportHost":
        hosts += 1
        report.remove(e)
print(hosts, items, len(plugins))
`

// TestMeasure runs the task and Python on one export of 200 MB, and logs what each needs:
//
//	go test -tags sandbox -run TestMeasure -v ./tasks/nessus
func TestMeasure(t *testing.T) {
	folder := t.TempDir()
	program := filepath.Join(folder, "nessus")
	said, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", program, ".").CombinedOutput()
	require.NoError(t, err, string(said))
	large := filepath.Join(folder, "exports", "large.nessus")
	require.NoError(t, os.Mkdir(filepath.Dir(large), 0o755))
	hosts, items, plugins := writeLarge(t, large, 200<<20)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "kev.json"), nessus.Catalogue(time.Now(), nil), 0o600))
	policy := "scans: [{name: Large, kind: vulnerability, max_age: 26h, min_hosts: " + fmt.Sprint(hosts) + ", credentialed: true}]\n"
	require.NoError(t, os.WriteFile(filepath.Join(folder, "policy.yml"), []byte(policy), 0o600))

	task := exec.Command(program)
	task.Dir = folder
	task.Env = []string{"EXPORTS=exports", "KEV_FILE=kev.json", "POLICY=policy.yml", "SCOPE=production"}
	var told strings.Builder
	task.Stdout = &told
	rows := []string{"| program | wall time | processor | peak memory |", "|---|---|---|---|", row("this task", task)}
	require.Equal(t, 3, task.ProcessState.ExitCode(), told.String())
	written, err := os.ReadFile(filepath.Join(folder, "report", "report.json"))
	require.NoError(t, err)
	var report struct {
		Examined []struct{ Number int }
		Findings []json.RawMessage
	}
	require.NoError(t, json.Unmarshal(written, &report))
	require.Equal(t, []int{1, hosts, items, plugins}, []int{report.Examined[0].Number, report.Examined[1].Number, report.Examined[2].Number, len(report.Findings)})

	python := exec.Command("python3", "-c", peer, large)
	var counted strings.Builder
	python.Stdout = &counted
	rows = append(rows, row("Python, xml.etree.ElementTree.iterparse", python))
	require.Equal(t, fmt.Sprintf("%d %d %d\n", hosts, items, plugins), counted.String(), "both see the same")
	t.Logf("%d hosts, %d results\n%s", hosts, items, strings.Join(rows, "\n"))
}

func row(name string, c *exec.Cmd) string {
	began := time.Now()
	_ = c.Run()
	took, usage := time.Since(began), c.ProcessState.SysUsage().(*syscall.Rusage)
	cpu := c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	return fmt.Sprintf("| %s | %.1f s | %.1f s | %d MB |", name, took.Seconds(), cpu.Seconds(), usage.Maxrss/1024)
}

// writeLarge writes an export of so many bytes, with the proportions of a real one: 2 kB a result, one in 40 of them high.
func writeLarge(t *testing.T, name string, size int) (hosts, items, plugins int) {
	file, err := os.Create(name)
	require.NoError(t, err)
	defer file.Close()
	w := bufio.NewWriterSize(file, 1<<20)
	text := strings.Repeat("The remote host is affected by a vulnerability in &lt;library&gt; &amp; may be updated. ", 8)
	ended := time.Now().Add(-time.Hour)
	written := 0
	out := func(format string, values ...any) { n, _ := fmt.Fprintf(w, format, values...); written += n }
	out("<?xml version=\"1.0\" ?>\n<NessusClientData_v2><Policy><policyName>Large</policyName></Policy><Report name=\"Large\" xmlns:cm=\"http://www.nessus.org/cm\">\n")
	for ; written < size; hosts++ {
		out(`<ReportHost name="10.0.%d.%d"><HostProperties><tag name="HOST_END_TIMESTAMP">%d</tag><tag name="Credentialed_Scan">true</tag></HostProperties>`+"\n", hosts/250, hosts%250, ended.Unix())
		out(`<ReportItem port="0" svc_name="general" protocol="tcp" severity="0" pluginID="19506" pluginName="Nessus Scan Information" pluginFamily="Settings"><plugin_output>Plugin feed version : %s
Credentialed checks : yes
</plugin_output></ReportItem>`+"\n", ended.UTC().Format("200601021504"))
		items++
		for n := range 400 {
			severity := 0
			if n%40 == 7 {
				severity = 3
			}
			out(`<ReportItem port="443" svc_name="https" protocol="tcp" severity="%d" pluginID="%d" pluginName="Plugin %d" pluginFamily="General"><description>%s</description><cve>CVE-2020-%d</cve><solution>%s</solution><synopsis>short</synopsis><risk_factor>High</risk_factor><plugin_modification_date>2024/01/01</plugin_modification_date><script_version>1.6</script_version><plugin_output>Path : /opt/library/%d
%s</plugin_output></ReportItem>`+"\n", severity, 100000+n, n, text, 10000+n, text[:200], n, text[:400])
			items++
		}
		out("</ReportHost>\n")
	}
	out("</Report></NessusClientData_v2>\n")
	require.NoError(t, w.Flush())
	return hosts, items, 10
}
