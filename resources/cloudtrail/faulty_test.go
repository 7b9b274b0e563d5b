package main

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/lookup"
)

// faulty are resources as one might have written them. The proof must find each out, or it proves nothing.
var faulty = map[string]detector{
	"a version an anomaly, in the order in which they happened":  {cursor, ours.batch},
	"a version an anomaly, in the order in which they are found": {discovery, ours.batch},
	"no ledger":                                         spoiled(func(given *version) { given.Known = nil }),
	"a batch that always holds those before":            spoiled(func(given *version) { given.Baseline = given.Through }),
	"a first batch that is not kept until it was built": spoiled(func(given *version) { given.Baseline = moment{} }),
	"an overlap shorter than events are late": {func(given string, now time.Time, list lister) ([]string, error) {
		return rhythm{tested.lookback, 15 * time.Minute, tested.heartbeat}.versions(given, now, list)
	}, ours.batch},
	"half a scan is as good as a whole one": {func(given string, now time.Time, list lister) ([]string, error) {
		return tested.versions(given, now, func(s lookup.Span) (ledger, error) {
			found, _ := list(s)
			return found, nil
		})
	}, ours.batch},
	"a clock that goes back is believed": {func(given string, now time.Time, list lister) ([]string, error) {
		known := decode(given)
		if known == nil {
			return ours.versions(given, now, list)
		}
		span, _ := tested.span(known, now)
		found, err := list(span)
		earlier := *known
		earlier.Next, earlier.Through = at(time.Unix(0, 0)), at(time.Unix(0, 0))
		if v := tested.advance(&earlier, found, span); v != nil {
			return []string{given, encode(v)}, err
		}
		return []string{given}, err
	}, ours.batch},
}

// spoiled is this resource, given another version than the one that it made.
func spoiled(spoil func(given *version)) detector {
	return detector{func(given string, now time.Time, list lister) ([]string, error) {
		known := decode(given)
		if known != nil {
			spoil(known)
			known.Count = max(known.Count, len(known.Events))
			list, err := ours.versions(encode(known), now, list)
			if len(list) > 0 {
				list[0] = given
			}
			return list, err
		}
		return ours.versions(given, now, list)
	}, ours.batch}
}

// cursor gives what is newer than the last version, as many resources do.
func cursor(given string, now time.Time, list lister) (versions []string, err error) {
	found, err := list(lookup.Span{Start: now.Add(-tested.lookback), End: now})
	if err != nil {
		return nil, err
	}
	if given != "" {
		last := decode(given).Events[0]
		versions = append(versions, given)
		found = slices.DeleteFunc(found, func(a anomaly) bool { return compare(a, last) <= 0 })
	}
	for _, a := range found {
		versions = append(versions, single(a))
	}
	return versions, nil
}

// discovery gives all that the lookback has, the known one first.
func discovery(given string, now time.Time, list lister) (versions []string, err error) {
	found, err := list(lookup.Span{Start: now.Add(-tested.lookback), End: now})
	if given != "" {
		versions = append(versions, given)
	}
	for _, a := range found {
		if v := single(a); v != given {
			versions = append(versions, v)
		}
	}
	return versions, err
}

func single(a anomaly) string {
	t := at(time.Unix(int64(a.at), 0))
	return encode(version{Since: t, Through: t, Next: t, Count: 1, Events: ledger{a}})
}

func TestTheProofFindsFaults(t *testing.T) {
	for name, d := range faulty {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(20_000) {
				if problem := live(d, invent(seed)); problem != "" {
					steps := shrink(d, invent(seed))
					require.LessOrEqual(t, len(steps), 10, "a failure should be told in a few steps")
					t.Log(explain(d, seed, problem))
					return
				}
			}
			t.Fatal("20000 histories, and nothing is wrong with it")
		})
	}
}
