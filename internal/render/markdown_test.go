package render_test

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/render"
)

// What Markdown takes as it stands: an escape, a code span, the address of a link; and our own marks.
var (
	inert = regexp.MustCompile("\\\\.|`[^`]*`|<https?://[^\\s<>]+>|\\\\$")
	marks = regexp.MustCompile(`^(#{1,3}|>|-|→) `)
)

// FuzzMarkdown: whatever a report quotes, it makes no HTML, no link and no heading of its own.
func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{"", "# a", "<script>", "[a](b)", "- a\n- b", "1. a", "===", "`a` \\`", "https://a.example/`<b>", "    code", "|a|b|"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var b bytes.Buffer
		require.NoError(t, render.Markdown(&b, large(2, 2, text)))
		for line := range bytes.Lines(b.Bytes()) {
			bare := marks.ReplaceAll(bytes.TrimRight(line, "\n"), nil)
			bare = inert.ReplaceAll(bare, nil)
			require.NotRegexp(t, "[<>`*_|#\\[\\]]", string(bare), "%q", line)
		}
	})
}
