package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/cloud-gov/platform-checklist/internal/nessus"
)

// folder reads the .nessus files of EXPORTS. Of one scan's several, the one that ended last is judged.
func (l *looker) folder(ctx context.Context) {
	names, err := filepath.Glob(filepath.Join(l.Exports, "*.nessus"))
	if err == nil && len(names) == 0 {
		err = errors.New("it holds no .nessus file")
	}
	if err != nil {
		l.miss("exports", "read the folder "+l.Exports+" (EXPORTS)", err)
	}
	exports := map[string][]*nessus.Export{}
	var others []string
	for _, name := range names {
		export, err := readFile(ctx, name)
		switch {
		case err != nil:
			l.miss("exports/"+filepath.Base(name), "read "+filepath.Base(name), err)
		case l.expects(export.Name):
			exports[export.Name] = append(exports[export.Name], export)
		default:
			others = append(others, export.Name)
		}
	}
	for _, expected := range l.policy.Scans {
		of := exports[expected.Name]
		if len(of) == 0 {
			l.miss(expected.Name, "look for the scan in "+l.Exports, errMissing)
			continue
		}
		l.facts.Scans = append(l.facts.Scans, newest(expected, of))
	}
	l.leaveOut(others)
	l.run.LeaveOut("the scanner itself", "with EXPORTS nobody asks it for its licence and the state of its scans")
}

func newest(expected nessus.Expected, of []*nessus.Export) nessus.Scan {
	slices.SortFunc(of, func(a, b *nessus.Export) int { return b.Ended.Compare(a.Ended) })
	run := nessus.Run{Status: "completed", Started: of[0].Started, Ended: of[0].Ended}
	scan := nessus.Scan{Expected: expected, Export: of[0], Judged: run, Runs: []nessus.Run{run}}
	if len(of) > 1 {
		scan.Before = &nessus.Earlier{Hosts: of[1].Scanned(), Ended: of[1].Ended}
	}
	return scan
}

func readFile(ctx context.Context, name string) (*nessus.Export, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("it is no file that can be read")
	}
	return nessus.ReadExport(interruptible{ctx, file})
}

// interruptible ends a reading when the run ends.
type interruptible struct {
	ctx context.Context
	io.Reader
}

func (i interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.Reader.Read(p)
}
