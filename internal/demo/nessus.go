package main

import (
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/nessus"
)

// scans plays today, with the scans of the night before.
func scans() act {
	manager := nessus.New(nessus.Morning(time.Now()))
	return act{
		task: "nessus",
		params: map[string]string{
			"NESSUS_URL": manager.URL(), "NESSUS_CA_CERT": manager.CA(), "NESSUS_ACCESS_KEY": nessus.AccessKey, "NESSUS_SECRET_KEY": nessus.SecretKey,
			"KEV_URL": manager.KEVURL(), "KEV_MIRROR_URL": manager.KEVURL(), "SCOPE": "production", "POLICY": "config/policy/nessus.yml",
		},
		mend:  func() { manager.Update(func(w *nessus.World) { *w = nessus.Clean(time.Now()) }) },
		close: manager.Close,
	}
}
