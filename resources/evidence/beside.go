package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"

	"github.com/cloud-gov/platform-checklist/internal/evidence"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// kinds of files that a task leaves beside its report for people, such as the digest's page, by their names' ends.
var kinds = map[string]string{
	".csv": "text/csv; charset=utf-8", ".html": "text/html; charset=utf-8", ".json": "application/json",
	".md": "text/markdown; charset=utf-8", ".txt": "text/plain; charset=utf-8",
}

// plain is a name that means the same in a bucket, in an address and on a disk.
var plain = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

const most = 20 // files beside a report

// keepBeside keeps the other files in the report's folder, and gives their names.
func keepBeside(ctx context.Context, store *evidence.Store, r *put, key string, kept *report.Report) (names []string, err error) {
	inputs, err := os.OpenRoot(r.Folder)
	if err != nil {
		return nil, err
	}
	defer inputs.Close()
	folder := path.Clean(r.Params.Report)
	files, err := fs.ReadDir(inputs.FS(), folder)
	if info, failed := inputs.Stat(folder); errors.Is(err, fs.ErrNotExist) || failed == nil && !info.IsDir() {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("list %s: %w", folder, err)
	}
	for _, file := range files {
		name, kind := file.Name(), kinds[path.Ext(file.Name())]
		switch {
		case name == evidence.File || name == words:
			continue
		case kind == "" || !file.Type().IsRegular() || !plain.MatchString(name) || len(names) == most:
			r.Log.Printf("not kept: %q in %s: at most %d files .csv, .html, .json, .md and .txt are", name, folder, most)
			continue
		}
		body, err := r.File(path.Join(folder, name), report.MaxSize)
		if err != nil { // the report itself is worth more
			r.Log.Printf("not kept: %v", err)
			continue
		}
		if err := store.Write(ctx, evidence.Beside(key, name), kind, body, evidence.Facts(kept)); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}
