package main

import (
	"errors"
	"fmt"
)

// source is where something is published, and where else it can be read.
type source struct {
	name          string // in gaps
	parameters    string // that hold its addresses
	first, second string // addresses
}

func (s source) remedy() string {
	return "See whether " + s.parameters + " answer from where this ran (proxy, firewall; cisa.gov refuses some clouds), and give a mirror that does."
}

// read tries the addresses in order. Where neither gives all, it gives back what told more, with an error that says what
// was wrong with each.
func read[T any](s source, from func(address string) (T, error), size func(T) int) (best T, err error) {
	var failed []error
	for _, address := range []string{s.first, s.second} {
		if address == "" {
			continue
		}
		got, err := from(address)
		if err == nil {
			return got, nil
		}
		failed = append(failed, err)
		if size(got) > size(best) {
			best = got
		}
	}
	return best, fmt.Errorf("read %s: %w", s.name, joined(failed))
}

// joined is in one line.
func joined(failed []error) error {
	if len(failed) < 2 {
		return errors.Join(failed...)
	}
	if failed[0].Error() == failed[1].Error() {
		return fmt.Errorf("%w (at both addresses)", failed[0])
	}
	return fmt.Errorf("%w; at the second address: %w", failed[0], failed[1])
}

func length[T any](list []T) int { return len(list) }
