package sandbox

import (
	"context"
	"io"
	"log"
	"os"
	"path/filepath"

	"github.com/google/go-containerregistry/pkg/registry"
)

func (sb *Sandbox) startRegistry(context.Context) (err error) {
	blobs := filepath.Join(sb.dir, "registry")
	if err := os.Mkdir(blobs, 0o755); err != nil {
		return err
	}
	sb.Registry, err = sb.serve(registry.New(
		registry.WithBlobHandler(registry.NewDiskBlobHandler(blobs)),
		registry.Logger(log.New(io.Discard, "", 0)),
	))
	return err
}
