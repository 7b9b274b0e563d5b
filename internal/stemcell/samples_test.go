package stemcell_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

// samples are captures of real services, which lie beside the project when they are there at all.
const samples = "../../../shared/samples/bosh"

// TestSamplesOfADirector judges the fleet that a real director told of, with the real dates.
func TestSamplesOfADirector(t *testing.T) {
	listings, err := filepath.Glob(samples + "/director/vms_full_*.ndjson")
	require.NoError(t, err)
	t.Logf("judged %d listings of a real director", len(listings))
	if len(listings) == 0 {
		return
	}
	f := stemcell.Fleet{Scope: "production", Director: stemcell.Director{OS: "ubuntu-jammy", Version: "1.1330"}}
	var listed []struct {
		Name      string
		Stemcells []stemcell.Reference
		Locked    bool
	}
	sample(t, "director/deployments_exclude_configs.json", &listed)
	for _, d := range listed {
		file := samples + "/director/vms_full_" + d.Name + ".ndjson"
		vms, err := os.Open(file)
		f.Deployments = append(f.Deployments, stemcell.Deployment{Name: d.Name, Stemcells: d.Stemcells, Locked: d.Locked, Unread: err != nil})
		if err == nil {
			f.Deployments[len(f.Deployments)-1].VMs = read(t, vms)
		}
	}
	for _, uploaded := range []struct{ name, version string }{{jammy, "1.1364"}, {noble, "1.484"}, {fips, "1.1331"}, {windows, "2019.102"}, {xenial, "621.125"}} {
		f.Uploaded = append(f.Uploaded, stemcell.Uploaded{Name: uploaded.name, Version: uploaded.version})
	}
	var said []string
	for _, finding := range stemcell.Judge(f, dated(t), *stemcell.DefaultPolicy(), now) {
		said = append(said, strings.Join([]string{finding.Severity.String(), finding.Subject, finding.Rule, finding.Summary}, " | "))
	}
	require.Equal(t, []string{
		"high | production/nessus-manager-prod/ubuntu-jammy | ignored-vm-behind | its only VM runs ubuntu-jammy 1.999, 22 versions behind 1.1364: 226 days late",
		"high | production/postfix/ubuntu-noble | stemcell-behind | its VMs could not be read, its last plan lists ubuntu-noble 1.460, 1 version behind 1.484: 31 days late",
		"high | production/ubuntu-xenial | line-ended | ubuntu-xenial has had no security updates since 2021-04-30; it is used by legacy",
		"warning | production/(director)/ubuntu-jammy | director-behind | the director's own VM runs ubuntu-jammy 1.1330, 1 version behind 1.1364: 4 days late",
		"warning | production/legacy | stemcell-unknown | 1 of 2 VMs runs a stemcell that the director cannot name",
		"warning | production/legacy/ubuntu-xenial | deploy-unfinished | legacy lists ubuntu-xenial 97.241 and 621.125: its last deploy stopped half-way, or its manifest asks for both",
		"warning | production/logsearch/ubuntu-jammy | stemcell-behind | 2 of 3 VMs run ubuntu-jammy 1.1330, 1 version behind 1.1364: 4 days late",
		"info | production/logsearch/ubuntu-jammy | deploy-running | logsearch lists ubuntu-jammy 1.1330 and 1.1364: a deploy is running now",
		"info | production/nessus-manager-prod | vm-ignored | ignored: deploys pass over 1 VM",
		"info | production/opensearch | vm-unresponsive | the agent does not answer on 1 VM, so no deploy can bring it forward",
	}, said)
}

func sample(t *testing.T, name string, into any) {
	text, err := os.ReadFile(samples + "/" + name)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, into))
}

func read(t *testing.T, file *os.File) (vms []stemcell.VM) {
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var line struct {
			CID      string `json:"vm_cid"`
			Job      string `json:"job_name"`
			ID       string
			Ignore   bool
			State    string    `json:"job_state"`
			Created  time.Time `json:"vm_created_at"`
			Stemcell stemcell.Reference
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &line))
		vms = append(vms, stemcell.VM{Instance: line.Job + "/" + line.ID, CID: line.CID, Name: line.Stemcell.Name, Version: line.Stemcell.Version,
			Created: line.Created, Ignored: line.Ignore, Silent: strings.Contains(line.State, "unresponsive")})
	}
	return vms
}

// dated are all lines with the dates of bosh.io's own index.
func dated(t *testing.T) map[string]stemcell.Line {
	var index struct{ Lines map[string][][3]string }
	sample(t, "real_stemcell_dates.json", &index)
	lines := map[string]stemcell.Line{}
	for name, rows := range index.Lines {
		line := stemcell.Line{Name: name}
		for _, row := range rows {
			s := stemcell.Published{Version: version(t, row[0]), Light: row[1], Regular: row[2]}
			if s.Date, _ = time.Parse(time.RFC3339, row[1]); s.Date.IsZero() {
				s.Date = at(row[2])
			}
			line.All = append(line.All, s)
		}
		lines[name] = line
	}
	return lines
}
