// Git stands in for Concourse's git resource in the sandbox: versions are commits of a repository
// that the sandbox serves, and get unpacks the tree of one. There is no history and no put; of the
// source it keeps uri, branch and tag_filter.
//
// One program under the names check, in and out.
package main

import (
	"archive/tar"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

type version struct {
	Ref string `json:"ref"`
}

type request struct {
	Source struct {
		URI       string `json:"uri"`
		Branch    string `json:"branch"`
		TagFilter string `json:"tag_filter"`
	} `json:"source"`
	Version version `json:"version"`
}

func main() {
	if err := answer(filepath.Base(os.Args[0])); err != nil {
		fmt.Fprintln(os.Stderr, "git stand-in:", err)
		os.Exit(1)
	}
}

func answer(script string) error {
	var r request
	if err := json.NewDecoder(os.Stdin).Decode(&r); err != nil {
		return fmt.Errorf("read the request: %w", err)
	}
	switch script {
	case "check":
		return check(r)
	case "in":
		return in(r, os.Args[1])
	}
	return fmt.Errorf("%s: only check and in are here", script)
}

func check(r request) error {
	branch := r.Source.Branch
	if branch == "" {
		branch = "main"
	}
	query := url.Values{"branch": {branch}, "tag": {r.Source.TagFilter}}
	body, err := get(r.Source.URI + "/head?" + query.Encode())
	if err != nil {
		return err
	}
	defer body.Close()
	commit, err := io.ReadAll(io.LimitReader(body, 100))
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode([]version{{Ref: string(commit)}})
}

func in(r request, destination string) error {
	body, err := get(r.Source.URI + "/archive/" + r.Version.Ref)
	if err != nil {
		return err
	}
	defer body.Close()
	if err := unpack(tar.NewReader(body), destination); err != nil {
		return fmt.Errorf("unpack %s: %w", r.Version.Ref, err)
	}
	// The real one leaves a repository; these two files are what pipelines read of it.
	dotGit := filepath.Join(destination, ".git")
	if err := os.Mkdir(dotGit, 0o755); err != nil {
		return err
	}
	for name, content := range map[string]string{"ref": r.Version.Ref, "short_ref": r.Version.Ref[:7]} {
		if err := os.WriteFile(filepath.Join(dotGit, name), []byte(content+"\n"), 0o644); err != nil {
			return err
		}
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"version": r.Version})
}

func unpack(archive *tar.Reader, destination string) error {
	root, err := os.OpenRoot(destination)
	if err != nil {
		return err
	}
	defer root.Close()
	for {
		entry, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name := filepath.Clean(entry.Name)
		switch entry.Typeflag {
		case tar.TypeDir:
			err = root.MkdirAll(name, 0o755)
		case tar.TypeSymlink:
			err = root.Symlink(entry.Linkname, name)
		case tar.TypeReg:
			err = write(root, name, archive, entry.FileInfo().Mode().Perm())
		}
		if err != nil {
			return err
		}
	}
}

func write(root *os.Root, name string, content io.Reader, mode os.FileMode) error {
	file, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, content)
	return errors.Join(err, file.Close())
}

func get(address string) (io.ReadCloser, error) {
	client := &http.Client{Timeout: time.Minute}
	response, err := client.Get(address)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		defer response.Body.Close()
		why, _ := io.ReadAll(io.LimitReader(response.Body, 1000))
		return nil, fmt.Errorf("GET %s: %s: %s", address, response.Status, strings.TrimSpace(string(why)))
	}
	return response.Body, nil
}
