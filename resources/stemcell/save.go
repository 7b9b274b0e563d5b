package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/boshio"
)

// save writes the tarball beside its place and puts it there once it is verified.
func save(ctx context.Context, client *boshio.Client, r *get, o offer) (published time.Time, err error) {
	name, err := filename(r.Params.PreserveFilename, o.tarball.URL)
	if err != nil {
		return published, err
	}
	file, err := os.CreateTemp(r.Folder, ".fetching-")
	if err != nil {
		return published, err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	began := time.Now()
	if published, err = client.Fetch(ctx, o.tarball, file); err != nil {
		return published, err
	}
	if err := file.Chmod(0o644); err != nil {
		return published, err
	}
	if err := file.Close(); err != nil {
		return published, err
	}
	r.Log.Printf("fetched and verified %d bytes in %s", o.tarball.Size, time.Since(began).Round(time.Millisecond))
	return published, os.Rename(file.Name(), filepath.Join(r.Folder, name))
}

// tarballs are names that can do no harm, and take no other file's place.
var tarballs = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._+~-]*\.(tgz|tar\.gz)$`)

// filename is stemcell.tgz, or the last part of the address.
func filename(preserve bool, address string) (string, error) {
	if !preserve {
		return "stemcell.tgz", nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", fmt.Errorf("the index gives no address of the tarball that could be read")
	}
	if name := path.Base(u.Path); tarballs.MatchString(name) {
		return name, nil
	}
	return "", fmt.Errorf("the tarball's own name is %q, which is none for a file here: remove preserve_filename", path.Base(u.Path))
}
