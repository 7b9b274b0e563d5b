package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// logs is a folder of log files.
type logs struct {
	*look
	mu      sync.Mutex
	files   int // read to their end
	records int
	unread  []report.Gap
	others  []string // what is there and holds no events
}

// readLogs reads every log file, each core one at a time.
func (l *look) readLogs(ctx context.Context) {
	g, paths := &logs{look: l}, make(chan string)
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			f := newFileReader(l)
			for path := range paths {
				records, err := f.read(ctx, path)
				g.add(path, records, err)
			}
		})
	}
	err := filepath.WalkDir(l.Logs, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			g.add(path, 0, err)
			return nil
		}
		return g.visit(ctx, paths, path, entry)
	})
	close(paths)
	wait.Wait()
	if err != nil {
		g.add(l.Logs, 0, err)
	}
	g.tell()
}

// Where CloudTrail keeps what is no log file beside them, and what log files are called.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
var (
	eventless = []string{"CloudTrail-Digest", "CloudTrail-Insight"}
	logName   = regexp.MustCompile(`(?i)\.(json|jsonl|ndjson)(\.gz)?$`)
)

func (g *logs) visit(ctx context.Context, paths chan<- string, path string, entry fs.DirEntry) error {
	switch {
	case entry.IsDir() && slices.Contains(eventless, entry.Name()):
		g.leave(path)
		return fs.SkipDir
	case entry.IsDir():
		return nil
	case !logName.MatchString(entry.Name()):
		g.leave(path)
		return nil
	case !entry.Type().IsRegular():
		g.add(path, 0, errors.New("it is no regular file"))
		return nil
	}
	select {
	case paths <- path:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (g *logs) leave(path string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.others = append(g.others, g.name(path))
}

// add counts a file, and keeps why it was not read whole.
func (g *logs) add(path string, records int, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.records += records
	if err == nil {
		g.files++
		return
	}
	g.unread = append(g.unread, report.Gap{Subject: g.name(path), Reason: "read the log file: " + err.Error(),
		Action: "Fetch the file again; take away what is no log file of CloudTrail."})
}

func (g *logs) name(path string) string {
	if name, err := filepath.Rel(g.Logs, path); err == nil {
		return filepath.ToSlash(name)
	}
	return path
}

// mostGaps are told file by file; of more, their number.
const mostGaps = 20

func (g *logs) tell() {
	g.examined = []report.Count{{What: "log files", Number: g.files}, {What: "records", Number: g.records}}
	slices.SortFunc(g.unread, func(a, b report.Gap) int { return strings.Compare(a.Subject, b.Subject) })
	if more := len(g.unread) - mostGaps; more > 0 {
		g.unread = append(g.unread[:mostGaps], report.Gap{Subject: "log files", Reason: fmt.Sprintf("+%d more could not be read", more)})
	}
	g.miss(g.unread...)
	if g.records > 0 && !g.within.Load() {
		g.miss(report.Gap{Subject: "log files", Reason: fmt.Sprintf("not one of %s is of the time looked at", report.Number(g.records, "record")),
			Action: "Give log files of that time, or another SINCE, UNTIL or AS_OF."})
	}
	if n := len(g.others); n > 0 {
		slices.Sort(g.others)
		g.leftOut = append(g.leftOut, report.LeftOut{Subject: "other files",
			Reason: fmt.Sprintf("%d are digests, insights or not named like log files: %s", n, report.First(g.others, 5, ", "))})
	}
}
