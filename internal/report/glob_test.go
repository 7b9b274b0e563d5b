package report_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

func TestGlob(t *testing.T) {
	for _, c := range []struct {
		glob report.Glob
		text string
		want bool
	}{
		{"", "", false}, {"", "a", false},
		{"*", "", true}, {"*", "production/cf", true}, {"**", "a", true},
		{"?", "", false}, {"?", "a", true}, {"?", "ab", false}, {"?", "é", true},
		{"cf", "cf", true}, {"cf", "CF", false}, {"cf", "cf2", false}, {"cf", "xcf", false},
		{"*/prometheus/*", "production/prometheus/jammy", true}, {"*/prometheus/*", "production/prometheus", false},
		{"nessus-manager*", "nessus-manager", true}, {"nessus-manager*", "my-nessus-manager", false},
		{"*a*b", "aXbXb", true}, {"*a*b", "ab", true}, {"*a*b", "ba", false}, {"a*a", "a", false},
		{"a.c", "abc", false}, {"[ab]", "a", false}, {"[ab]", "[ab]", true}, {`\*`, "*", false}, {`\*`, `\x`, true},
		{"a?*", "a", false}, {"a?*", "ab", true}, {"a*?", "abc", true},
		{"a\nb*", "a\nbc", true}, {"*", "\xff", true},
	} {
		require.Equal(t, c.want, c.glob.Match(c.text), "%q on %q", c.glob, c.text)
	}
}

// A glob comes from a policy and a text from anywhere: no pair of them may take long.
func TestGlobIsQuick(t *testing.T) {
	started := time.Now()
	require.False(t, report.Glob(strings.Repeat("*a", 1000)+"b").Match(strings.Repeat("a", 10_000)))
	require.Less(t, time.Since(started), 5*time.Second)
}

// FuzzGlob holds the matcher against the plainest one that can be written.
func FuzzGlob(f *testing.F) {
	f.Add("*/cf?*", "production/cf")
	f.Add("*a*b*", "aabbab")
	f.Add("??é", "aaé")
	f.Fuzz(func(t *testing.T, glob, text string) {
		if len(glob) > 12 || len(text) > 24 || !utf8.ValidString(glob+text) {
			return
		}
		want := glob != "" && plainly([]rune(glob), []rune(text))
		require.Equal(t, want, report.Glob(glob).Match(text), "%q on %q", glob, text)
	})
}

func plainly(glob, text []rune) bool {
	switch {
	case len(glob) == 0:
		return len(text) == 0
	case glob[0] == '*':
		return plainly(glob[1:], text) || len(text) > 0 && plainly(glob, text[1:])
	}
	return len(text) > 0 && (glob[0] == '?' || glob[0] == text[0]) && plainly(glob[1:], text[1:])
}
