package fetch_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// holders are the places in which a secret may lie when somebody prints too much.
func holders() map[string]any {
	s := fetch.NewSecret(secret)
	type exported struct{ Secret fetch.Secret }
	type unexported struct{ secret fetch.Secret }
	type embedded struct{ fetch.Secret }
	type hidden struct{ inner *unexported }
	return map[string]any{
		"itself": s, "a pointer": &s, "a field": exported{s}, "a pointer to a field": &exported{s},
		"a hidden field": unexported{s}, "a pointer to a hidden field": &unexported{s}, "embedded": embedded{s},
		"behind a hidden pointer": hidden{&unexported{s}}, "a map": map[string]fetch.Secret{"k": s}, "a key": map[fetch.Secret]int{s: 1},
		"a slice": []fetch.Secret{s}, "a slice of pointers": []*fetch.Secret{&s}, "an array": [1]any{s}, "an interface": []any{exported{s}},
		"an error": fmt.Errorf("sign in with %v: %w", s, errors.New("no")),
	}
}

func TestSecretDoesNotPrintItself(t *testing.T) {
	for name, holder := range holders() {
		t.Run(name, func(t *testing.T) {
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%o", "%c", "%U", "%t", "%e", "%p", "%T", "%w", "%20v", "%.3s", "%!"} {
				silent(t, verb, []byte(fmt.Sprintf(verb, holder)))
			}
			silent(t, "Sprint", []byte(fmt.Sprint(holder)))
			for encoding, encode := range map[string]func(any) ([]byte, error){"JSON": json.Marshal, "YAML": yamled, "XML": xml.Marshal} {
				text, err := encode(holder)
				silent(t, encoding, text)
				silent(t, encoding, fmt.Append(nil, err))
			}
			var text bytes.Buffer
			for _, handler := range []slog.Handler{slog.NewTextHandler(&text, nil), slog.NewJSONHandler(&text, nil)} {
				slog.New(handler).Info("told", "holder", holder, slog.Group("group", "holder", holder))
			}
			log.New(&text, "", 0).Println(holder)
			silent(t, "log", text.Bytes())
		})
	}
}

// silent looks for the secret as it is and as hex and decimal bytes.
func silent(t *testing.T, how string, told []byte) {
	for _, form := range []string{secret, fmt.Sprintf("%x", secret), fmt.Sprintf("%X", secret), fmt.Sprintf("% x", secret), fmt.Sprint([]byte(secret)[0:8])[1:20], secret[:3]} {
		require.NotContains(t, string(told), form, how)
	}
}

// yamled ends yaml's panics about what it cannot encode.
func yamled(value any) (text []byte, err error) {
	defer func() {
		if trouble := recover(); trouble != nil {
			err = fmt.Errorf("%v", trouble)
		}
	}()
	return yaml.Marshal(value)
}

func TestSecretReadsItself(t *testing.T) {
	var fromJSON, fromYAML struct{ Secret fetch.Secret }
	require.NoError(t, json.Unmarshal([]byte(`{"Secret": "hunter2"}`), &fromJSON))
	require.NoError(t, yaml.Unmarshal([]byte("secret: hunter2"), &fromYAML))
	require.Equal(t, "hunter2", fromJSON.Secret.Reveal())
	require.Equal(t, "hunter2", fromYAML.Secret.Reveal())
}

func TestNoSecret(t *testing.T) {
	var none fetch.Secret
	require.True(t, none.IsZero())
	require.True(t, fetch.NewSecret("").IsZero())
	require.False(t, fetch.NewSecret("x").IsZero())
	require.Empty(t, none.Reveal())
	require.Equal(t, "<secret>", fmt.Sprint(none), "not even whether there is one")
}
