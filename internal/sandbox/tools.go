package sandbox

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// project is the folder of this project's go.mod, found from the working directory.
func project(ctx context.Context) (string, error) {
	out, err := run(exec.CommandContext(ctx, "go", "env", "GOMOD"))
	if err != nil {
		return "", fmt.Errorf("find the project: %w", err)
	}
	return filepath.Dir(strings.TrimSpace(out)), nil
}

// Tools compiles the programs of the tools module (concourse/go.mod) and Concourse's container init,
// unless an earlier call did, and returns the folder with concourse, fly, bosh, versitygw and the rest.
// It needs neither root nor a running sandbox. The folder is below dir; empty: see Options.
func Tools(ctx context.Context, dir string) (string, error) {
	dir, err := cacheDir(dir)
	if err != nil {
		return "", err
	}
	root, err := project(ctx)
	if err != nil {
		return "", err
	}
	module := filepath.Join(root, "internal", "sandbox", "concourse")
	key, err := toolsKey(ctx, module)
	if err != nil {
		return "", fmt.Errorf("build the tools: %w", err)
	}
	building, err := lock(ctx, filepath.Join(dir, "tools.lock"), func() {})
	if err != nil {
		return "", fmt.Errorf("wait for another build of the tools: %w", err)
	}
	defer building.Close()
	tools := filepath.Join(dir, "tools-"+key)
	if _, err := os.Stat(tools); err == nil {
		return tools, nil
	}
	return tools, buildTools(ctx, module, tools)
}

func buildTools(ctx context.Context, module, tools string) error {
	unfinished := tools + ".unfinished"
	if err := os.MkdirAll(unfinished, 0o755); err != nil {
		return err
	}
	install := exec.CommandContext(ctx, "go", "install", "-ldflags=-s -w", "tool")
	install.Dir = module
	install.Env = append(os.Environ(), "CGO_ENABLED=0", "GOBIN="+unfinished)
	if _, err := run(install); err != nil {
		return fmt.Errorf("build the tools: %w", err)
	}
	if err := os.Rename(filepath.Join(unfinished, "bosh-cli"), filepath.Join(unfinished, "bosh")); err != nil {
		return err
	}
	if err := buildInit(ctx, module, filepath.Join(unfinished, "init")); err != nil {
		return fmt.Errorf("build Concourse's container init: %w", err)
	}
	return os.Rename(unfinished, tools)
}

// cacheDir makes the folder that keeps what is slow to make.
func cacheDir(dir string) (string, error) {
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(user, "platform-checklist")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return dir, os.MkdirAll(dir, 0o755)
}

func toolsKey(ctx context.Context, module string) (string, error) {
	hash := sha256.New()
	version, err := run(exec.CommandContext(ctx, "go", "env", "GOVERSION", "GOARCH"))
	if err != nil {
		return "", err
	}
	hash.Write([]byte(version))
	for _, file := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(module, file))
		if err != nil {
			return "", err
		}
		hash.Write(content)
	}
	return fmt.Sprintf("%x", hash.Sum(nil)[:8]), nil
}

// buildInit compiles the first process of every container, a C program in Concourse's module.
func buildInit(ctx context.Context, module, to string) error {
	list := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "github.com/concourse/concourse")
	list.Dir = module
	concourse, err := run(list)
	if err != nil {
		return err
	}
	source := filepath.Join(strings.TrimSpace(concourse), "cmd", "init", "init.c")
	_, err = run(exec.CommandContext(ctx, "gcc", "-O2", "-static", "-o", to, source))
	return err
}
