// Package resource is the frame of every resource: a request on standard input, one JSON value on
// standard output, all else on standard error. One binary answers to three names, check, in and
// out (https://concourse-ci.org/implementing-resource-types.html). It is the only code of a
// resource that reads the environment, prints and exits.
package resource

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/secret"
)

// Run is one call of check, in or out.
type Run[Source, Version, Params any] struct {
	Source  Source
	Params  Params
	Version *Version    // check: the last one Concourse knows, nil at first; in: the one to fetch; out: nil
	Folder  string      // in: to be filled; out: holds the build's inputs
	Build   Build       // out: which build puts; nothing that in gives may depend on it
	Log     *log.Logger // standard error, without secrets
}

// None is for params of which there are none.
type None struct{}

// Metadata is shown on the build's page, to everybody who may see the build.
type Metadata []Field

// Field is one line of metadata.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// The exit statuses. Concourse shows both troubles alike.
const (
	exitTrouble = 1
	exitUsage   = 2
)

// deadlines are for one call; Concourse's own is an hour for check, and none for get and put. What is got may be large.
var deadlines = map[string]time.Duration{"check": 10 * time.Minute, "in": time.Hour, "out": 10 * time.Minute}

// patience is how long a call may go on after it was told to end; Concourse kills after 10 s.
const patience = 5 * time.Second

// Main runs the resource and exits. The structs that check, in and out take say by their yaml and help
// tags what source, version and params may hold, and by Problems() []error what is wrong with them.
func Main[S, V, G, P any](name, about string,
	check func(context.Context, *Run[S, V, None]) ([]V, error),
	in func(context.Context, *Run[S, V, G]) (V, Metadata, error),
	out func(context.Context, *Run[S, V, P]) (V, Metadata, error),
) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	p := program{name: name, about: about, verbs: map[string]verb{
		"check": asked[S, V, None]{func(ctx context.Context, r *Run[S, V, None]) (any, error) { return texts(check(ctx, r)) }},
		"in":    asked[S, V, G]{func(ctx context.Context, r *Run[S, V, G]) (any, error) { return response(in(ctx, r)) }},
		"out":   asked[S, V, P]{func(ctx context.Context, r *Run[S, V, P]) (any, error) { return response(out(ctx, r)) }},
	}}
	os.Exit(p.main(ctx, os.Args, os.Stdin, os.Stdout, os.Stderr))
}

// program is a resource without the types of its source, version and params.
type program struct {
	name, about string
	verbs       map[string]verb
}

func (p program) main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	name := filepath.Base(args[0])
	args = args[1:]
	if _, link := p.verbs[name]; link {
		args = append([]string{name}, args...)
	}
	words, answered, err := p.parse(args, stdout)
	if answered {
		return 0
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitUsage
	}
	hide := &redactor{to: stderr, hide: secret.Hider()}
	c := &call{verb: words.verb, folder: words.folder, hide: hide, log: log.New(hide, "", 0)}
	answer, err := p.answer(ctx, c, stdin)
	if err != nil {
		return c.explain(p.name, err)
	}
	hide.to = stdout // a secret in the answer is hidden too
	if _, err := hide.Write(append(answer, '\n')); err != nil {
		fmt.Fprintf(stderr, "answer Concourse: %v\n", err)
		return exitTrouble
	}
	return 0
}

// call is what one call was told, whatever its verb.
type call struct {
	verb    string
	request request
	folder  string
	hide    *redactor
	log     *log.Logger
}

func (p program) answer(ctx context.Context, c *call, stdin io.Reader) (answer []byte, err error) {
	if c.request, err = read(stdin); err != nil {
		return nil, usage{err}
	}
	deadline := deadlines[c.verb]
	ctx, cancel := context.WithTimeoutCause(ctx, deadline, fmt.Errorf("gave up after %s", deadline))
	defer cancel()
	value, err := within(ctx, func(ctx context.Context) (any, error) { return p.verbs[c.verb].run(ctx, c) })
	if err != nil {
		return nil, err
	}
	return json.Marshal(value)
}

// within ends a call that would not end by itself, and makes of a panic an error.
func within(ctx context.Context, run func(context.Context) (any, error)) (any, error) {
	type result struct {
		value any
		err   error
	}
	done := make(chan result, 1)
	go func() {
		defer func() {
			if trouble := recover(); trouble != nil {
				done <- result{nil, fmt.Errorf("the program itself broke: %v", trouble)}
			}
		}()
		value, err := run(ctx)
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
	}
	select {
	case r := <-done:
		return r.value, r.err
	case <-time.After(patience):
		return nil, context.Cause(ctx)
	}
}

// explain tells all that went wrong and gives the exit status.
func (c *call) explain(name string, err error) int {
	var wrong usage
	if errors.As(err, &wrong) {
		for _, problem := range wrong {
			c.log.Print(problem)
		}
		c.log.Printf("%s --help names every key of source and params", name)
		return exitUsage
	}
	if errors.Is(err, context.Canceled) {
		c.log.Printf("%s %s: aborted", name, c.verb)
		return exitTrouble
	}
	c.log.Printf("%s %s: %v", name, c.verb, err)
	return exitTrouble
}
