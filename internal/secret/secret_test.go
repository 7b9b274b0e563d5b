package secret_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/secret"
)

func TestHider(t *testing.T) {
	type inner struct{ Key fetch.Secret }
	hide := secret.Hider(
		&struct {
			Token fetch.Secret
			inner
			Inner   inner
			Empty   fetch.Secret
			private fetch.Secret
		}{
			Token: fetch.NewSecret(`pa"ss wörd`), inner: inner{fetch.NewSecret("hunter")}, Inner: inner{fetch.NewSecret("hunter22")},
			private: fetch.NewSecret("unseen"),
		},
		struct{ URL fetch.Secret }{fetch.NewSecret("https://hooks.example/services/T0/B0/x")},
	)
	for in, out := range map[string]string{
		`pa"ss wörd`:                        "<secret>",
		`"pa\"ss wörd"`:                     `"<secret>"`,
		"?p=pa%22ss+w%C3%B6rd&q":            "?p=<secret>&q",
		"/pa%22ss%20w%C3%B6rd/":             "/<secret>/",
		"hunter22 before hunter":            "<secret> before <secret>",
		"POST /services/T0/B0/x: refused":   "POST <secret>: refused",
		"https://hooks.example/services/T0": "https://hooks.example/services/T0",
		"nothing here":                      "nothing here",
	} {
		require.Equal(t, out, hide.Replace(in), in)
	}
}
