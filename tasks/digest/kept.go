package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/digest"
	"github.com/cloud-gov/platform-checklist/internal/evidence"
)

// kept reads which reports a box left since a moment: all by their names, those of red builds by their status too, and that of
// the newest build whole.
func (c *check) kept(ctx context.Context, store *evidence.Store, b *digest.Box, since time.Time) error {
	scope, err := c.scope(b.Box)
	if err != nil {
		return err
	}
	line := evidence.Line{Scope: scope, Check: b.Line}
	keys, err := store.Reports(ctx, line, store.Since(line, since))
	if err != nil {
		return err
	}
	last, green := b.Finished(), b.Green()
	for _, key := range keys {
		r := digest.Report{}
		r.Started, r.Build = evidence.Told(key)
		switch {
		case last != nil && r.Build == strconv.Itoa(last.ID):
			whole, err := store.Report(ctx, key)
			if err != nil {
				return err
			}
			r.Status, b.Latest = whole.Status(), digest.Latest(r.Build, whole)
		case !green[r.Build]:
			if r.Status, err = store.Status(ctx, key); err != nil {
				return err
			}
		}
		b.Reports = append(b.Reports, r)
	}
	return nil
}

// scope is the one that a box's reports have: its environment, or what a var of its says.
func (c *check) scope(b checklist.Box) (string, error) {
	path, other := c.policy.Scopes[b.Line]
	if !other {
		return b.Environment, nil
	}
	var value any = c.checklist.BoxVars(b)
	for name := range strings.SplitSeq(path, ".") {
		vars, _ := value.(checklist.Vars)
		value = vars[name]
	}
	scope, is := value.(string)
	if is && (evidence.Line{Scope: scope, Check: b.Line}).Problems() == nil {
		return scope, nil
	}
	return "", fmt.Errorf("the var %s does not name the scope of its reports: correct it in the config, or scopes in the policy", path)
}
