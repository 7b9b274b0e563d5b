package director_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/director"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

func TestWorkersTakeOneListingAtATime(t *testing.T) {
	const takes = 50 * time.Millisecond
	s := start(t, director.Many(4, 2), director.Workers(2), director.TaskTime(takes))
	ci := known(t, s)
	begin := time.Now()
	var tasks []string
	for _, name := range []string{"000", "001", "002", "003"} {
		tasks = append(tasks, ci.begin("/deployments/service-instance_"+name+"/vms"))
	}
	for _, task := range tasks {
		require.Equal(t, "done", ci.finish(task))
	}
	require.GreaterOrEqual(t, time.Since(begin), 2*takes, "two by two")
}

func TestListingNeverEnds(t *testing.T) {
	s := start(t, director.Many(3, 2), director.Workers(1))
	s.Inject(
		fault.Fault{Path: "/deployments/service-instance_000/*", Do: director.TaskQueued()},
		fault.Fault{Path: "/deployments/service-instance_001/*", Do: director.TaskProcessing()})
	ci := known(t, s)
	waiting := ci.begin("/deployments/service-instance_000/vms")
	holding := ci.begin("/deployments/service-instance_001/vms")
	behind := ci.begin("/deployments/service-instance_002/vms")
	for range 5 {
		ci.state(waiting)
		ci.state(holding)
		ci.state(behind)
	}
	require.Equal(t, "queued", ci.state(waiting))
	require.Equal(t, "processing", ci.state(holding))
	require.Equal(t, "queued", ci.state(behind), "the only worker is held")
}

func TestOneListingIsSlow(t *testing.T) {
	const takes = 50 * time.Millisecond
	s := start(t, director.Many(1, 1))
	s.Inject(fault.Fault{Path: "/deployments/*/vms", Times: 1, Do: director.TaskTakes(takes)})
	ci := known(t, s)
	begin := time.Now()
	require.Equal(t, "done", ci.finish(ci.begin("/deployments/service-instance_000/vms")))
	require.GreaterOrEqual(t, time.Since(begin), takes)
}

func TestFleetChangesWhileItRuns(t *testing.T) {
	s := start(t, director.Many(1, 2))
	ci := known(t, s)
	const path = "/deployments/service-instance_000/vms"
	before := ci.begin(path)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Update(func(f *director.Fleet) {
			f.Deployments[0].Instances = director.Group("node", 2, director.Noble("1.484"), director.Day)
		})
	}()
	ci.finish(before)
	<-done
	after := ci.begin(path)
	ci.finish(after)
	require.Contains(t, ci.get(before+"/output?type=result").body, "jammy", "as it was when asked")
	require.Contains(t, ci.get(after+"/output?type=result").body, "noble")
	require.Contains(t, ci.get("/stemcells").body, "noble")
}
