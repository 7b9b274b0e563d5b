package evidence

import (
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// File is the part of a key that tells reports from what else is in a folder.
const File = "report.json"

// Line is one check in one scope.
type Line struct{ Scope, Check string }

var unsafe = regexp.MustCompile(`[^A-Za-z0-9]+`)

// Key is where a report belongs: the same for each try of one put.
func (s *Store) Key(r *report.Report, build string) string {
	name := r.Started.UTC().Format("2006-01-02/150405Z")
	if build = unsafe.ReplaceAllString(build, ""); build != "" {
		name += "-" + build
	}
	return s.root(Line{r.Scope, r.Check}) + name + "/" + File
}

var shape = regexp.MustCompile(`^(\d{4}-\d\d-\d\d/\d{6}Z)(?:-([A-Za-z0-9]+))?/report\.json$`)

// Owns tells whether a key is that of a report of a line.
func (s *Store) Owns(l Line, key string) bool {
	rest, inside := strings.CutPrefix(key, s.root(l))
	return inside && shape.MatchString(rest)
}

// Told is what a report's key tells: when its run started, and the build's ID, empty where it had none.
func Told(key string) (started time.Time, build string) {
	parts := strings.Split(key, "/")
	match := shape.FindStringSubmatch(strings.Join(parts[max(0, len(parts)-3):], "/"))
	if match == nil {
		return time.Time{}, ""
	}
	started, _ = time.Parse("2006-01-02/150405Z", match[1])
	return started, match[2]
}

// Before is the place in the order of keys just before a report.
func Before(key string) string { return strings.TrimSuffix(key, File) }

// Beside is another object of the same report.
func Beside(key, name string) string { return path.Join(path.Dir(key), name) }

// root is the folder of all reports of a line.
func (s *Store) root(l Line) string {
	return path.Join(strings.Trim(s.place.Prefix, "/"), l.Scope, l.Check) + "/"
}

// Since is the place in the order of a line's keys before those of a day and later.
func (s *Store) Since(l Line, day time.Time) string {
	return s.root(l) + day.UTC().Format(time.DateOnly)
}
