package director_test

import (
	"bufio"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/director"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// captures holds answers of a real director over [Samples]. They are extra cases,
// not part of the project: shape_test.go holds the same shapes without them.
const captures = "../../../../shared/samples/bosh/director"

// captured lists the captures of these patterns, and says how many there are.
func captured(t *testing.T, patterns ...string) []string {
	t.Helper()
	var files []string
	for _, pattern := range patterns {
		found, err := filepath.Glob(filepath.Join(captures, pattern))
		require.NoError(t, err)
		files = append(files, found...)
	}
	t.Logf("compared with %d answers of a real director", len(files))
	return files
}

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(content)
}

var address = regexp.MustCompile(`https://[\d.]+:\d+`)

// decoded is JSON without the values of keys that differ from run to run. A list
// is sorted: a director leaves the order of some to its database.
func decoded(t *testing.T, text string, moving ...string) any {
	t.Helper()
	var value any
	require.NoError(t, json.Unmarshal([]byte(address.ReplaceAllString(text, "https://director")), &value), text)
	rows, isList := value.([]any)
	if !isList {
		rows = []any{value}
	}
	for _, row := range rows {
		for _, key := range moving {
			if fields := row.(map[string]any); fields[key] != nil {
				fields[key] = "moving"
			}
		}
	}
	slices.SortFunc(rows, func(a, b any) int { return strings.Compare(asText(t, a), asText(t, b)) })
	return rows
}

func asText(t *testing.T, value any) string {
	text, err := json.Marshal(value)
	require.NoError(t, err)
	return string(text)
}

// joined makes a list of a listing's lines.
func joined(lines string) string {
	return "[" + strings.Join(strings.Split(strings.TrimSuffix(lines, "\n"), "\n"), ",") + "]"
}

func TestAnswersAsCaptured(t *testing.T) {
	s := start(t, Samples())
	admin := scoped(t, s, "bosh.admin")
	const exclude = "/deployments?exclude_configs=true"
	cases := map[string]struct {
		asker  asker
		path   string
		moving []string
	}{
		"deployments.json":                 {admin, "/deployments", nil},
		"deployments_exclude_configs.json": {admin, exclude, nil},
		"deployments_stemcells_only.json":  {admin, exclude + "&exclude_releases=true", nil},
		"deployments_names.json":           {admin, exclude + "&exclude_releases=true&exclude_stemcells=true&exclude_lock=true", nil},
		"deployment_logsearch.json":        {admin, "/deployments/logsearch", nil},
		"stemcells.json":                   {admin, "/stemcells", nil},
		"vms_short_opensearch.json":        {admin, "/deployments/opensearch/vms", nil},
		"instances_short_opensearch.json":  {admin, "/deployments/opensearch/instances", nil},
		"locks.json":                       {admin, "/locks", []string{"timeout"}},
		"orphaned_vms.json":                {admin, "/orphaned_vms", nil},
		"events.json":                      {admin, "/events?object_type=deployment&deployment=logsearch", nil},
		"info_uaa.json":                    {anonymous(t, s), "/info", nil},
		"info_uaa_loggedin.json":           {admin, "/info", nil},
		"info_basic.json":                  {anonymous(t, start(t, Samples(), director.Basic)), "/info", nil},
	}
	for _, file := range captured(t, slices.Collect(maps.Keys(cases))...) {
		c := cases[filepath.Base(file)]
		answer := c.asker.get(c.path)
		require.Equal(t, http.StatusOK, answer.status, c.path)
		require.Equal(t, decoded(t, read(t, file), c.moving...), decoded(t, answer.body, c.moving...), c.path)
	}
}

func TestTeamSeesLessAsCaptured(t *testing.T) {
	member := scoped(t, start(t, Samples()), "bosh.teams.customer-squad.admin")
	for _, file := range captured(t, "team_*.json") {
		path := "/stemcells"
		if filepath.Base(file) == "team_deployments.json" {
			path = "/deployments?exclude_configs=true"
		}
		require.Equal(t, decoded(t, read(t, file)), decoded(t, member.get(path).body), path)
	}
}

func TestListsAsCaptured(t *testing.T) {
	ci := known(t, start(t, Samples()))
	for _, file := range captured(t, "*_full_*.ndjson") {
		kind, name, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".ndjson"), "_full_")
		task := ci.begin("/deployments/" + name + "/" + kind)
		require.Equal(t, "done", ci.finish(task))
		lines := ci.get(task + "/output?type=result").body
		require.Equal(t, decoded(t, joined(read(t, file))), decoded(t, joined(lines)), name)
	}
}

func TestTasksAsCaptured(t *testing.T) {
	s := start(t, Samples())
	s.Inject(fault.Fault{Path: "/deployments/logsearch/*", Do: director.TaskEnds("error", refused)})
	ci := known(t, s)
	moving := []string{"id", "timestamp", "started_at", "user", "deployment", "time"}

	task := ci.begin("/deployments/opensearch/vms")
	answers := map[string]string{"task_queued_or_processing.json": ci.get(task).body}
	ci.finish(task)
	answers["task_done_opensearch.json"] = ci.get(task).body
	task = ci.begin("/deployments/logsearch/vms")
	ci.finish(task)
	answers["task_error.json"] = ci.get(task).body
	answers["task_error_event_output.ndjson"] = ci.get(task + "/output?type=event").body

	for _, file := range captured(t, slices.Collect(maps.Keys(answers))...) {
		answer := answers[filepath.Base(file)]
		require.Equal(t, decoded(t, read(t, file), moving...), decoded(t, answer, moving...), file)
	}
}

// refused is what a director said when its database had no place left.
const refused = `PG::ConnectionBad: connection to server at "127.0.0.1", port 53709 failed: FATAL:  sorry, too many clients already`

func TestHeadersAsCaptured(t *testing.T) {
	s := start(t, Samples())
	ci := known(t, s)
	done := ci.begin("/deployments/opensearch/vms")
	ci.finish(done)
	answers := map[string]reply{
		"200_deployments.http":                 ci.get("/deployments?exclude_configs=true"),
		"200_locks.http":                       ci.get("/locks"),
		"200_stemcells.http":                   ci.get("/stemcells"),
		"200_task.http":                        ci.get(done),
		"200_vms_short.http":                   ci.get("/deployments/opensearch/vms"),
		"401.http":                             anonymous(t, s).get("/deployments"),
		"401_missing_scope.http":               scoped(t, s).get("/deployments"),
		"404_deployment.http":                  ci.get("/deployments/nope"),
		"404_endpoint.http":                    ci.get("/nosuch"),
		"404_task.http":                        ci.get("/tasks/9999"),
		"task_event_output.http":               ci.get(done+"/output?type=event", "Range", "bytes=0-"),
		"task_output_416.http":                 ci.get(done+"/output?type=result", "Range", "bytes=999999-"),
		"vms_full_redirect_cf-production.http": ci.get("/deployments/cf-production/vms?format=full"),
	}
	for _, file := range captured(t, slices.Collect(maps.Keys(answers))...) {
		got := answers[filepath.Base(file)]
		want, err := http.ReadResponse(bufio.NewReader(strings.NewReader(read(t, file))), nil)
		require.NoError(t, err)
		body, err := io.ReadAll(want.Body)
		require.NoError(t, err)
		require.Equal(t, want.StatusCode, got.status, file)
		require.Equal(t, still(want.Header), still(got.header), file)
		if got.status >= 400 {
			require.Equal(t, string(body), got.body, file)
		}
	}
}

// still is a header without what differs from run to run.
func still(h http.Header) http.Header {
	rest := h.Clone()
	for _, name := range []string{"Date", "Content-Length", "Location", "Content-Range"} {
		rest.Del(name)
	}
	return rest
}

func TestScopesAsCaptured(t *testing.T) {
	s := start(t, Samples())
	for _, file := range captured(t, "scope_matrix.txt") {
		for row := range strings.Lines(read(t, file)) {
			fields := strings.SplitN(strings.TrimSpace(row), " ", 2)
			rest := strings.SplitN(strings.TrimSpace(fields[1]), " ", 2)
			status, begins, _ := strings.Cut(strings.TrimSpace(rest[1]), " ")
			answer := scoped(t, s, fields[0]).get(rest[0])
			require.Equal(t, status, strconv.Itoa(answer.status), row)
			if answer.status != http.StatusOK {
				require.True(t, strings.HasPrefix(answer.body, begins), "%s: %s", row, answer.body)
			}
		}
	}
}
