package nearest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/nearest"
)

func TestTo(t *testing.T) {
	keys := []string{"rule", "subject", "reason", "until", "owner", "prénom"}
	for word, want := range map[string]string{
		"until": "until", "untill": "until", "unitl": "until", "Until": "until", "OWNR": "owner",
		"sbject": "subject", "subjetcs": "subject", "raeson": "reason", "prenom": "prénom", "prénoms": "prénom",
		"": "", "x": "", "colour": "", "expires": "", "until when": "", "\xff\xfe": "",
	} {
		require.Equal(t, want, nearest.To(word, keys), "near %q", word)
	}
}

func TestToTakesTheFirstOfSeveral(t *testing.T) {
	require.Equal(t, "mine", nearest.To("line", []string{"mine", "wine"}))
	require.Equal(t, "line", nearest.To("lines", []string{"lineup", "line"}), "but the nearest before the first")
}

func TestHint(t *testing.T) {
	require.Equal(t, " (did you mean owner?)", nearest.Hint("ownr", []string{"rule", "owner"}))
	require.Empty(t, nearest.Hint("colour", []string{"rule", "owner"}))
	require.Empty(t, nearest.Hint("rule", nil))
}
