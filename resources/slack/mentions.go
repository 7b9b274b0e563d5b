package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/render"
)

// mentions are whom a source calls, by the worst that is new.
type mentions struct {
	High    []callee `yaml:"high"`
	Warning []callee `yaml:"warning"`
	Unknown []callee `yaml:"unknown"` // could not look, or the build broke
}

// callee is a person, a group, here, channel, or whoever is on support.
type callee struct {
	mention   render.Mention
	onSupport bool
}

// UnmarshalText reads an ID or a word.
func (c *callee) UnmarshalText(text []byte) (err error) {
	if c.onSupport = string(text) == "on-support"; !c.onSupport {
		if c.mention, err = render.ParseMention(string(text)); err != nil {
			return fmt.Errorf("wants a person's ID such as U0123ABCD, a user group's such as S0123ABCD, here, channel or on-support, not %q", text)
		}
	}
	return nil
}

// maxCallees keeps a message within Slack's limits.
const maxCallees = 10

// Problems tells all that is wrong.
func (m mentions) Problems() (problems []error) {
	for _, l := range []struct {
		name string
		all  []callee
	}{{"high", m.High}, {"warning", m.Warning}, {"unknown", m.Unknown}} {
		if len(l.all) > maxCallees {
			problems = append(problems, fmt.Errorf("%s calls %d, and may call %d: make a user group of them", l.name, len(l.all), maxCallees))
		}
	}
	if len(m.Warning) > 0 && len(m.High) == 0 {
		problems = append(problems, errors.New("warning calls somebody and high nobody: say whom high calls too"))
	}
	return problems
}

// call decides who is called for what is new: by the worst finding, and besides by what could not be looked at. In quiet
// hours only high calls, and the rest is owed until they are over.
func (m mentions) call(fresh []item, quiet bool) (called []callee, owed []item) {
	of := func(l level) []item {
		return slices.DeleteFunc(slices.Clone(fresh), func(i item) bool { return i.level != l })
	}
	switch {
	case len(of(high)) > 0:
		called = slices.Clone(m.High)
	case len(of(warning)) == 0 || len(m.Warning) == 0:
	case quiet:
		owed = of(warning)
	default:
		called = slices.Clone(m.Warning)
	}
	switch unknowns := of(unknown); {
	case len(unknowns) == 0 || len(m.Unknown) == 0:
	case quiet:
		owed = append(owed, unknowns...)
	default:
		called = append(called, m.Unknown...)
	}
	return called, owed
}

// resolve puts who is on support in place of the word; otherwise it tells why that is not known.
func (w *writer) resolve(called []callee) (all []render.Mention, unresolved string) {
	for _, c := range called {
		if !c.onSupport {
			all = append(all, c.mention)
			continue
		}
		m, err := w.onSupport()
		if err != nil {
			unresolved = err.Error()
			continue
		}
		all = append(all, m)
	}
	return all, unresolved
}

// onSupport reads the ID of one person or group. A file may not call the whole channel.
func (w *writer) onSupport() (m render.Mention, err error) {
	if w.Params.OnSupport == "" {
		return m, errors.New("the put gives no on_support")
	}
	text, err := w.file(w.Params.OnSupport, 100)
	if err != nil {
		return m, err
	}
	id := strings.TrimSpace(text)
	if id == "here" || id == "channel" {
		return m, fmt.Errorf("%s holds %s, and wants an ID", w.Params.OnSupport, id)
	}
	if m, err = render.ParseMention(id); err != nil {
		return m, fmt.Errorf("%s %w", w.Params.OnSupport, err)
	}
	return m, nil
}
