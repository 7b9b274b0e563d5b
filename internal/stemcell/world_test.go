package stemcell_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

const (
	jammy   = "bosh-aws-xen-hvm-ubuntu-jammy-go_agent"
	fips    = "bosh-aws-xen-hvm-ubuntu-jammy-fips-go_agent"
	noble   = "bosh-aws-xen-hvm-ubuntu-noble"
	xenial  = "bosh-aws-xen-hvm-ubuntu-xenial-go_agent"
	windows = "bosh-aws-xen-hvm-windows2019-go_agent"
)

// now is when the list of what is published was drawn up.
var now = time.Date(2026, 8, 22, 23, 0, 0, 0, time.UTC)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func day(text string) report.Day {
	d, err := report.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

// published are the lines with their real versions and dates, as the stand-in of bosh.io has them. It makes new
// ones each time, since a test may date them otherwise.
func published(t testing.TB) map[string]stemcell.Line {
	t.Helper()
	text, err := os.ReadFile("../standin/boshio/published.txt")
	require.NoError(t, err)
	lines, name := map[string]stemcell.Line{}, ""
	for row := range strings.Lines(string(text)) {
		switch fields := strings.Fields(row); {
		case strings.HasPrefix(row, "#"):
		case len(fields) == 1:
			name = fields[0]
		case len(fields) == 3:
			s := stemcell.Published{Version: version(t, fields[0])}
			if fields[2] != "-" {
				s.Regular, s.Date = "https://regular/"+fields[0], at(fields[2])
			}
			if fields[1] != "-" {
				s.Light, s.Date = "https://light/"+fields[0], at(fields[1])
			}
			line := lines[name]
			line.Name, line.All = name, append(line.All, s)
			lines[name] = line
		}
	}
	require.Len(t, lines[jammy].All, 115)
	return lines
}

// publish adds a stemcell to a line, in the flavours that its newest has.
func publish(lines map[string]stemcell.Line, name string, s stemcell.Published) {
	line := lines[name]
	line.All = append(slices.Clone(line.All), s)
	lines[name] = line
}

func withdraw(lines map[string]stemcell.Line, name, version string) {
	line := lines[name]
	line.All = slices.DeleteFunc(slices.Clone(line.All), func(s stemcell.Published) bool { return s.Version.String() == version })
	lines[name] = line
}

// fleet is a production director, itself current, to which the newest of every line is uploaded.
func fleet(deployments ...stemcell.Deployment) stemcell.Fleet {
	return stemcell.Fleet{
		Scope:       "production",
		Director:    stemcell.Director{Name: "production-bosh", OS: "ubuntu-jammy", Version: "1.1364"},
		Deployments: deployments,
		Uploaded: []stemcell.Uploaded{
			{Name: jammy, OS: "ubuntu-jammy", Version: "1.1364"}, {Name: noble, OS: "ubuntu-noble", Version: "1.484"},
			{Name: fips, OS: "ubuntu-jammy-fips", Version: "1.1331"}, {Name: windows, OS: "windows2019", Version: "2019.102"},
		},
	}
}

// deployment lists what its VMs run.
func deployment(name string, vms ...stemcell.VM) stemcell.Deployment {
	d := stemcell.Deployment{Name: name, VMs: vms}
	for _, vm := range vms {
		if s := (stemcell.Reference{Name: vm.Name, Version: vm.Version}); vm.Version != "" && !slices.Contains(d.Stemcells, s) {
			d.Stemcells = append(d.Stemcells, s)
		}
	}
	return d
}

// vm is a VM on a stemcell of a line; its number names it.
func vm(number, line, version string) stemcell.VM {
	return stemcell.VM{Instance: "node/" + number, CID: "i-" + number, Name: line, Version: version}
}

// listing makes a deployment list something else than its VMs run.
func listing(d stemcell.Deployment, line string, versions ...string) stemcell.Deployment {
	d.Stemcells = nil
	for _, v := range versions {
		d.Stemcells = append(d.Stemcells, stemcell.Reference{Name: line, Version: v})
	}
	return d
}

// situation is a fleet, what is published, what the team decided and when it is judged; the last three are as they are
// unless it says otherwise.
type situation struct {
	name   string
	fleet  stemcell.Fleet
	lines  func(map[string]stemcell.Line)
	policy func(*stemcell.Policy)
	now    time.Time
	want   []report.Finding
}

func run(t *testing.T, situations []situation) {
	for _, s := range situations {
		t.Run(s.name, func(t *testing.T) {
			lines, policy := published(t), stemcell.DefaultPolicy()
			if s.lines != nil {
				s.lines(lines)
			}
			if s.policy != nil {
				s.policy(policy)
			}
			if s.now.IsZero() {
				s.now = now
			}
			require.Equal(t, s.want, stemcell.Judge(s.fleet, lines, *policy, s.now))
		})
	}
}

func ignored(vm stemcell.VM) stemcell.VM {
	vm.Ignored = true
	return vm
}

func made(vm stemcell.VM, when string) stemcell.VM {
	vm.Created = at(when)
	return vm
}

// unread is a deployment whose VMs could not be listed.
func unread(d stemcell.Deployment) stemcell.Deployment {
	d.Unread = true
	for i := range d.VMs {
		d.VMs[i].Name, d.VMs[i].Version = "", ""
	}
	return d
}
