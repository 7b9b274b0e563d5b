package director_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/director"
)

func TestMakesUpWhatAFleetLeavesOut(t *testing.T) {
	ci := known(t, start(t, director.Fleet{
		Name: "bosh",
		Deployments: []director.Deployment{{
			Name:      "cf",
			Stemcells: []director.Stemcell{director.JammyFIPS("1.1331")},
			Instances: director.Group("cell", 2, director.Jammy("1.999"), director.Day),
		}},
	}))
	require.Contains(t, ci.get("/info").body, `"stemcell_os":"-","stemcell_version":"-"`)

	stemcells := ci.get("/stemcells").body
	require.Regexp(t, `"operating_system":"ubuntu-jammy-fips","version":"1.1331","cid":"ami-[0-9a-f]{17}","cpi":"","deployments":\[{"name":"cf"}\]`, stemcells)
	require.Regexp(t, `"operating_system":"ubuntu-jammy","version":"1.999","cid":"ami-[0-9a-f]{17} light","cpi":"","deployments":\[\]`, stemcells,
		"a stemcell that only VMs know of is no deployment's")

	vms := ci.get("/deployments/cf/vms").body
	require.Equal(t, vms, ci.get("/deployments/cf/vms").body, "the same ids again")
	ids := map[string]bool{}
	for _, field := range strings.Split(vms, ",") {
		if key, value, _ := strings.Cut(field, ":"); strings.Contains(key, "id") {
			require.NotEqual(t, `""`, value)
			ids[value] = true
		}
	}
	require.Len(t, ids, 6, "agent, CID and id of two VMs")
}

func TestAdvertisesAnotherHost(t *testing.T) {
	s := start(t, small(), director.Advertise("localhost"))
	ci := known(t, s)
	ci.director = strings.Replace(s.URL(), "localhost", "127.0.0.1", 1)
	moved := ci.get("/deployments/mail/vms?format=full")
	require.Equal(t, http.StatusFound, moved.status)
	require.Equal(t, s.URL()+"/tasks/1", moved.header.Get("Location"))
	require.Contains(t, ci.get("/info").body, `"url":"https://localhost:`)
}
