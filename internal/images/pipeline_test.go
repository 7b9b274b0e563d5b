package images

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

func read(t *testing.T, path string, into any) (text string) {
	content, err := os.ReadFile(filepath.Join(root, path))
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(content, into), path)
	return string(content)
}

// all are the images: one of every task, and one of each resource.
func all(t *testing.T) []string { return append([]string{"tasks"}, folders(t, "resources")...) }

// steps are those of a job, whatever they are nested in.
func steps(of any) (found []map[string]any) {
	switch value := of.(type) {
	case []any:
		for _, item := range value {
			found = append(found, steps(item)...)
		}
	case map[string]any:
		found = append(found, value)
		for _, inner := range value {
			found = append(found, steps(inner)...)
		}
	}
	return found
}

// TestEveryImageIsPublished: built, scanned and pushed, by each job that does so, and scanned again.
func TestEveryImageIsPublished(t *testing.T) {
	var pipeline struct {
		Jobs []struct {
			Name string
			Plan any
		}
	}
	read(t, "pipelines/images.yml", &pipeline)
	did := map[string][]string{}
	for _, job := range pipeline.Jobs {
		for _, step := range steps(job.Plan) {
			for _, kind := range []string{"task", "put", "get"} {
				if name, is := step[kind].(string); is {
					did[job.Name+" "+kind] = append(did[job.Name+" "+kind], name)
				}
			}
		}
	}
	for _, image := range all(t) {
		for _, job := range []string{"build", "publish-major", "publish-minor", "publish-patch"} {
			require.Contains(t, did[job+" task"], "build-"+image)
			require.Contains(t, did[job+" task"], "scan")
			if job != "build" {
				require.Contains(t, did[job+" put"], image+"-image")
			}
		}
		require.Contains(t, did["scan get"], image)
	}
	var scan struct {
		Inputs []struct{ Name string }
		Run    struct{ Args []string }
	}
	read(t, "pipelines/images/scan.yml", &scan)
	require.ElementsMatch(t, all(t), scan.Run.Args)
	for _, image := range all(t) {
		require.True(t, slices.ContainsFunc(scan.Inputs, func(i struct{ Name string }) bool { return i.Name == image }), image)
	}
}

var variable = regexp.MustCompile(`\(\(([a-z_]+)(?:\.([a-z_]+))?\)\)`)

// TestVars: the example gives the vars that the pipeline takes, and no others.
func TestVars(t *testing.T) {
	given := map[string]any{}
	read(t, "pipelines/example/images-vars.yml", &given)
	taken := map[string]bool{}
	for _, found := range variable.FindAllStringSubmatch(read(t, "pipelines/images.yml", new(any)), -1) {
		require.Contains(t, given, found[1])
		if found[2] != "" {
			require.Contains(t, given[found[1]], found[2], found[0])
		}
		taken[found[1]] = true
	}
	for name := range given {
		require.True(t, taken[name], "%s is taken by nothing", name)
	}
}

// TestBuildArguments: an argument that no Dockerfile takes would be ignored, and one that a build needs would be missed.
func TestBuildArguments(t *testing.T) {
	var build struct{ Params map[string]any }
	read(t, "pipelines/images/build.yml", &build)
	var cloudGov map[string]any
	read(t, "pipelines/images/cloud-gov-vars.yml", &cloudGov)
	given := build.Params
	for _, of := range []string{"oci-build-params", "build-test-params"} {
		for name, value := range cloudGov[of].(map[string]any) {
			given[name] = value
		}
	}
	for _, name := range []string{"Dockerfile.task", "Dockerfile.resource"} {
		dockerfile, err := os.ReadFile(filepath.Join(root, name))
		require.NoError(t, err)
		for key := range given {
			for _, prefix := range []string{"BUILD_ARG_", "IMAGE_ARG_"} {
				if argument, is := strings.CutPrefix(key, prefix); is && (argument != "RESOURCE" || name == "Dockerfile.resource") {
					require.Regexp(t, `(?m)^ARG `+argument+`(=|$)`, string(dockerfile), name)
				}
			}
		}
		require.Contains(t, string(dockerfile), " AS "+given["TARGET"].(string)+"\n", name)
		require.Contains(t, string(dockerfile), " AS "+given["ADDITIONAL_TARGETS"].(string)+"\n", name)
	}
}
