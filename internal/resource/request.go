package resource

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/cloud-gov/platform-checklist/internal/secret"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// request is what Concourse sends. Keys beside these three are a newer Concourse's business.
type request struct {
	Source  json.RawMessage `json:"source,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Version json.RawMessage `json:"version,omitempty"`
}

// maxRequest bounds a request in bytes.
const maxRequest = 4 << 20

func read(stdin io.Reader) (r request, err error) {
	body, err := io.ReadAll(io.LimitReader(stdin, maxRequest+1))
	switch {
	case err != nil:
		return r, fmt.Errorf("read the request: %w", err)
	case len(body) > maxRequest:
		return r, fmt.Errorf("the request is larger than %d bytes", maxRequest)
	case len(body) == 0:
		return r, errors.New(`no request on standard input: it wants JSON such as {"source": {}}`)
	}
	if err := json.Unmarshal(body, &r); err != nil {
		return r, fmt.Errorf("read the request: %w", err)
	}
	return r, nil
}

// usage is all that is wrong with a request.
type usage []error

func (u usage) Error() string { return errors.Join(u...).Error() }

// verb is check, in or out.
type verb interface {
	run(context.Context, *call) (any, error)
	keys() (source, params any)
}

// asked is a verb with the types of what it is asked.
type asked[S, V, P any] struct {
	do func(context.Context, *Run[S, V, P]) (any, error)
}

func (a asked[S, V, P]) keys() (source, params any) { return new(S), new(P) }

func (a asked[S, V, P]) run(ctx context.Context, c *call) (any, error) {
	r := &Run[S, V, P]{Folder: c.folder, Log: c.log}
	problems := r.fill(c.request)
	c.hide.hide = secret.Hider(r.Source, r.Params)
	version, wrong := decodeVersion[V](c.request.Version)
	switch {
	case c.verb == "check" && len(wrong) > 0:
		// An older release's version, or one typed at fly check-resource --from, must not stop check for ever.
		c.log.Printf("begin as without a version, since Concourse's is none of this resource: %v", errors.Join(wrong...))
	case c.verb == "in" && version == nil && len(wrong) == 0:
		problems = append(problems, errors.New("version is missing"))
	case c.verb == "in":
		problems = append(problems, wrong...)
	case c.verb == "out":
		r.Build = build()
	}
	if len(problems) > 0 {
		return nil, usage(problems)
	}
	r.Version = version
	return a.do(ctx, r)
}

// fill decodes source and params, and tells all that is wrong with them.
func (r *Run[S, V, P]) fill(q request) []error {
	q.Version = nil
	document, err := json.Marshal(q)
	if err != nil {
		return []error{err}
	}
	told := struct {
		Source S `yaml:"source"`
		Params P `yaml:"params"`
	}{}
	if err := strict.JSON(document, &told); err != nil {
		return strict.Each(err)
	}
	r.Source, r.Params = told.Source, told.Params
	return append(strict.At("source", strict.Problems(&r.Source)), strict.At("params", strict.Problems(&r.Params))...)
}

// decodeVersion gives nil for the version of a first check.
func decodeVersion[V any](text json.RawMessage) (*V, []error) {
	if len(text) == 0 || string(text) == "null" {
		return nil, nil
	}
	version := new(V)
	if err := strict.JSON(text, version); err != nil {
		return nil, strict.At("version", strict.Each(err))
	}
	if wrong := strict.At("version", strict.Problems(version)); len(wrong) > 0 {
		return nil, wrong
	}
	return version, nil
}
