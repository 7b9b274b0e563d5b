package report_test

import (
	"net/url"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "",
		"a\tb\nc":                           "a b\nc",
		"a\r\nb\vc\u0085d\u2028e\u2029f":    "a\nbcdef",
		"\x00\x1b[31mred\x1b[0m\x7f\u009bm": "[31mred[0mm",
		"nov\u202etxt.exe \u2066a\u2069\u200e\u200f\u061c": "novtxt.exe a",
		"é 中 👩\u200d👧 ✓ <&>`|*":                            "é 中 👩\u200d👧 ✓ <&>`|*",
		"\xff\xfea\ufffd":                                  "??a?",
	} {
		require.Equal(t, want, report.Plain(text), "%q", text)
	}
}

func TestWeb(t *testing.T) {
	for _, address := range []string{
		"https://example.org/a", "http://127.0.0.1:8080/builds/1", "https://[::1]:8443/", "https://ci.example.gov",
		"https://ci.example.gov/builds/1?a=1&b=%22x%7Cy%22#top", "https://ci.example.gov/?vars.line=\"mfa\"", "https://example.org/@jane/~x(1)[2]{3};d='4'",
	} {
		require.Equal(t, address, report.Web(address))
	}
	for why, addresses := range map[string][]string{
		"no address": {"", "a", "/builds/1", "//ci.example.gov", "?", "https", "https:", "https://", "https:///a", "https://:443/", "https:builds", "https:/ci.example.gov", "https://a.example/%zz/\x7f"},
		"not the web": {"javascript:alert(1)", "java\nscript:alert(1)", "javascript://example.org/%0aalert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x",
			"mailto:a@example.org", "ftp://example.org", "HTTPS://ci.example.gov", "hTTp://ci.example.gov"},
		"looks like another's": {"https://ci.gov@evil.example", "https://@evil.example", "https://ci.gov:443@evil.example/", "https://ci.gov%40evil.example", `https://evil.example\@ci.gov`,
			"https://cі.example.gov", "https://ci.example.gov/\u202egpj.exe"},
		"ends a link": {" https://ci.example.gov", "https://ci.example.gov ", "https://a.example/a b", "https://a.example/\t", "https://a.example/\r\nX: y", "https://a.example/\x1b[31m", "https://a.example/>",
			"https://a.example/<!channel>", "https://a.example/|x", "https://a.example/`x`", `https://a.example/\`, "https://a.example/é", "http://0?\xff"},
	} {
		for _, address := range addresses {
			require.Empty(t, report.Web(address), "%s: %q", why, address)
		}
	}
}

// FuzzOutside: what is plain holds nothing that is not seen, and what may be followed leads where it says.
func FuzzOutside(f *testing.F) {
	for _, seed := range []string{
		"", "a", "<!channel> <@U0JOHN>", "<script>alert(1)</script>", "&lt;b&gt;&#x202e;", "\x00\x1b[31m\u202e\u2066\xff\u2028\r\n\t", "👩\u200d👩\u200d👧", "\U0010ffff\ufffd", "e\u0301\u200e",
		"https://a.example/?a=<!channel>|<b>&c#`", "http://0?\xff\u202e", "https://a.example/\"> x", "javascript:alert(1)", "https://ci.gov@evil.example", `https://a.example\@b`, "HTTP://a", "https://[::1%25a]/", "https://:1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		plain := report.Plain(text)
		require.True(t, utf8.ValidString(plain))
		require.NotRegexp(t, `[\x00-\x09\x0b-\x1f\x7f\x{80}-\x{9f}\x{61c}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}\x{fffd}]`, plain)
		require.Equal(t, plain, report.Plain(plain))
		address := report.Web(text)
		if address == "" {
			return
		}
		require.Equal(t, text, address)
		require.Equal(t, address, report.Plain(address))
		require.Regexp(t, "^https?://[!-;=?-\\[\\]-_a-{}~]+$", address)
		u, err := url.Parse(address)
		require.NoError(t, err)
		require.NotEmpty(t, u.Hostname())
		require.Nil(t, u.User)
	})
}
