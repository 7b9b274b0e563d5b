package sandbox

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// writeTypes writes the base resource types that the worker brings, each a folder with a root file
// system: the real registry-image, and the stand-ins `time` and `git`.
func (sb *Sandbox) writeTypes(ctx context.Context) error {
	registryImage := map[string]string{certificates: certificates}
	for _, script := range scripts {
		registryImage["/opt/resource/"+script] = sb.Tool(script)
	}
	if err := sb.writeType("registry-image", registryImage); err != nil {
		return err
	}
	url := filepath.Join(sb.dir, "origin")
	if err := os.WriteFile(url, []byte(sb.origin.url), 0o644); err != nil {
		return err
	}
	for _, name := range []string{"time", "git"} {
		program := filepath.Join(sb.dir, "basetype-"+name)
		build := exec.CommandContext(ctx, "go", "build", "-o", program, "./internal/sandbox/basetypes/"+name)
		build.Dir = sb.root
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if _, err := run(build); err != nil {
			return err
		}
		files := map[string]string{"/opt/resource/origin": url}
		for _, script := range scripts {
			files["/opt/resource/"+script] = program
		}
		if err := sb.writeType(name, files); err != nil {
			return err
		}
	}
	return nil
}

var scripts = []string{"check", "in", "out"}

// writeType writes one type whose root file system holds files (path there: path here).
func (sb *Sandbox) writeType(name string, files map[string]string) error {
	dir := filepath.Join(sb.dir, "types", name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	metadata, _ := json.Marshal(map[string]any{"type": name, "version": "sandbox"})
	if err := os.WriteFile(filepath.Join(dir, "resource_metadata.json"), metadata, 0o644); err != nil {
		return err
	}
	if err := writeRootfs(filepath.Join(dir, "rootfs.tgz"), files); err != nil {
		return fmt.Errorf("write the type %s: %w", name, err)
	}
	return nil
}

func writeRootfs(to string, files map[string]string) error {
	file, err := os.Create(to)
	if err != nil {
		return err
	}
	zipped, _ := gzip.NewWriterLevel(file, gzip.NoCompression)
	archive := tar.NewWriter(zipped)
	err = archive.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: "tmp/", Mode: 0o1777})
	for inside, here := range files {
		content, readErr := os.ReadFile(here)
		err = errors.Join(err, readErr, archive.WriteHeader(&tar.Header{
			Typeflag: tar.TypeReg, Name: inside[1:], Mode: 0o755, Size: int64(len(content)),
		}))
		_, writeErr := archive.Write(content)
		err = errors.Join(err, writeErr)
	}
	return errors.Join(err, archive.Close(), zipped.Close(), file.Close())
}
