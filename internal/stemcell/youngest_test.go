package stemcell_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

// TestYoungest holds what tells that a fleet is younger than the moment by which it is judged.
func TestYoungest(t *testing.T) {
	orphaned := fleet(deployment("cf", made(vm("1", jammy, "1.1330"), "2026-08-11T07:00:00Z")))
	orphaned.Orphans = []stemcell.Orphan{{CID: "i-9", Since: at("2026-08-20T10:00:00Z")}}
	aside := stemcell.Fleet{Deployments: []stemcell.Deployment{unread(listing(deployment("cf", made(vm("1", jammy, ""), "2026-08-01T07:00:00Z")), jammy, "1.1330"))}}
	for _, c := range []struct {
		name  string
		fleet stemcell.Fleet
		want  string
	}{
		{"a VM made after its stemcell", fleet(deployment("cf", made(vm("1", jammy, "1.1364"), "2026-08-20T14:20:00Z"))), "node/1 of cf was made 2026-08-20T14:20:00Z"},
		{"a VM of an unknown day", fleet(deployment("cf", vm("1", jammy, "1.1330"))), "ubuntu-jammy 1.1364, which is in use, was published 2026-08-18T22:09:54Z"},
		{"VMs that could not be read", aside, "ubuntu-jammy 1.1330, which is in use, was published 2026-08-06T18:29:15Z"},
		{"an orphan", orphaned, "i-9 is orphaned since 2026-08-20T10:00:00Z"},
		{"nothing that has a day", stemcell.Fleet{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			what, when := stemcell.Youngest(c.fleet, published(t))
			require.Equal(t, c.want, what)
			require.Equal(t, c.want == "", when.IsZero())
		})
	}
}

// In a replay of a day before the newest was out, it matters when that was published which VMs run.
func TestUndatedInUse(t *testing.T) {
	lines := map[string]stemcell.Line{jammy: {Name: jammy, All: []stemcell.Published{
		{Version: version(t, "1.2"), Light: "x", Date: now}, {Version: version(t, "1.1"), Light: "x"}, {Version: version(t, "1.0"), Light: "x"},
	}}}
	f := stemcell.Fleet{Deployments: []stemcell.Deployment{deployment("cf", vm("1", jammy, "1.1"))}}
	policy := *stemcell.DefaultPolicy()
	require.Empty(t, stemcell.Undated(f, lines, policy, now))
	require.Equal(t, []stemcell.Stemcell{{Name: jammy, Version: version(t, "1.1")}}, stemcell.Undated(f, lines, policy, now.Add(-time.Second)))
}
