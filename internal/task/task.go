// Package task is the frame of every task: parameters in; report, words and exit status out. It is
// the only code of a task that reads the environment, prints and exits.
package task

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Line is one line of the checklist as a program.
type Line struct {
	Name    string        // the folder, the binary, the box
	Title   string        // the sentence that should be true
	Runbook string        // a link to what the checklist says about it
	Config  any           // points at the struct of its own parameters; may have Problems() []error
	Policy  report.Policy // points at the policy with its defaults set; may have Problems() []error

	// Look collects and judges. What it cannot read it records as a gap and goes on; an error that it
	// returns is a gap too, for the whole scope.
	Look func(context.Context, *Run) error
}

// Run is one run of a line: the report being made, and the folder that it goes to.
type Run struct {
	*report.Report
	folder string
	hide   *strings.Replacer
	dates  map[string]time.Time // since when the previous report knows a finding, by its key
}

// Since tells since when the previous report knows a finding, for a judgement that counts days; zero: it does not.
func (r *Run) Since(rule, subject string) time.Time {
	return r.dates[report.Finding{Rule: rule, Subject: subject}.Key()]
}

// The exit statuses. Concourse shows all but the first as red.
const (
	exitClean   = 0
	exitUnknown = 1
	exitUsage   = 2
	exitFound   = 3
)

// patience is how long Look may go on after it was told to end. Concourse kills 10 s after SIGTERM.
const patience = 5 * time.Second

// Main runs a line and exits.
func Main(line Line) {
	ctx, abort := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, os.Interrupt)
	go func() {
		<-signals
		abort(errors.New("aborted"))
	}()
	os.Exit(line.main(ctx, os.Args[1:], os.Stdout))
}

func (l Line) main(ctx context.Context, args []string, stdout io.Writer) int {
	p, answered, problems := l.parse(args, stdout)
	if answered {
		return exitClean
	}
	run := l.begin(p)
	if len(problems) > 0 {
		for _, problem := range problems {
			run.Miss("parameters", problem.Error(), "Correct it where the pipeline sets it; "+l.Name+" --help names every parameter.")
		}
		run.end(stdout)
		return exitUsage
	}
	previous, err := run.previous(p.Previous)
	if err != nil { // before Look, which may ask how the run stands
		run.Miss("previous report", err.Error(), "Look at what the pipeline gave as PREVIOUS; without one, findings are new today.")
	}
	if previous != nil && !previous.Now().After(run.Now()) {
		run.dates = previous.Dates()
	}
	run, cut := l.look(ctx, p, run)
	if cut {
		p.exceptions = slices.DeleteFunc(p.exceptions, func(e report.Exception) bool { return e.Rule == report.GapRule })
	}
	run.Accept(p.exceptions)
	switch {
	case previous == nil:
	case previous.Now().After(run.Now()):
		run.LeaveOut("previous report", "it is of "+previous.Now().Format(time.RFC3339)+", later than this one, so findings are new today")
	default:
		run.Compare(previous)
	}
	run.end(stdout)
	return map[report.Status]int{report.Clean: exitClean, report.Found: exitFound, report.Unknown: exitUnknown}[run.Status()]
}

func (l Line) begin(p *parameters) *Run {
	return &Run{
		folder: p.Report, hide: p.hide,
		Report: &report.Report{
			Schema: report.Schema, Check: l.Name, Title: l.Title, Runbook: l.Runbook, Tool: report.Tool(l.Name),
			Scope: p.Scope, Policy: p.digest, AsOf: p.AsOf, Started: time.Now().UTC().Truncate(time.Second),
		},
	}
}

// look runs Look under the deadline and gives back the run to report: a fresh one when Look would
// not end in time, since the old one is still being written to.
// cut: it ended before its time, which no exception makes green.
func (l Line) look(ctx context.Context, p *parameters, run *Run) (looked *Run, cut bool) {
	ctx, cancel := context.WithTimeoutCause(ctx, p.Timeout, fmt.Errorf("gave up after %s (TIMEOUT)", p.Timeout))
	defer cancel()
	done, before := make(chan error, 1), slices.Clone(run.Gaps)
	go func() {
		defer func() {
			if trouble := recover(); trouble != nil {
				done <- fmt.Errorf("the program itself broke: %v", trouble)
			}
		}()
		done <- l.Look(ctx, run)
	}()
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
		select {
		case err = <-done:
		case <-time.After(patience):
			started := run.Started
			run = l.begin(p)
			run.Started, run.Gaps = started, before
		}
	}
	if ctx.Err() != nil {
		ended := report.Gap{
			Subject: run.Scope, Reason: "ended before everything was read: " + context.Cause(ctx).Error(),
			Action: "Run it again: fly trigger-job, or the + on the job's page.",
		}
		run.Gaps = slices.Insert(run.Gaps, 0, ended) // it explains those that follow
		return run, true
	}
	if err != nil {
		run.Miss(run.Scope, err.Error(), "")
	}
	return run, false
}

// end writes the report and the words. A report that cannot be kept is no proof that somebody looked.
func (r *Run) end(stdout io.Writer) {
	report.Sort(r.Findings)
	for i, g := range r.Gaps { // an answer that is quoted may hold lines, which could pass for the report's own
		r.Gaps[i].Reason = report.Line(strings.ReplaceAll(strings.TrimSpace(g.Reason), "\n", "; "))
	}
	r.redact()
	r.Finished = time.Now().UTC().Truncate(time.Second)
	r.Fit()
	if err := r.write("report.json", r.Encode); err != nil {
		r.Miss("report", err.Error(), "Give a folder that can be written as REPORT.")
	}
	render.Text(stdout, r.Report, colourful(stdout))
}

// colourful tells whether a person looks on: Concourse gives its tasks a terminal.
func colourful(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
