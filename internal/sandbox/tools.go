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

// buildTools compiles the programs of the tools module concourse/go.mod and Concourse's container
// init into a folder of cache that is named after what they are made of, unless they are there.
func buildTools(ctx context.Context, root, cache string) (string, error) {
	module := filepath.Join(root, "internal", "sandbox", "concourse")
	key, err := toolsKey(ctx, module)
	if err != nil {
		return "", fmt.Errorf("build the tools: %w", err)
	}
	tools := filepath.Join(cache, "tools-"+key)
	if _, err := os.Stat(tools); err == nil {
		return tools, nil
	}
	building := tools + ".building"
	if err := os.RemoveAll(building); err != nil {
		return "", err
	}
	if err := os.MkdirAll(building, 0o755); err != nil {
		return "", err
	}
	install := exec.CommandContext(ctx, "go", "install", "-ldflags=-s -w", "tool")
	install.Dir = module
	install.Env = append(os.Environ(), "CGO_ENABLED=0", "GOBIN="+building)
	if _, err := run(install); err != nil {
		return "", fmt.Errorf("build the tools: %w", err)
	}
	if err := buildInit(ctx, module, filepath.Join(building, "init")); err != nil {
		return "", fmt.Errorf("build Concourse's container init: %w", err)
	}
	return tools, os.Rename(building, tools)
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
