package scene

import (
	"context"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
)

// What no box says of itself, so that the digest must.
var (
	Unasked   = Production("advisories")                       // did not run in its morning
	Paused    = Production("mfa")                              // nothing starts it
	Unchecked = Box{Line: "stemcells", Environment: "staging"} // its resource stemcell is looked for in vain
)

// Late gives a box a morning that is over in some minutes. The stand-in of the time resource knows no schedule and starts
// every box when it is set, so in that morning this one does not run.
func (s *Scene) Late(c *checklist.Config) {
	begins := time.Now().UTC().Truncate(time.Minute).Add(4 * time.Minute)
	s.Over = begins.Add(time.Minute)
	c.LineVars[Unasked.Line] = Vars{"morning": Vars{
		"start": begins.Format("15:04"), "stop": s.Over.Format("15:04"), "location": "UTC",
	}}
}

// Misname names a stemcell that nobody publishes: the box is asked each morning all the same, and a new stemcell no longer
// starts it.
func Misname(c *checklist.Config) {
	c.Environments[Unchecked.Environment].Vars["stemcell_name"] = "bosh-aws-xen-hvm-ubuntu-jamy-go_agent"
}

// Pause pauses a box.
func (s *Scene) Pause(ctx context.Context, b Box) error {
	_, err := s.Fly(ctx, "pause-pipeline", "-p", b.Pipeline())
	return err
}
