package main

import (
	"maps"
	"time"

	feeds "github.com/cloud-gov/platform-checklist/internal/standin/advisories"
	"github.com/cloud-gov/platform-checklist/internal/standin/director"
)

// advisories plays today, with a critical advisory on the UAA that is deployed.
func advisories() act {
	published := feeds.New(feeds.Usual(time.Now()))
	d := director.New(feeds.Fleet())
	params := map[string]string{
		"BOSH_ENVIRONMENT": d.URL(), "BOSH_CLIENT": d.Client, "BOSH_CLIENT_SECRET": d.Secret, "BOSH_CA_CERT": d.CA(),
		"SCOPE": "production", "POLICY": "config/policy/advisories.yml",
	}
	maps.Copy(params, published.Params())
	return act{
		task: "advisories", params: params,
		mend:  func() { d.Update(func(f *director.Fleet) { feeds.Upgrade(f, feeds.UAAFixed) }) },
		close: func() { d.Close(); published.Close() },
	}
}
