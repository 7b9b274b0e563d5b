package main

import (
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

// mfa plays today: AWS makes its credential reports when it is asked.
func mfa() act {
	return inAWS("mfa", map[string]string{"SCOPE": "production", "POLICY": "config/policy/mfa.yml"})
}

// cloudtrail plays today, too: LookupEvents knows the last 90 days alone.
func cloudtrail() act {
	return inAWS("cloudtrail", map[string]string{"SCOPE": "production", "POLICY": "config/policy/cloudtrail.yml"})
}

// inAWS is an act in an account of its own.
func inAWS(task string, params map[string]string) act {
	aws := cloud.New(cloud.Morning(time.Now()))
	set(params, aws.Env(cloud.Production, "checklist"))
	return act{
		task: task, params: params,
		mend:  func() { aws.Update(func(w *cloud.World) { *w = cloud.Clean(time.Now()) }) },
		close: aws.Close,
	}
}
