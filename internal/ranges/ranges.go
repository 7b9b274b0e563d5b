// Package ranges knows the addresses that AWS publishes as its own.
//
// An address within them belongs to AWS or to any of its customers, and AWS publishes only some of
// its ranges: being within is weak evidence, being outside is a question.
// https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-ranges.html
package ranges

import (
	"net/netip"
	"slices"
	"time"
)

// Set is the addresses published at one time.
type Set struct {
	Created time.Time // when AWS published them
	spans   []span    // ordered, none touching the next
}

// span is all addresses from first to last, both of one family.
type span struct{ first, last netip.Addr }

// Contains tells whether the address was published. An IPv4 address may come as an IPv6 one.
func (s *Set) Contains(address netip.Addr) bool {
	address = address.Unmap().WithZone("")
	i, found := slices.BinarySearchFunc(s.spans, address, func(s span, a netip.Addr) int { return s.first.Compare(a) })
	if found {
		return true
	}
	return i > 0 && address.Compare(s.spans[i-1].last) <= 0
}

// merge orders spans and joins those that overlap or touch.
func merge(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.first.Compare(b.first) })
	var merged []span
	for _, s := range spans {
		if n := len(merged) - 1; n >= 0 && touches(merged[n], s) {
			if s.last.Compare(merged[n].last) > 0 {
				merged[n].last = s.last
			}
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// touches tells whether b, which does not begin before a, overlaps or directly follows it. The last
// address of a family has no next one.
func touches(a, b span) bool {
	return b.first.Compare(a.last) <= 0 || a.last.Next() == b.first
}

// spanOf is the addresses of a prefix.
func spanOf(p netip.Prefix) span {
	first := p.Masked().Addr()
	last := first.AsSlice()
	for bit := p.Bits(); bit < len(last)*8; bit++ {
		last[bit/8] |= 0x80 >> (bit % 8)
	}
	end, _ := netip.AddrFromSlice(last)
	return span{first, end}
}
