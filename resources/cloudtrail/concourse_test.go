package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// concourse is what Concourse does with the versions of one resource, and with one job that gets it with version: every.
// It was written after its source, release 8.2.5:
//
//	atc/db/resource_config_scope.go saveVersions: two versions are one if their JSON is the same; if at least one of a
//	check's list is new, all of the list get a new check_order, in the list's order
//	atc/db/versions_db.go NextEveryVersion: the next is that of the smallest check_order above the highest one that the
//	job ever used; a job that used none of these versions takes the latest, and what is older is never built
//	atc/exec/check_step.go: a check is given the latest version; one that fails changes nothing
type concourse struct {
	order map[string]int  // check_order by the version's JSON
	used  map[string]bool // by the job's builds, whatever became of the resource's history
	top   int
}

func newConcourse() *concourse { return &concourse{order: map[string]int{}, used: map[string]bool{}} }

// reset begins a new history: another source, or another image of the resource's type.
func (c *concourse) reset() { c.order = map[string]int{} }

// latest is the version that a check is given, "" for none.
func (c *concourse) latest() (latest string) {
	for v, order := range c.order {
		if latest == "" || order > c.order[latest] {
			latest = v
		}
	}
	return latest
}

func (c *concourse) save(list []string) {
	fresh := false
	for _, v := range list {
		_, known := c.order[v]
		fresh = fresh || !known
	}
	if !fresh {
		return
	}
	for _, v := range list {
		c.top++
		c.order[v] = c.top
	}
}

// build uses the next version, "" when there is none.
func (c *concourse) build() string {
	highest := 0
	for v := range c.used {
		highest = max(highest, c.order[v])
	}
	next := ""
	if highest == 0 {
		next = c.latest()
	} else {
		for v, order := range c.order {
			if order > highest && (next == "" || order < c.order[next]) {
				next = v
			}
		}
	}
	if next != "" {
		c.used[next] = true
	}
	return next
}

// TestConcourse holds the model against what was read in the source.
func TestConcourse(t *testing.T) {
	c := newConcourse()
	require.Empty(t, c.build())
	c.save([]string{"a", "b"})
	require.Equal(t, "b", c.build(), "the first build takes the latest, and a is never built")
	require.Empty(t, c.build())
	c.save([]string{"b"})
	require.Empty(t, c.build(), "nothing is new")
	c.save([]string{"b", "c", "d"})
	require.Equal(t, "c", c.build())
	require.Equal(t, "d", c.build())
	c.save([]string{"e", "d"})
	require.Empty(t, c.build(), "the trap: what is listed before a version that was built is never built")
	require.Equal(t, "d", c.latest())
	c.reset()
	c.save([]string{"c", "f", "g"})
	require.Equal(t, "f", c.build(), "builds remember what they used, even in a new history")
	c.reset()
	c.save([]string{"h", "i"})
	require.Equal(t, "i", c.build())
}
