package mistake

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
)

func TestWanted(t *testing.T) {
	pipeline := []byte("a: ((slack)) # ((commented))\nb: ((aws.region))((aws.region)) ((.:local)) (( environment ))\n# ((gone))\nc: x#((kept))\n")
	wanted := Wanted(pipeline)
	require.Equal(t, []string{"aws.region", "environment", "kept", "slack"}, wanted)
	vars := facts(t, right).Config.Vars
	got := missing(vars, append(wanted, "slack.url", "aws.regoin", "slcak"))
	require.Equal(t, []string{"kept", "aws.regoin", "slcak"}, got)
	require.Equal(t, []string{"", " (did you mean region?)", " (did you mean slack?)"}, []string{hint(vars, "kept"), hint(vars, "aws.regoin"), hint(vars, "slcak")})
	require.Empty(t, missing(checklist.Vars{"aws": "((aws-of-production))"}, []string{"aws.region"}), "Concourse says itself that it looks into no secret")
	require.Equal(t, []string{"morning"}, unused(vars, []string{"slack.url", "aws"}))
	require.Equal(t, []string{"aws.region", "morning"}, unused(vars, []string{"slack", "aws.endpoint"}))
}

// FuzzReadPipeline: whatever is in a file, the vars that are found in it are such that a config can give them.
func FuzzReadPipeline(f *testing.F) {
	for _, text := range two {
		f.Add([]byte(text))
	}
	f.Add([]byte("jobs: [{name: 1}, x]\na: ((a.b)) # ((c))"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := ReadPipeline(text)
		if err != nil {
			return
		}
		given := checklist.Vars{}
		for _, path := range p.Wanted {
			into := given
			keys := strings.Split(path, ".")
			for _, key := range keys[:len(keys)-1] {
				inner, is := into[key].(checklist.Vars)
				if !is {
					inner = checklist.Vars{}
					into[key] = inner
				}
				into = inner
			}
			if _, is := into[keys[len(keys)-1]]; !is {
				into[keys[len(keys)-1]] = checklist.Vars{}
			}
		}
		require.Empty(t, missing(given, p.Wanted))
		require.Empty(t, unused(given, p.Wanted))
	})
}
