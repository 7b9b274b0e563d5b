package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(e *testscript.Env) error {
			s := cloud.New(cloud.Clean(time.Now()), quick)
			e.Defer(s.Close)
			e.Values["aws"] = s
			e.Vars = append(e.Vars, "AWS_EC2_METADATA_DISABLED=true", "SECRET="+secret, "AWS="+s.URL(), "SOURCE="+sourceAt(s.URL(), nil))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"happen": happen, "silence": silence, "fails": fails, "heal": heal, "source": setSource,
			"ask": ask, "last": last, "age": age, "same": same,
		},
	})
}

func production(ts *testscript.TestScript, change func(*cloud.Account)) {
	ts.Value("aws").(*cloud.Server).Update(func(w *cloud.World) { change(w.Account(cloud.Production)) })
}

// happen NAME AGO [twice]: an event that is not as it should be; so long ago, listed from now on.
func happen(ts *testscript.TestScript, _ bool, args []string) {
	ago, err := time.ParseDuration(args[1])
	ts.Check(err)
	e := cloud.ConsoleLogin(cloud.RootUser(), time.Now().Add(-ago).Truncate(time.Second))
	if args[0] != e.Name {
		e = cloud.Change(args[0], cloud.Person("alex.kim"), e.Time)
	}
	if len(args) == 3 {
		e = e.Twice()
	}
	production(ts, func(a *cloud.Account) { a.Events = append(a.Events, e) })
}

// silence takes all events away.
func silence(ts *testscript.TestScript, _ bool, _ []string) {
	production(ts, func(a *cloud.Account) { a.Events = nil })
}

// breaks are what AWS may do instead of an answer.
var breaks = map[string]cloud.Fault{
	"throttled":   {Operation: "cloudtrail:LookupEvents", With: cloud.Throttled},
	"half":        {Operation: "cloudtrail:LookupEvents", Region: "us-gov-east-1", After: 5, With: cloud.Throttled},
	"denied":      {Operation: "cloudtrail:LookupEvents", Region: "us-gov-east-1", With: cloud.Denied},
	"no-regions":  {Operation: "ec2:DescribeRegions", With: cloud.Denied},
	"no-identity": {Operation: "sts:GetCallerIdentity", With: cloud.Expired},
	"html":        {Operation: "cloudtrail:LookupEvents", Do: fault.Answer(200, "<html>sign in</html>")},
	"empty":       {Operation: "cloudtrail:LookupEvents", Do: fault.Answer(200, "{}")},
	"truncated":   {Operation: "cloudtrail:LookupEvents", Do: fault.Truncate(100)},
	"once":        {Operation: "cloudtrail:LookupEvents", After: 3, Times: 1, With: cloud.Internal},
}

// fails HOW: from now on.
func fails(ts *testscript.TestScript, _ bool, args []string) {
	production(ts, func(a *cloud.Account) { a.Faults = []cloud.Fault{breaks[args[0]]} })
}

// heal ends it.
func heal(ts *testscript.TestScript, _ bool, _ []string) {
	production(ts, func(a *cloud.Account) { a.Faults = nil })
}

// source [KEY JSON]...: the good source, with other values.
func setSource(ts *testscript.TestScript, _ bool, args []string) {
	more := map[string]any{}
	for i := 0; i < len(args); i += 2 {
		more[args[i]] = json.RawMessage(args[i+1])
	}
	ts.Setenv("SOURCE", sourceAt(ts.Getenv("AWS"), more))
}

// ask STATUS check|in|out [FOLDER]: call the resource with SOURCE and VERSION. It must end with this status, and the
// secret must be nowhere.
func ask(ts *testscript.TestScript, _ bool, args []string) {
	request := `{"source":` + ts.Getenv("SOURCE") + `,"version":` + ts.Getenv("VERSION") + `}`
	if ts.Getenv("VERSION") == "" {
		request = `{"source":` + ts.Getenv("SOURCE") + `}`
	}
	ts.Check(os.WriteFile(ts.MkAbs("request"), []byte(request), 0o600))
	status, folder := 0, args[2:]
	if len(folder) > 0 {
		ts.Check(os.MkdirAll(ts.MkAbs(folder[0]), 0o755))
	}
	err := ts.Exec("sh", append([]string{"-c", `exec "$0" "$@" <request`, args[1]}, folder...)...)
	if failed, is := errors.AsType[*exec.ExitError](err); is {
		status = failed.ExitCode()
	}
	if strconv.Itoa(status) != args[0] {
		ts.Fatalf("it exits %d, not %s", status, args[0])
	}
	told := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	if len(folder) > 0 {
		told += contents(ts, folder[0])
	}
	if strings.Contains(told, secret) {
		ts.Fatalf("it tells the secret")
	}
}

// contents is all files of a folder with their names.
func contents(ts *testscript.TestScript, folder string) string {
	var all strings.Builder
	ts.Check(filepath.WalkDir(ts.MkAbs(folder), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(ts.MkAbs(folder), path)
			all.WriteString(name + "\n" + ts.ReadFile(path))
		}
		return err
	}))
	return all.String()
}

// last [COUNT EVENTS]: Concourse saves the answer's last version; it is of so many anomalies, and lists so many.
func last(ts *testscript.TestScript, _ bool, args []string) {
	var list []map[string]string
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &list))
	ts.Setenv("VERSION", encode(list[len(list)-1]))
	v := list[len(list)-1]
	if len(args) == 2 && (v["count"] != args[0] || strconv.Itoa(len(v["events"])/16) != args[1]) {
		ts.Fatalf("the last of %d versions is %v", len(list), v)
	}
}

// age DURATION: as if the version were older.
func age(ts *testscript.TestScript, _ bool, args []string) {
	by, err := time.ParseDuration(args[0])
	ts.Check(err)
	v := map[string]string{}
	ts.Check(json.Unmarshal([]byte(ts.Getenv("VERSION")), &v))
	for _, key := range []string{"since", "through", "next", "baseline"} {
		if t, err := time.Parse(layout, v[key]); err == nil {
			v[key] = t.Add(-by).Format(layout)
		}
	}
	ts.Setenv("VERSION", encode(v))
}

// same FOLDER FOLDER: they hold the same files, byte by byte.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if (contents(ts, args[0]) == contents(ts, args[1])) == neg {
		ts.Fatalf("%s and %s are not as they should be", args[0], args[1])
	}
}
