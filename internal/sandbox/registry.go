package sandbox

import (
	"context"
	"io"
	"log"
	"path/filepath"

	"github.com/google/go-containerregistry/pkg/registry"
)

func (sb *Sandbox) startRegistry(context.Context) (err error) {
	sb.Registry, err = sb.serve(registry.New(
		registry.WithBlobHandler(registry.NewDiskBlobHandler(filepath.Join(sb.dir, "registry"))),
		registry.Logger(log.New(io.Discard, "", 0)),
	))
	return err
}
