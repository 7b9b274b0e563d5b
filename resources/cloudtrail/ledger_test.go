package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/lookup"
	"github.com/cloud-gov/platform-checklist/internal/ranges"
	"github.com/cloud-gov/platform-checklist/internal/strict"
	"github.com/cloud-gov/platform-checklist/internal/trail"
)

// many anomalies, one a second up to end.
func many(n int, end time.Time) ledger {
	all := map[key]uint32{}
	for i := range n {
		all[keyOf(fmt.Sprint(end, i))] = uint32(end.Unix()) - uint32(i)
	}
	return newLedger(all)
}

func TestLedger(t *testing.T) {
	a, b, c := anomaly{1, key{1}}, anomaly{2, key{0}}, anomaly{2, key{2}}
	l := newLedger(map[key]uint32{c.key: c.at, a.key: a.at, b.key: b.at})
	require.Equal(t, ledger{a, b, c}, l, "the oldest first")
	require.Equal(t, ledger{b}, l.without(ledger{a, c}))
	require.Equal(t, ledger{b}, l.without(ledger{{9, a.key}, c}), "one is known by its key, whatever its time")
	require.Equal(t, l, ledger{a, b}.with(ledger{b, c}))
	require.Equal(t, ledger{b, c}, l.from(time.Unix(2, 0)))
	written, err := l.MarshalText()
	require.NoError(t, err)
	require.Equal(t, "AAAAAQEAAAAAAAAAAAAAAgAAAAAAAAAAAAAAAgIAAAAAAAAA", string(written))
	var read ledger
	require.NoError(t, read.UnmarshalText(written))
	require.Equal(t, l, read)
}

// FuzzText: whatever somebody types, a time or a ledger is refused or comes back byte by byte.
func FuzzText(f *testing.F) {
	written, _ := many(3, time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)).MarshalText()
	for _, text := range []string{
		"2026-11-23T11:00:00Z", "2026-11-23T11:00:00.0Z", "2026-11-23T11:00:00+00:00", "1969-12-31T23:59:59Z",
		string(written), string(written) + "\n", "AAAA", "AAAAAQEAAAAAAAAB", "____________________",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var m moment
		var l ledger
		for _, value := range []interface {
			UnmarshalText([]byte) error
			MarshalText() ([]byte, error)
		}{&m, &l} {
			if value.UnmarshalText([]byte(text)) == nil {
				again, err := value.MarshalText()
				require.NoError(t, err)
				require.Equal(t, text, string(again))
			}
		}
	})
}

// FuzzVersion: a check can go on from any version that somebody pins, and tells what is new once. The ledgers are made of
// raw bytes, since no text that is only nearly one gets as far.
func FuzzVersion(f *testing.F) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	f.Add(uint32(now.Add(-time.Hour).Unix()), []byte("now and then"), []byte("then and now, now and then"))
	f.Add(uint32(0), []byte{}, make([]byte, 3*entry))
	f.Add(uint32(now.Unix()), bytes.Repeat([]byte{0xff}, entry), []byte{})
	f.Fuzz(func(t *testing.T, since uint32, events, known []byte) {
		from, e, k := time.Unix(int64(since), 0), raw(events), raw(known)
		if from.After(now) || len(e) > most || len(k) > most {
			return
		}
		var read ledger
		written, err := e.MarshalText()
		require.NoError(t, err)
		require.NoError(t, read.UnmarshalText(written))
		require.Equal(t, len(e), len(read.keys()))
		given := version{Since: at(from), Through: at(from), Next: at(from), Count: len(e), Events: e, Known: k}
		next := tested.advance(&given, many(2, now), lookup.Span{Start: from, End: now})
		if next == nil {
			return
		}
		require.Empty(t, next.Problems())
		for _, told := range next.Events {
			require.NotContains(t, given.Events.keys(), told.key, "told again")
			require.NotContains(t, given.Known.keys(), told.key, "told again")
		}
		require.Nil(t, tested.advance(next, many(2, now), lookup.Span{Start: next.Next.Time, End: now.Add(time.Minute)}), "what was told is known")
	})
}

// raw makes a ledger of any bytes.
func raw(packed []byte) ledger {
	all := map[key]uint32{}
	for part := range slices.Chunk(packed[:len(packed)/entry*entry], entry) {
		all[key(part[4:])] = binary.BigEndian.Uint32(part)
	}
	return newLedger(all)
}

// TestFlood: of more anomalies than fit a version tells the number and lists the newest, it stays small, and
// none of them is told again.
func TestFlood(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	flood := many(10_000, now)
	span := lookup.Span{Start: now.Add(-tested.lookback), End: now}
	v := tested.advance(nil, flood, span)
	require.Equal(t, 10_000, v.Count)
	require.Equal(t, flood[8_000:], v.Events)
	require.Equal(t, 8_000, v.unlisted())
	require.Equal(t, now.Add(-1999*time.Second), v.Next.Time, "the next check begins with the oldest that is listed")

	for i := range 12 {
		now = now.Add(3 * time.Hour)
		flood = flood.with(many(2_500, now))
		span, err := tested.span(v, now)
		require.NoError(t, err)
		v = tested.advance(v, flood.from(span.Start), span)
		document := text(t, v)
		require.Less(t, len(document), 70<<10)
		again := new(version)
		require.NoError(t, strict.JSON([]byte(document), again))
		require.True(t, document == text(t, again), "what Concourse gives back is read and written as it was")
		require.Empty(t, v.Problems())
		if v.Baseline.IsZero() {
			require.Equal(t, 2_500, v.Count, "flood %d", i)
		}
		require.Nil(t, tested.advance(v, flood.from(v.Next.Time), lookup.Span{Start: v.Next.Time, End: now.Add(time.Minute)}))
	}
	for range 48 { // it ends, and the overlap is as before
		now = now.Add(time.Hour)
		span, err := tested.span(v, now)
		require.NoError(t, err)
		if next := tested.advance(v, flood.from(span.Start), span); next != nil {
			require.Zero(t, next.Count)
			v = next
		}
	}
	require.Equal(t, tested.overlap, v.Through.Sub(v.Next.Time))
	require.Empty(t, v.Known)
}

// TestTimeless: an anomaly whose record has no time, or one that was not asked for, is known for as long as it may be seen.
func TestTimeless(t *testing.T) {
	span := lookup.Span{Start: time.Unix(1_000_000, 0), End: time.Unix(2_000_000, 0)}
	review := trail.NewReview(trail.DefaultPolicy(), ranges.Snapshot())
	for id, happened := range map[string]string{"a": "1970-01-13T00:00:00Z", "b": "soon", "c": "2026-01-01T00:00:00Z", "d": "1970-01-01T00:00:00Z"} {
		e, err := trail.Parse(fmt.Appendf(nil, `{"eventName":"DeleteTrail","eventID":%q,"eventTime":%q,"recipientAccountId":"111122223333"}`, id, happened))
		require.NoError(t, err)
		review.Add(e)
	}
	found := anomalies(review, span).keys()
	require.Equal(t, uint32(12*24*60*60), found[keyOf("111122223333/a")])
	for _, id := range []string{"b", "c", "d"} {
		require.Equal(t, uint32(2_000_000), found[keyOf("111122223333/"+id)])
	}
}

// TestSpan holds the ends of what a check may look at.
func TestSpan(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		next  time.Duration // before now
		wrong string
	}{
		{0, ""}, {time.Hour, ""}, {90 * 24 * time.Hour, ""},
		{90*24*time.Hour + time.Second, "has expired unseen"},
		{-time.Second, "correct the worker's clock"},
	} {
		m := at(now.Add(-c.next))
		span, err := tested.span(&version{Since: m, Through: m, Next: m}, now.Add(time.Millisecond))
		if c.wrong != "" {
			require.ErrorContains(t, err, c.wrong)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, lookup.Span{Start: m.Time, End: now}, span)
	}
}
