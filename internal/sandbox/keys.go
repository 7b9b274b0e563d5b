package sandbox

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"golang.org/x/sync/errgroup"
)

// keys are the files with which web and worker know each other.
type keys struct{ session, tsa, worker, authorized string }

// newKeys makes them in dir; the public halves are beside them with the ending .pub.
func newKeys(ctx context.Context, tools, dir string) (keys, error) {
	k := keys{
		session:    filepath.Join(dir, "session"),
		tsa:        filepath.Join(dir, "tsa"),
		worker:     filepath.Join(dir, "worker"),
		authorized: filepath.Join(dir, "authorized"),
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return k, err
	}
	var group errgroup.Group
	for file, kind := range map[string]string{k.session: "rsa", k.tsa: "ssh", k.worker: "ssh"} {
		group.Go(func() error {
			_, err := run(exec.CommandContext(ctx, filepath.Join(tools, "concourse"),
				"generate-key", "-t", kind, "-b", "2048", "-f", file))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return k, fmt.Errorf("make Concourse's keys: %w", err)
	}
	return k, os.Symlink(k.worker+".pub", k.authorized)
}
