package main

import (
	"context"
	"errors"

	"github.com/cloud-gov/platform-checklist/internal/resource"
)

func out(context.Context, *resource.Run[source, version, resource.None]) (version, resource.Metadata, error) {
	return version{}, nil, errors.New("nobody can put a stemcell on bosh.io from here: use get, and to upload it bosh upload-stemcell")
}
