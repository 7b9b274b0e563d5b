package sandbox

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"
)

// Image is what Build put into the registry.
type Image struct {
	Repository, Tag string // as the source of a registry-image resource takes them, with insecure: true
	Digest          string
	Size            int64 // bytes to download: manifest, config and compressed layers
}

// Build builds the project by the Dockerfile of that path in the project, with build arguments, and
// puts the image into the registry under tag ("stemcells:dev"). Nothing is downloaded: the golang
// image is made of this machine's Go, modules come from its module cache.
func (sb *Sandbox) Build(ctx context.Context, dockerfile string, args map[string]string, tag string) (Image, error) {
	image, err := sb.build(ctx, dockerfile, args, tag)
	if err != nil {
		return image, fmt.Errorf("build %s of %s: %w", tag, dockerfile, err)
	}
	return image, nil
}

func (sb *Sandbox) build(ctx context.Context, dockerfile string, args map[string]string, tag string) (Image, error) {
	if err := sb.bud(ctx, dockerfile, args, "--tag="+tag); err != nil {
		return Image{}, err
	}
	if _, err := sb.buildah(ctx, "push", "--tls-verify=false", tag, "docker://"+sb.Registry+"/"+tag); err != nil {
		return Image{}, err
	}
	if _, err := sb.buildah(ctx, "rmi", tag); err != nil {
		return Image{}, err
	}
	return sb.pushed(ctx, tag)
}

// Test builds the stage tests of a Dockerfile of the project: the suite of what is built, against
// what is built.
func (sb *Sandbox) Test(ctx context.Context, dockerfile string, args map[string]string) error {
	if err := sb.bud(ctx, dockerfile, args, "--target=tests"); err != nil {
		return fmt.Errorf("run the tests of %s: %w", dockerfile, err)
	}
	return nil
}

// bud builds by a Dockerfile.
func (sb *Sandbox) bud(ctx context.Context, dockerfile string, args map[string]string, more ...string) error {
	if err := sb.builder(ctx); err != nil {
		return err
	}
	goCache := filepath.Join(sb.cache, "go-build")
	if err := os.MkdirAll(goCache, 0o755); err != nil {
		return err
	}
	modules, err := run(exec.CommandContext(ctx, "go", "env", "GOMODCACHE"))
	if err != nil {
		return err
	}
	// Without the time of day in it, an image depends on its source alone.
	bud := []string{"bud", "--isolation=chroot", "--pull-never", "--timestamp=0",
		"--file=" + filepath.Join(sb.root, dockerfile),
		"--volume=" + strings.TrimSpace(modules) + ":/go/pkg/mod:ro",
		"--volume=" + goCache + ":/root/.cache/go-build"}
	for key, value := range args {
		bud = append(bud, "--build-arg="+key+"="+value)
	}
	_, err = sb.buildah(ctx, append(append(bud, more...), sb.root)...)
	return err
}

// pushed reads back what the registry has.
func (sb *Sandbox) pushed(ctx context.Context, image string) (Image, error) {
	repository, tag, _ := strings.Cut(image, ":")
	url := "http://" + sb.Registry + "/v2/" + repository + "/manifests/" + tag
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return Image{}, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return Image{}, err
	}
	defer response.Body.Close()
	manifest, err := v1.ParseManifest(response.Body)
	if err != nil {
		return Image{}, fmt.Errorf("read %s: %s: %w", url, response.Status, err)
	}
	size := response.ContentLength + manifest.Config.Size
	for _, layer := range manifest.Layers {
		size += layer.Size
	}
	return Image{
		Repository: sb.Registry + "/" + repository,
		Tag:        tag,
		Digest:     response.Header.Get("Docker-Content-Digest"),
		Size:       size,
	}, nil
}

// buildah runs in namespaces of its own, so a build that is cut short leaves no mount and no process.
func (sb *Sandbox) buildah(ctx context.Context, args ...string) (string, error) {
	store := []string{"--storage-driver=overlay", "--root=" + filepath.Join(sb.cache, "images"),
		"--runroot=" + filepath.Join(sb.dir, "images")}
	return run(isolated(ctx, nil, "buildah", append(store, args...)...))
}
