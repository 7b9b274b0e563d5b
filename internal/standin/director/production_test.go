package director_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/boshio"
	"github.com/cloud-gov/platform-checklist/internal/standin/director"
)

// lines gives the versions of a stemcell's line that were out on the day.
func lines(t *testing.T) func(name string) []string {
	s := boshio.New(boshio.At(director.Day))
	t.Cleanup(s.Close)
	return func(name string) []string {
		response, err := http.Get(s.URL() + "/api/v1/stemcells/" + name + "?all=1")
		require.NoError(t, err)
		defer response.Body.Close()
		var entries []struct{ Version string }
		require.NoError(t, json.NewDecoder(response.Body).Decode(&entries))
		var versions []string
		for _, e := range entries {
			versions = append(versions, e.Version)
		}
		return versions
	}
}

// behind counts, for each deployment, how many versions its oldest VM is behind.
func behind(t *testing.T, f director.Fleet) map[string]int {
	published := lines(t)
	worst := map[string]int{}
	for _, d := range f.Deployments {
		worst[d.Name] = 0
		for _, i := range d.Instances {
			for _, vm := range i.VMs {
				versions := published(vm.Stemcell.Name)
				require.Contains(t, versions, vm.Stemcell.Version, "a real one")
				for n, v := range versions {
					if v == vm.Stemcell.Version {
						worst[d.Name] = max(worst[d.Name], n)
					}
				}
			}
		}
	}
	return worst
}

func TestMorningIsAsTold(t *testing.T) {
	require.Equal(t, map[string]int{
		"admin-ui": 0, "cf": 0, "defectdojo": 0, "opensearch": 0,
		"kubernetes": 8, "logsearch": 1, "nessus-manager": 22, "postfix": 1, "prometheus": 16,
	}, behind(t, director.Morning()))

	s := start(t, director.Morning())
	ci := known(t, s)
	require.NotContains(t, ci.get("/deployments").body, `"locked":true`)
	require.Contains(t, ci.get("/events?deployment=logsearch").body, `"error":"'ingestor/0' is not running`)
	task := ci.begin("/deployments/opensearch/instances")
	ci.finish(task)
	listing := ci.get(task + "/output?type=result").body
	require.Contains(t, listing, `"state":"detached"`)
	require.Contains(t, listing, `"job_state":"unresponsive agent"`)
}

func TestUpgradedIsCurrentEverywhere(t *testing.T) {
	f := director.Upgraded()
	for name, versions := range behind(t, f) {
		require.Zero(t, versions, name)
	}
	for _, d := range f.Deployments {
		for _, i := range d.Instances {
			require.Empty(t, i.State, "%s: %s/%d", d.Name, i.Job, i.Index)
			require.False(t, i.Ignore, "%s: %s/%d", d.Name, i.Job, i.Index)
			require.Equal(t, i.Errand, len(i.VMs) == 0, "%s: %s/%d", d.Name, i.Job, i.Index)
			for _, vm := range i.VMs {
				require.Empty(t, vm.JobState)
				require.Contains(t, d.Stemcells, vm.Stemcell)
				require.False(t, vm.Created.IsZero())
			}
		}
	}
	require.Len(t, f.Deployments, len(director.Morning().Deployments))
}
