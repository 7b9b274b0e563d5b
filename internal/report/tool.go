package report

import (
	"cmp"
	"fmt"
	"runtime/debug"
	"strings"
)

// What a build may say of itself by -ldflags -X, as the Dockerfiles do: in an image's build there is no git to ask.
var version, revision string

// Tool says which build of a program this is, as [Report].Tool and --version have it: "mfa 1.2.3, commit 0123456789ab,
// go1.26.0". What the linker was not told comes from what Go recorded: of a working copy that is a pseudo-version.
func Tool(program string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = new(debug.BuildInfo)
	}
	return tool(program, version, revision, info)
}

func tool(program, version, revision string, info *debug.BuildInfo) string {
	recorded := map[string]string{}
	for _, s := range info.Settings {
		recorded[s.Key] = s.Value
	}
	if revision == "" {
		revision = recorded["vcs.revision"]
	}
	commit := fmt.Sprintf("commit %.12s", cmp.Or(revision, "unknown"))
	if version == "" && recorded["vcs.modified"] == "true" {
		commit += " with changes"
	}
	version = strings.TrimPrefix(cmp.Or(version, info.Main.Version, "(devel)"), "v")
	return fmt.Sprintf("%s %s, %s, %s", program, version, commit, cmp.Or(info.GoVersion, "unknown Go"))
}
