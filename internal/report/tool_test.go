package report

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTool(t *testing.T) {
	const commit = "0123456789abcdef0123456789abcdef01234567"
	worked := func(settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{GoVersion: "go1.26.1", Main: debug.Module{Version: "v1.2.4-0.20261123131427-0123456789ab"}, Settings: settings}
	}
	for name, c := range map[string]struct {
		version, revision string
		info              *debug.BuildInfo
		want              string
	}{
		"an image's build": {"1.2.3", commit, &debug.BuildInfo{GoVersion: "go1.26.1", Main: debug.Module{Version: "(devel)"}},
			"mfa 1.2.3, commit 0123456789ab, go1.26.1"},
		"an image's build that is told nothing": {"", "", &debug.BuildInfo{GoVersion: "go1.26.1", Main: debug.Module{Version: "(devel)"}},
			"mfa (devel), commit unknown, go1.26.1"},
		"a working copy": {"", "", worked(debug.BuildSetting{Key: "vcs.revision", Value: commit}, debug.BuildSetting{Key: "vcs.modified", Value: "false"}),
			"mfa 1.2.4-0.20261123131427-0123456789ab, commit 0123456789ab, go1.26.1"},
		"a working copy with changes": {"", "", worked(debug.BuildSetting{Key: "vcs.revision", Value: commit}, debug.BuildSetting{Key: "vcs.modified", Value: "true"}),
			"mfa 1.2.4-0.20261123131427-0123456789ab, commit 0123456789ab with changes, go1.26.1"},
		"the linker's word counts": {"1.2.3", commit, worked(debug.BuildSetting{Key: "vcs.revision", Value: "fedcba"}, debug.BuildSetting{Key: "vcs.modified", Value: "true"}),
			"mfa 1.2.3, commit 0123456789ab, go1.26.1"},
		"no build info": {"", "", new(debug.BuildInfo), "mfa (devel), commit unknown, unknown Go"},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, tool("mfa", c.version, c.revision, c.info)) })
	}
}
