package main

import (
	"errors"
	"fmt"
	"time"
)

// version is a batch of anomalies that no version before held, and what it takes to know them again.
type version struct {
	Since    moment `yaml:"since"`              // what was looked at: from here ...
	Through  moment `yaml:"through"`            // ... to here
	Count    int    `yaml:"count"`              // anomalies in the batch, 0 when nothing was new for a heartbeat
	Baseline moment `yaml:"baseline,omitempty"` // when Concourse knew no version; the batch is all since the lookback's begin
	Next     moment `yaml:"next"`               // the next check looks from here on
	Events   ledger `yaml:"events,omitempty"`   // the batch; of more than fit the newest
	Known    ledger `yaml:"known,omitempty"`    // anomalies of versions before that the next check will see again
}

// Problems tells all that is wrong.
func (v version) Problems() (problems []error) {
	for _, named := range []struct {
		key string
		at  moment
	}{{"since", v.Since}, {"through", v.Through}, {"next", v.Next}} {
		if named.at.IsZero() {
			problems = append(problems, fmt.Errorf("%s is missing", named.key))
		}
	}
	if v.Since.After(v.Through.Time) {
		problems = append(problems, errors.New("since is after through"))
	}
	if v.Count < len(v.Events) {
		problems = append(problems, fmt.Errorf("count is %d, events are %d", v.Count, len(v.Events)))
	}
	return problems
}

// unlisted is how many of the batch did not fit.
func (v version) unlisted() int { return v.Count - len(v.Events) }

// moment is a time in whole seconds, written in one way alone.
type moment struct{ time.Time }

func at(t time.Time) moment { return moment{t.UTC().Truncate(time.Second)} }

func later(a, b moment) moment {
	if a.After(b.Time) {
		return a
	}
	return b
}

const layout = "2006-01-02T15:04:05Z"

// MarshalText writes 2026-11-23T06:45:00Z.
func (m moment) MarshalText() ([]byte, error) { return []byte(m.Format(layout)), nil }

// UnmarshalText reads that alone.
func (m *moment) UnmarshalText(text []byte) error {
	t, err := time.Parse(layout, string(text))
	if err != nil || t.Format(layout) != string(text) || t.Unix() < 0 {
		return fmt.Errorf("wants a time such as 2026-11-23T06:45:00Z, not %q", text)
	}
	m.Time = t
	return nil
}
