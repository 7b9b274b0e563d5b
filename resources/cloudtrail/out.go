package main

import (
	"context"
	"errors"

	"github.com/cloud-gov/platform-checklist/internal/resource"
)

func out(context.Context, *resource.Run[source, version, resource.None]) (version, resource.Metadata, error) {
	return version{}, nil, errors.New("nobody can put an anomaly: use get, and to explain one the policy of tasks/cloudtrail")
}
