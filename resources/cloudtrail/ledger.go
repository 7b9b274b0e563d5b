package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"
)

// anomaly is an event that is not as it should be, as short as a version can hold it.
type anomaly struct {
	at  uint32 // when it happened, in Unix seconds
	key key
}

// key stands for "<account>/<event ID>": of a million of them, two are alike with a chance of 1 in 37 million.
type key [8]byte

func keyOf(subject string) key {
	sum := sha256.Sum256([]byte(subject))
	return key(sum[:8])
}

// ledger is a set of anomalies, the oldest first.
type ledger []anomaly

func newLedger(all map[key]uint32) ledger {
	l := make(ledger, 0, len(all))
	for k, at := range all {
		l = append(l, anomaly{at, k})
	}
	slices.SortFunc(l, compare)
	return l
}

func compare(a, b anomaly) int {
	return cmp.Or(cmp.Compare(a.at, b.at), bytes.Compare(a.key[:], b.key[:]))
}

func (l ledger) keys() map[key]uint32 {
	all := make(map[key]uint32, len(l))
	for _, a := range l {
		all[a.key] = a.at
	}
	return all
}

// with is both, each anomaly once.
func (l ledger) with(more ledger) ledger {
	all := more.keys()
	for _, a := range l {
		all[a.key] = a.at
	}
	return newLedger(all)
}

// without are those that are not in the other.
func (l ledger) without(other ledger) ledger {
	known := other.keys()
	return slices.DeleteFunc(slices.Clone(l), func(a anomaly) bool {
		_, is := known[a.key]
		return is
	})
}

// from are those from a time on.
func (l ledger) from(t time.Time) ledger {
	return slices.DeleteFunc(slices.Clone(l), func(a anomaly) bool { return int64(a.at) < t.Unix() })
}

const (
	entry = 12   // bytes of an anomaly
	most  = 2000 // anomalies in a ledger: 32 KB of a version's text, which Concourse stores with each
)

// code refuses the spare bits by which one ledger could be written in several ways: Concourse takes versions of
// other bytes for others.
var code = base64.RawURLEncoding.Strict()

// MarshalText writes a ledger in the one way in which it is written.
func (l ledger) MarshalText() ([]byte, error) {
	packed := make([]byte, 0, entry*len(l))
	for _, a := range l {
		packed = binary.BigEndian.AppendUint32(packed, a.at)
		packed = append(packed, a.key[:]...)
	}
	return code.AppendEncode(nil, packed), nil
}

// UnmarshalText reads what MarshalText writes, and nothing else.
func (l *ledger) UnmarshalText(text []byte) error {
	if bytes.ContainsAny(text, "\r\n") { // base64 passes over them
		return errors.New("wants a ledger of this resource, not one with line breaks")
	}
	packed, err := code.AppendDecode(nil, text)
	if err != nil || len(packed)%entry != 0 || len(packed) > most*entry {
		return fmt.Errorf("wants a ledger of this resource, %d anomalies at most", most)
	}
	*l = nil
	for part := range slices.Chunk(packed, entry) {
		*l = append(*l, anomaly{binary.BigEndian.Uint32(part), key(part[4:])})
	}
	if !slices.IsSortedFunc(*l, compare) || len(l.keys()) != len(*l) {
		return errors.New("wants a ledger of this resource, the oldest anomaly first and each once")
	}
	return nil
}
