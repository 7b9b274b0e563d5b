package sandbox

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Fly runs the real fly against the sandbox, logged in, and returns its standard output. What it
// wrote on standard error is in the error.
func (sb *Sandbox) Fly(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, sb.Tool("fly"), append([]string{"-t", "sandbox"}, args...)...)
	cmd.Env = append(os.Environ(), "HOME="+filepath.Join(sb.dir, "home"))
	out, err := run(cmd)
	if err != nil {
		return out, fmt.Errorf("fly %s: %w", strings.Join(args, " "), err)
	}
	return out, nil
}

func (sb *Sandbox) login(ctx context.Context) error {
	if err := os.MkdirAll(filepath.Join(sb.dir, "home"), 0o700); err != nil {
		return err
	}
	_, err := sb.Fly(ctx, "login", "-c", sb.URL, "-n", sb.Team, "-u", sb.User, "-p", sb.Password)
	return err
}

// Tool is the path of one of the Tools.
func (sb *Sandbox) Tool(name string) string { return filepath.Join(sb.tools, name) }
