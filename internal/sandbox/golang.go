package sandbox

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed golang.Dockerfile
var golangDockerfile []byte

// makeGolangImage makes what the project's Dockerfiles start FROM, unless an earlier run left it, and
// removes what a build that was cut short left in the store.
func (sb *Sandbox) makeGolangImage(ctx context.Context) error {
	for _, left := range [][]string{{"rm", "--all"}, {"rmi", "--prune"}} {
		if _, err := sb.buildah(ctx, left...); err != nil {
			return err
		}
	}
	env, err := run(exec.CommandContext(ctx, "go", "env", "GOVERSION", "GOROOT"))
	if err != nil {
		return err
	}
	version, goroot := strings.TrimPrefix(strings.Fields(env)[0], "go"), strings.Fields(env)[1]
	made := fmt.Sprintf("localhost/golang-%x:%s", sha256.Sum256(golangDockerfile), version)
	if _, err := sb.buildah(ctx, "inspect", "--type=image", made); err == nil {
		return nil
	}
	sb.say("making the image golang:%s", version)

	files := filepath.Join(sb.dir, "golang")
	if err := os.MkdirAll(files, 0o755); err != nil {
		return err
	}
	busybox, err := exec.LookPath("busybox")
	if err != nil {
		return err
	}
	for _, file := range []string{busybox, certificates} {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(files, filepath.Base(file)), content, 0o755); err != nil {
			return err
		}
	}
	dockerfile := filepath.Join(files, "Dockerfile")
	if err := os.WriteFile(dockerfile, golangDockerfile, 0o644); err != nil {
		return err
	}
	minor := version[:strings.LastIndex(version, ".")] // 1.26 of 1.26.8
	const official = "docker.io/library/golang:"
	_, err = sb.buildah(ctx, "bud", "--isolation=chroot", "--pull-never", "--file="+dockerfile,
		"--build-context=goroot="+goroot, "--tag="+made, "--tag="+official+version, "--tag="+official+minor, files)
	return err
}

// builder makes the golang image once, however many builds ask for it at the same time.
func (sb *Sandbox) builder(ctx context.Context) error {
	sb.golang.Lock()
	defer sb.golang.Unlock()
	if sb.golangMade {
		return nil
	}
	if err := sb.makeGolangImage(ctx); err != nil {
		return fmt.Errorf("make the golang image: %w", err)
	}
	sb.golangMade = true
	return nil
}
