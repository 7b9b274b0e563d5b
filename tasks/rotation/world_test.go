package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/bucket"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// world is a workspace, the reports that are kept, and a schedule by which support changed hands a while ago.
type world struct {
	slack   *slack.Server
	bucket  *bucket.Server
	changed time.Time // when support changed hands
	lines   []string  // of the checklist
}

// worlds are what the scripts look at, by the name that they call it by: changes to one in which Slack says that Sam Roe, who
// handed over to Jane Doe two hours ago, is on support.
var worlds = map[string]func(*world){
	"handed over": func(*world) {},
	"days later":  func(w *world) { w.changed = w.changed.AddDate(0, 0, -3) },
	"all is right": func(w *world) {
		w.changed = w.changed.AddDate(0, 0, -3)
		w.with(func(ws *slack.Workspace) {
			ws.Room(slack.Channel).Type(slack.App, "Platform | "+w.says("Jane Doe", 7)+" https://example.gov/a?b=1&c=2 🚀")
			ws.Groups[0].Members = []string{"U0JANE"}
			for _, room := range ws.Channels {
				room.Members = append(room.Members, "U0JANE")
			}
		})
		w.plantHandOff(slack.App, "Jane Doe")
	},
	"other hand-offs": func(w *world) {
		w.plantHandOff("U0SAM", "Jane Doe")
		w.plantHandOff(slack.App, "Sam Roe")
	},
	"topic by hand":       topicIs(func(*world) string { return "Support: ask Kim <!here> | Platform" }),
	"topic without mark":  topicIs(func(*world) string { return "Platform & friends" }),
	"topic full":          topicIs(func(w *world) string { return w.says("Sam Roe", 0) + " " + strings.Repeat("é", 211) }),
	"topic full, no mark": topicIs(func(*world) string { return strings.Repeat("é", 230) }),

	"deactivated":      inSlack(func(ws *slack.Workspace) { ws.Users[0].Deleted = true }),
	"next deactivated": inSlack(func(ws *slack.Workspace) { ws.Users[2].Deleted = true }),
	"not found, a bot": inSlack(func(ws *slack.Workspace) { ws.Users[1].Email = "other@example.gov"; ws.Users[2].Bot = true }),
	"app out":          inSlack(func(ws *slack.Workspace) { ws.Room(slack.Channel).Members = []string{"U0SAM"} }),
	"app out of news":  inSlack(func(ws *slack.Workspace) { ws.Room("C0NEWS").Members = []string{"U0SAM"} }),
	"archived":         inSlack(func(ws *slack.Workspace) { ws.Room(slack.Channel).Archived = true }),
	"no such channel":  inSlack(func(ws *slack.Workspace) { ws.Channels = ws.Channels[:1] }),
	"group disabled":   inSlack(func(ws *slack.Workspace) { ws.Groups[0].Disabled = true }),
	"no group":         inSlack(func(ws *slack.Workspace) { ws.Groups = nil }),
	"group locked":     inSlack(func(ws *slack.Workspace) { ws.Groups[0].Locked = true }),
	"many members": inSlack(func(ws *slack.Workspace) {
		for i := range 450 {
			ws.Room("C0NEWS").Members = append(ws.Room("C0NEWS").Members, fmt.Sprintf("U0M%d", i))
		}
		ws.Room("C0NEWS").Members = append(ws.Room("C0NEWS").Members, "U0JANE")
	}),

	"signed out":            fails("auth.test", says(`{"ok":false,"error":"invalid_auth"}`)),
	"lacks users:read":      fails("users.info", lacks("users:read")),
	"lacks e-mail":          fails("users.lookupByEmail", lacks("users:read.email")),
	"lacks channels:manage": fails("conversations.setTopic", lacks("channels:manage")),
	"lacks history":         fails("conversations.history", lacks("channels:history")),
	"no paid plan":          fails("usergroups.list", says(`{"ok":false,"error":"paid_teams_only"}`)),
	"group refused":         fails("usergroups.users.update", says(`{"ok":false,"error":"permission_denied"}`)),
	"busy once":             failsOnce("conversations.setTopic", fault.Answer(429, `{"ok":false,"error":"ratelimited"}`, "Retry-After", "1")),
	"busy":                  fails("conversations.setTopic", fault.Answer(429, `{"ok":false,"error":"ratelimited"}`, "Retry-After", "1.5")),
	"too busy to read":      fails("conversations.info", fault.Answer(429, `{"ok":false,"error":"ratelimited"}`, "Retry-After", "40")),
	"HTML":                  fails("conversations.info", fault.Answer(200, "<html>sign in</html>", "Content-Type", "text/html")),
	"empty 200":             fails("*", fault.Answer(200, "")),
	"empty JSON":            fails("*", says("{}")),
	"null":                  fails("*", says("null")),
	"silent":                fails("conversations.info", fault.Hang),
	"another channel":       fails("conversations.info", says(`{"ok":true,"channel":{"id":"C0OTHER","is_member":true}}`)),
	"another user":          fails("users.info", says(`{"ok":true,"user":{"id":"U0OTHER"}}`)),
	"topic garbled": func(w *world) {
		w.slack.Inject(fault.Fault{Path: "/api/conversations.setTopic", Do: func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				next.ServeHTTP(rw, r)
				w.with(func(ws *slack.Workspace) {
					ws.Room(slack.Channel).Topic = strings.ReplaceAll(ws.Room(slack.Channel).Topic, "&amp;", "&amp;amp;")
				})
			})
		}})
	},
	"topic swallowed":      fails("conversations.setTopic", says(`{"ok":true}`)),
	"group swallowed":      fails("usergroups.users.update", says(`{"ok":true}`)),
	"invitation swallowed": fails("conversations.invite", says(`{"ok":true}`)),
	"already in channel":   fails("conversations.invite", says(`{"ok":false,"error":"already_in_channel"}`)),
	"post swallowed":       fails("chat.postMessage", says(`{"ok":true}`)),
	"post to nowhere":      fails("chat.postMessage", says(`{"ok":true,"channel":"C0PLATFORM","ts":"1.000001"}`)),
	"post refused":         fails("chat.postMessage", lacks("chat:write")),
	"post broken":          fails("chat.postMessage", fault.Answer(503, "")),
	"empty channel":        fails("conversations.history", says(`{"ok":true,"messages":[],"has_more":false}`)),
	"lost cursor":          fails("conversations.history", says(`{"ok":true,"messages":[{"type":"message","ts":"1.1"}],"has_more":true}`)),
	"reports denied":       func(w *world) { w.bucket.Inject(fault.Fault{Do: fault.Answer(403, "")}) },
	"report of the future": func(w *world) {
		r := blank("stemcells")
		r.Started = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
		if err := w.bucket.Keep(r, "9"); err != nil {
			panic(err)
		}
	},
	"red everywhere": func(w *world) {
		for i := range 30 {
			r := blank(fmt.Sprintf("line-%02d", i))
			for range 9 {
				r.Find(report.Finding{Rule: "long-story", Subject: "production/x", Severity: report.Warning, Summary: strings.Repeat("é<", 300)})
			}
			if err := w.bucket.Keep(r, "1"); err != nil {
				panic(err)
			}
			w.lines = append(w.lines, r.Check)
		}
	},
	"loud channel": func(w *world) {
		for range 450 {
			w.slack.Plant(slack.Message{At: time.Now().Add(-time.Minute), User: "U0SAM", Text: "hm"})
		}
		w.plantHandOff(slack.App, "Jane Doe")
	},
}

func inSlack(change func(*slack.Workspace)) func(*world) {
	return func(w *world) { w.with(change) }
}

func (w *world) with(change func(*slack.Workspace)) { w.slack.Workspace(change) }

func topicIs(text func(*world) string) func(*world) {
	return func(w *world) {
		w.with(func(ws *slack.Workspace) { ws.Room(slack.Channel).Type("U0SAM", text(w)) })
	}
}

func fails(method string, do fault.Action) func(*world) {
	return func(w *world) { w.slack.Inject(fault.Fault{Path: "/api/" + method, Do: do}) }
}

func failsOnce(method string, do fault.Action) func(*world) {
	return func(w *world) { w.slack.Inject(fault.Fault{Path: "/api/" + method, Times: 1, Do: do}) }
}

func says(body string) fault.Action {
	return fault.Answer(200, body, "Content-Type", "application/json")
}

func lacks(scope string) fault.Action {
	return says(`{"ok":false,"error":"missing_scope","needed":"` + scope + `","provided":"identify"}`)
}

// newWorld is one in which Sam Roe handed over to Jane Doe two hours ago, and nothing in Slack says so.
func newWorld() *world {
	w := &world{slack: slack.New(), bucket: bucket.New(), lines: []string{"mfa", "tickets", "nessus", "stemcells"}, changed: time.Now().UTC().Add(-2 * time.Hour).Truncate(time.Minute)}
	w.with(func(ws *slack.Workspace) {
		ws.Users = []slack.User{
			{ID: "U0JANE", Name: "Jane", Email: "jane@example.gov"}, {ID: "U0SAM", Name: "Sam", Email: "sam@example.gov"}, {ID: "U0KIM", Name: "Kim"},
		}
		ws.Groups = []*slack.Group{{ID: "S0SUPPORT", Handle: "support", Members: []string{"U0SAM"}}}
		ws.Channels = []*slack.Room{
			{ID: slack.Channel, Name: "platform", Members: []string{slack.App, "U0SAM"}},
			{ID: "C0NEWS", Name: "news", Members: []string{slack.App, "U0SAM"}},
		}
		ws.Room(slack.Channel).Type(slack.App, w.says("Sam Roe", 0)+" Platform & friends")
	})
	return w
}

// says is a topic's part for a shift that ends so many days after support changed hands.
func (w *world) says(who string, days int) string {
	return "Support: " + who + " until " + w.changed.AddDate(0, 0, days).Format("Mon 2006-01-02") + " |"
}

// schedule is that by which support changed hands then: Jane Doe's third turn.
func (w *world) schedule() string {
	return fmt.Sprintf(`time_zone: UTC
week: {starts: %s, at: "%s"}
first: %s
people:
- {name: Jane Doe, slack: U0JANE}
- {name: Kim Poe, slack: U0KIM}
- {name: Sam Roe, slack: sam@example.gov}
meeting: Tuesday 4:30-5 pm ET <!here>
slack: {channel: C0PLATFORM, group: "@support", channels: [C0PLATFORM, C0NEWS]}
`, w.changed.Weekday(), w.changed.Format("15:04"), w.changed.AddDate(0, 0, -42).Format(time.DateOnly))
}

// plantHandOff has somebody post one to somebody, of the moment at which support changed hands.
func (w *world) plantHandOff(by, to string) {
	w.slack.Plant(slack.Message{
		At: w.changed.Add(time.Minute), User: by, Text: "handed over",
		Metadata: []byte(fmt.Sprintf(`{"event_type":"support_hand_off","event_payload":{"hand_off":"%s %s"}}`, w.changed.Format(time.RFC3339), to)),
	})
}

// keep keeps a red report, a clean one and one of tickets, with all that may be hostile in them.
func (w *world) keep() error {
	for check, of := range map[string]func(*report.Report){
		"stemcells": func(r *report.Report) {
			for i := range 9 {
				r.Find(report.Finding{Rule: "stemcell-behind", Subject: fmt.Sprintf("production/cf-%d", i), Severity: report.High, Summary: "cf is behind <!channel> <@U0KIM> \x1b[31m `x` *bold*"})
			}
		},
		"mfa": func(*report.Report) {},
		"tickets": func(r *report.Report) {
			r.See("new tickets", 2)
			r.See("open tickets", 4)
			r.Find(report.Finding{Rule: "ticket-unanswered", Subject: "production/4633", Severity: report.Warning, Summary: "ticket 4633 waits"})
		},
	} {
		r := blank(check)
		of(r)
		if err := w.bucket.Keep(r, "1"); err != nil {
			return err
		}
	}
	return nil
}

// blank is a report of an hour ago that is clean so far.
func blank(check string) *report.Report {
	r := &report.Report{Schema: report.Schema, Check: check, Scope: "production", Title: check, Started: time.Now().UTC().Add(-time.Hour).Truncate(time.Second)}
	r.Finished = r.Started
	r.Examine("things", 1)
	return r
}

// start starts a world with this change and gives the script what a pipeline would.
func start(ts *testscript.TestScript, _ string, change func(*world)) {
	w := newWorld()
	ts.Defer(w.slack.Close)
	ts.Defer(w.bucket.Close)
	ts.Check(w.keep())
	change(w)
	*of(ts) = *w
	for _, name := range w.bucket.Env() {
		name, value, _ := strings.Cut(name, "=")
		ts.Setenv(name, value)
	}
	for name, value := range map[string]string{
		"SLACK_API_URL": w.slack.APIURL(), "SLACK_TOKEN": slack.Token, "SCOPE": "team", "SCHEDULE": "rotation.yml", "CHECKLIST": "checklist.yml", "AWS_REGION": "us-gov-west-1",
		"LAST": w.says("Sam Roe", 0), "NOW": w.says("Jane Doe", 7), "NEXT": w.changed.AddDate(0, 0, 8).Format(time.RFC3339), "APPLY": "", "ADOPT": "",
	} {
		ts.Setenv(name, value)
	}
	ts.Check(os.WriteFile(ts.MkAbs("rotation.yml"), []byte(w.schedule()), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("checklist.yml"), []byte("environments: {production: {lines: ["+strings.Join(w.lines, ", ")+"]}}\n"), 0o600))
}
