package main

import (
	"path"
	"regexp"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// file is the part of a key that tells reports from what else is in a folder.
const file = "report.json"

// root is the folder of all reports of the source.
func (s source) root() string {
	return path.Join(strings.Trim(s.Prefix, "/"), s.Scope, s.Check) + "/"
}

var unsafe = regexp.MustCompile(`[^A-Za-z0-9]+`)

// key is where a report belongs: the same for each try of one put.
func (s source) key(r *report.Report, build string) string {
	name := r.Started.UTC().Format("2006-01-02/150405Z")
	if build = unsafe.ReplaceAllString(build, ""); build != "" {
		name += "-" + build
	}
	return s.root() + name + "/" + file
}

var shape = regexp.MustCompile(`^\d{4}-\d\d-\d\d/\d{6}Z(-[A-Za-z0-9]+)?/report\.json$`)

// owns tells whether a key is that of a report of this source.
func (s source) owns(key string) bool {
	rest, inside := strings.CutPrefix(key, s.root())
	return inside && shape.MatchString(rest)
}
