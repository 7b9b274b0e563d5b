package rotation

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMeaning(t *testing.T) {
	for kept, want := range map[string]string{
		"plain":            "plain",
		"R&amp;D &lt;3":    "R&D <3",
		" a   b ":          "a b",
		"":                 "",
		"<unclosed":        "<unclosed",
		"&amp;lt;":         "&lt;",
		"<!here>":          "!here",
		"<@U0JANE>":        "@U0JANE",
		"<@U0JANE|jane>":   "@jane",
		"<#C0X|platform>":  "#platform",
		"<#C0X|#platform>": "#platform",
		"see <https://example.gov/a?b=1&amp;c=2>":                            "see https://example.gov/a?b=1&c=2",
		"<http://jane.doe|jane.doe> or <mailto:a@example.gov|a@example.gov>": "jane.doe or a@example.gov",
	} {
		require.Equal(t, want, Meaning(kept), kept)
	}
}

func TestTopicIsChangedBetweenTheMarksAlone(t *testing.T) {
	const part = "Support: Sam Roe until Tue 2026-12-01"
	for topic, want := range map[string]string{
		"Support: Jane Doe until Tue 2026-11-24 |":                           "Support: Sam Roe until Tue 2026-12-01 |",
		"Support: Jane Doe until Tue 2026-11-24":                             "Support: Sam Roe until Tue 2026-12-01 |",
		"Support: Jane Doe until Tue 2026-11-24 | see <https://a.gov|b> |c":  "Support: Sam Roe until Tue 2026-12-01 | see <https://a.gov|b> |c",
		"R&amp;D | Support: <http://jane.doe|jane.doe> until 1 | Support us": "R&amp;D | Support: Sam Roe until Tue 2026-12-01 | Support us",
		"all |Support: x|y":         "all |Support: Sam Roe until Tue 2026-12-01|y",
		"":                          "Support: Sam Roe until Tue 2026-12-01 |",
		"Customer Support: call us": "Support: Sam Roe until Tue 2026-12-01 | Customer Support: call us",
		"<https://a.gov/x|Support: x> | no part of": "Support: Sam Roe until Tue 2026-12-01 | <https://a.gov/x|Support: x> | no part of",
	} {
		set := with(topic, marked(topic), part)
		require.Equal(t, want, set)
		require.True(t, Channel{Topic: set}.says(part), set)
		require.Equal(t, set, with(set, marked(set), part), "once more changes nothing")
	}
	require.Len(t, marked("Support: a | Support: b |Support: c"), 3)
}

func FuzzTopic(f *testing.F) {
	f.Add("a | Support: b | <http://c|d>")
	f.Add("<|<|Support:>|Support:")
	f.Fuzz(func(t *testing.T, topic string) {
		const part = "Support: Sam Roe until Tue 2026-12-01"
		places := marked(topic)
		set := with(topic, places, part)
		require.Contains(t, set, part)
		if len(places) == 1 {
			require.True(t, strings.HasPrefix(set, topic[:places[0][0]]) && strings.Contains(set, topic[places[0][1]:]), "the rest stays")
			require.True(t, Channel{Topic: set}.says(part), set)
		}
	})
}

func TestProduced(t *testing.T) {
	s := read(t, team+"overrides: [{who: Kim Poe, from: 2026-10-13, until: 2026-10-13}]")
	for text, want := range map[string]bool{
		"Support: Jane Doe until Tue 2026-10-13": false, // the override took the last day
		"Support: Jane Doe until Mon 2026-10-12": true,
		"Support: Kim Poe until Tue 2026-10-13":  true,
		"Support: Sam Roe until Tue 2026-10-20":  true,
		"Support: Jane Doe until Tue 2026-10-20": false,
		"Support: Sam Roe until Mon 2026-10-20":  false,
		"Support: Sam until Tue 2026-10-20":      false,
		"Support:":                               false,
		"Support:  until Tue 2026-09-22":         false,
	} {
		require.Equal(t, want, s.produced(text), text)
	}
}
