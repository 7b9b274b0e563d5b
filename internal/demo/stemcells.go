package main

import (
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/boshio"
	"github.com/cloud-gov/platform-checklist/internal/standin/director"
)

// stemcells plays on 21 August 2026, with the stemcells that were published by then.
func stemcells() act {
	index := boshio.New(boshio.At(director.Day))
	d := director.New(director.Morning())
	return act{
		task: "stemcells",
		params: map[string]string{
			"BOSH_ENVIRONMENT": d.URL(), "BOSH_CLIENT": d.Client, "BOSH_CLIENT_SECRET": d.Secret, "BOSH_CA_CERT": d.CA(),
			"BOSH_IO_URL": index.URL(), "SCOPE": "production", "POLICY": "config/policy/stemcells.yml",
			"AS_OF": director.Day.Format(time.RFC3339),
		},
		mend:  func() { d.Update(func(f *director.Fleet) { *f = director.Upgraded() }) },
		close: func() { d.Close(); index.Close() },
	}
}
