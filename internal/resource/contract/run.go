package contract

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// result is how a run ended.
type result struct {
	status         int
	stdout, stderr string
}

func (r Resource) run(t *testing.T, verb, folder, request string) result {
	return r.end(t, start(t, verb, folder, request))
}

// end waits for a run, and holds it against what no run may do.
func (r Resource) end(t *testing.T, command *exec.Cmd) result {
	err := command.Wait()
	var exit *exec.ExitError
	require.True(t, err == nil || errors.As(err, &exit), "%v", err)
	done := result{command.ProcessState.ExitCode(), fmt.Sprint(command.Stdout), fmt.Sprint(command.Stderr)}
	require.NotContains(t, done.stdout, r.Secret)
	require.NotContains(t, done.stderr, r.Secret)
	if done.status != 0 {
		require.Empty(t, done.stdout, "what fails answers nothing")
		require.NotEmpty(t, done.stderr, "what fails says why")
	} else {
		require.True(t, json.Valid([]byte(done.stdout)), "one JSON value, not %q", done.stdout)
	}
	return done
}

// response is the answer of in and out as Concourse decodes it: every value a string.
type response struct {
	Version  map[string]string
	Metadata []struct{ Name, Value string }
}

func (r result) response(t *testing.T) (answer response) {
	require.NoError(t, json.Unmarshal([]byte(r.stdout), &answer), r.stdout)
	require.NotEmpty(t, answer.Version)
	return answer
}

// request is what Concourse sends, where what is "" is left away.
func request(source, version, params string) string {
	text := `{"source":` + source
	if version != "" {
		text += `,"version":` + version
	}
	if params != "" {
		text += `,"params":` + params
	}
	return text + "}"
}

func marshal(t *testing.T, value any) string {
	text, err := json.Marshal(value)
	require.NoError(t, err)
	return string(text)
}

// typo adds a letter to the first key.
func typo(t *testing.T, object string) string {
	if object == "" {
		return ""
	}
	keys := map[string]any{}
	require.NoError(t, json.Unmarshal([]byte(object), &keys))
	first := slices.Sorted(maps.Keys(keys))[0]
	keys[first+"x"] = keys[first]
	delete(keys, first)
	return marshal(t, keys)
}
