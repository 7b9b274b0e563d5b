package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	histories = flag.Int("histories", 2000, "histories of the proof")
	seed      = flag.Uint64("seed", 0, "seed of its first history; a new one unless given")
)

// TestEveryAnomalyReachesABuild is the proof: whatever happens, each anomaly reaches just one build, and after
// a reset one at least.
func TestEveryAnomalyReachesABuild(t *testing.T) {
	first, began := *seed, time.Now()
	if first == 0 {
		first = rand.Uint64N(1 << 40)
	}
	for i := range *histories {
		if problem := live(ours, invent(first+uint64(i))); problem != "" {
			t.Fatal(explain(ours, first+uint64(i), problem))
		}
	}
	t.Logf("%d histories from seed %d on, in %s", *histories, first, time.Since(began).Round(time.Millisecond))
}

// explain tells a history that goes wrong in as few steps as do.
func explain(d detector, seed uint64, problem string) string {
	var text strings.Builder
	fmt.Fprintf(&text, "seed %d: %s. With fewer steps:\n", seed, problem)
	steps := shrink(d, invent(seed))
	for _, s := range steps {
		fmt.Fprintf(&text, "  %s\n", s)
	}
	fmt.Fprintf(&text, "  in the end: %s", live(d, steps))
	return text.String()
}

// shrink takes away steps, and time from those that are left, for as long as it still goes wrong.
func shrink(d detector, steps []step) []step {
	wrong := func(steps []step) bool { return live(d, steps) != "" }
	for smaller := true; smaller; {
		smaller = false
		for size := len(steps); size > 0; size /= 2 {
			for i := 0; i+size <= len(steps); {
				if fewer := slices.Delete(slices.Clone(steps), i, i+size); wrong(fewer) {
					steps, smaller = fewer, true
				} else {
					i++
				}
			}
		}
		for i := range steps {
			for _, part := range []*time.Duration{&steps[i].by, &steps[i].late} {
				for whole := *part; *part > 0; whole = *part {
					if *part = (whole / 2).Truncate(time.Second); !wrong(steps) {
						*part = whole
						break
					}
					smaller = true
				}
			}
		}
	}
	return steps
}
