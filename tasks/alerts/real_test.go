//go:build sandbox

package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-openapi/strfmt"
	"github.com/prometheus/alertmanager/api/v2/client/silence"
	"github.com/prometheus/alertmanager/api/v2/models"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/sandbox/monitoring"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// TestRealServers runs the scripts in testdata/real beside real servers, with both Alertmanagers: they differ.
func TestRealServers(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	later, err := monitoring.LaterAlertmanager(ctx)
	require.NoError(t, err)
	for version, program := range map[string]string{"0.25.0": monitoring.DebianAlertmanager, "0.31.1": later} {
		t.Run(version, func(t *testing.T) {
			r := &real{version: version, program: program}
			testscript.Run(t, testscript.Params{Dir: "testdata/real", Cmds: map[string]func(*testscript.TestScript, bool, []string){
				"real": r.start, "post": post, "silence": silenced, "until": until, "exits": exits, "fill": fill, "refuses": refuses, "resolved": resolved,
			}, Setup: example})
		})
	}
}

// example lays the route that ships beside the scripts, with Slack's address in a file of the script.
func example(e *testscript.Env) error {
	e.Values[standing{}] = new(monitors)
	text, err := os.ReadFile("../../pipelines/example/alertmanager-canary.yml")
	if err != nil {
		return err
	}
	route := strings.Replace(string(text), "/etc/alertmanager", e.WorkDir, 1)
	return os.WriteFile(filepath.Join(e.WorkDir, "example.yml"), []byte(route), 0o600)
}

type real struct{ version, program string }

// start gives the script an Alertmanager and a Prometheus with the configurations in its files, and a hook.
func (r *real) start(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: real")
	}
	h := newHook()
	ts.Defer(h.Close)
	ts.Setenv("HOOK", h.URL)
	chat := slack.New()
	*ts.Value(standing{}).(*monitors) = monitors{slack: chat}
	ts.Check(os.WriteFile(ts.MkAbs("today.yml"), []byte("{settle: 0s, grace: 0s, noise: {weekday: "+time.Now().UTC().Weekday().String()+"}}"), 0o600))
	ts.Defer(chat.Close)
	ts.Setenv("SLACK_API_URL", chat.APIURL())
	ts.Check(os.WriteFile(ts.MkAbs("slack-webhook"), []byte(chat.WebhookURL()), 0o600))
	expand := func(file string) string {
		return os.Expand(ts.ReadFile(file), ts.Getenv)
	}
	am, err := monitoring.Alertmanager(context.Background(), "127.0.0.1", r.program, ts.MkAbs("."), expand("alertmanager.yml.in"))
	ts.Check(err)
	ts.Defer(am.Stop)
	ts.Setenv("ALERTMANAGER_URL", am.URL)
	ts.Setenv("ALERTMANAGER", strings.TrimPrefix(am.URL, "http://"))
	ts.Setenv("PROMETHEUS", "127.0.0.1:1") // its own port is known when it runs
	ts.Setenv("RULES", ts.MkAbs("rules.yml"))
	p, err := monitoring.Prometheus(context.Background(), "127.0.0.1", ts.MkAbs("."), expand("prometheus.yml.in"))
	ts.Check(err)
	ts.Defer(p.Stop)
	ts.Setenv("PROMETHEUS_URL", p.URL)
	ts.Setenv("PROMETHEUS", strings.TrimPrefix(p.URL, "http://"))
	ts.Check(os.WriteFile(filepath.Join(ts.MkAbs("."), "prometheus.yml"), []byte(expand("prometheus.yml.in")), 0o600))
	ts.Check(p.Reload())
}

// post gives Alertmanager an alert as anybody may: post NAME=VALUE...
func post(ts *testscript.TestScript, neg bool, args []string) {
	labels := models.LabelSet{}
	for _, pair := range args {
		name, value, _ := strings.Cut(pair, "=")
		labels[name] = value
	}
	starts, ends := time.Now().Add(-3*time.Hour), time.Now().Add(time.Hour)
	if neg { // one from the future
		starts, ends = ends, ends.Add(time.Hour)
	}
	ts.Check(asked(ts).post(context.Background(), &models.PostableAlert{Alert: models.Alert{Labels: labels}, StartsAt: strfmt.DateTime(starts), EndsAt: strfmt.DateTime(ends)}))
}

// silenced makes a silence: silence AUTHOR COMMENT DURATION NAME REGEXP
func silenced(ts *testscript.TestScript, _ bool, args []string) {
	length, err := time.ParseDuration(args[2])
	ts.Check(err)
	starts, ends, yes := strfmt.DateTime(time.Now()), strfmt.DateTime(time.Now().Add(length)), true
	_, err = asked(ts).api.Silence.PostSilences(silence.NewPostSilencesParams().WithSilence(&models.PostableSilence{Silence: models.Silence{
		StartsAt: &starts, EndsAt: &ends, CreatedBy: &args[0], Comment: &args[1],
		Matchers: models.Matchers{{Name: &args[3], Value: &args[4], IsRegex: &yes, IsEqual: &yes}},
	}}))
	ts.Check(err)
}

func asked(ts *testscript.TestScript) *alertmanagerClient {
	return (&config{Alertmanager: server{URL: ts.Getenv("ALERTMANAGER_URL")}, RequestTimeout: 10 * time.Second}).alertmanager()
}

// fill replaces $NAME in a file by the script's variables.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(os.Expand(ts.ReadFile(args[0]), ts.Getenv)), 0o600))
}

// refuses makes Slack's webhook answer so, whatever it is sent: refuses STATUS BODY
func refuses(ts *testscript.TestScript, _ bool, args []string) {
	status, err := strconv.Atoi(args[0])
	ts.Check(err)
	chat := ts.Value(standing{}).(*monitors).slack
	chat.Heal()
	chat.Inject(fault.Fault{Path: "/services/*", Do: fault.Answer(status, args[1], "Content-Type", "application/json", "Retry-After", "1")})
}

// resolved waits until Alertmanager has no firing canary, with ! until it has one.
func resolved(ts *testscript.TestScript, neg bool, _ []string) {
	am := asked(ts)
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		all, err := am.alerts(context.Background(), `alertname="DailyChecklistCanary"`)
		ts.Check(err)
		if (len(all) == 0) != neg {
			return
		}
	}
	ts.Fatalf("the canary's state does not become what it should")
}

// until runs a program again and again until its output has a text: until TEXT PROGRAM
func until(ts *testscript.TestScript, neg bool, args []string) {
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(500 * time.Millisecond) {
		_ = ts.Exec(args[1])
		if strings.Contains(ts.ReadFile("stdout"), args[0]) != neg {
			return
		}
	}
	ts.Fatalf("%s never says %q", args[1], args[0])
}

// hook is a webhook receiver that can be asked for what it got at /hook.
type hook struct {
	*httptest.Server
	mu  sync.Mutex
	got strings.Builder
}

func newHook() *hook {
	h := new(hook)
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		defer h.mu.Unlock()
		switch {
		case r.Method == http.MethodGet && r.URL.Path != "/hook":
			_, _ = io.WriteString(w, "nothing")
		case r.Method == http.MethodGet:
			_, _ = io.WriteString(w, h.got.String())
		case r.URL.Path == "/hook":
			_, _ = io.Copy(&h.got, r.Body)
		default:
			http.Error(w, "no", http.StatusBadRequest)
		}
	}))
	return h
}
