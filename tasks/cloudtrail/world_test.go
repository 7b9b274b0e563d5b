package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// staging is a second account, to be reached by a role.
const staging = "444455556666"

const lookups = "cloudtrail:LookupEvents"

// worlds are what the scripts look at, by the name that they call it by.
var worlds = map[string]func(time.Time) cloud.World{
	"clean":   cloud.Clean,
	"morning": cloud.Morning,
	"quota":   cloud.Morning,
	"odd":     odd,
	"pages":   pages,
	"roles":   roles,
	"empty":   changed(func(a *cloud.Account) { a.Events = nil }),
	"silent":  changed(func(a *cloud.Account) { a.Events = a.Events[:1] }),

	"no identity":   broken(cloud.Fault{Operation: "sts:GetCallerIdentity", With: cloud.Expired}),
	"no regions":    broken(cloud.Fault{Operation: "ec2:DescribeRegions", With: cloud.Denied}),
	"no lookups":    broken(cloud.Fault{Operation: lookups, With: cloud.Denied}),
	"denied region": broken(cloud.Fault{Operation: lookups, Region: "us-gov-east-1", With: cloud.Denied}),
	"expiring":      broken(cloud.Fault{Operation: lookups, Region: "us-gov-west-1", After: 5, With: cloud.Expired}),
	"throttled":     broken(cloud.Fault{Operation: lookups, After: 3, Times: 4, With: cloud.Throttled}),
	"hiccup":        broken(cloud.Fault{Operation: lookups, After: 3, Times: 2, With: cloud.Internal}, cloud.Fault{Operation: lookups, After: 8, Times: 1, Do: fault.Truncate(100)}),
	"silent server": broken(cloud.Fault{Operation: lookups, Do: fault.Hang}),
	"page of HTML":  broken(cloud.Fault{Operation: lookups, Do: fault.Answer(200, "<html><body>sign in</body></html>")}),
	"empty 200":     broken(cloud.Fault{Operation: lookups, Do: fault.Answer(200, "")}),
	"empty object":  broken(cloud.Fault{Operation: lookups, Do: fault.Answer(200, "{}")}),
	"one answer":    broken(cloud.Fault{Operation: lookups, Do: fault.Answer(200, `{"Events": [{"EventId": "1", "EventName": "DeleteTrail"}]}`)}),
	"turning":       broken(cloud.Fault{Operation: lookups, Do: fault.Answer(200, `{"Events": [], "NextToken": "again"}`)}),
	"breaks mid-way": func(now time.Time) cloud.World {
		w := pages(now)
		w.Account(cloud.Production).Faults = []cloud.Fault{{Operation: lookups, After: 14, With: cloud.Denied}}
		return w
	},
}

// changed is the clean account with something changed.
func changed(change func(*cloud.Account)) func(time.Time) cloud.World {
	return func(now time.Time) cloud.World {
		w := cloud.Clean(now)
		change(w.Account(cloud.Production))
		return w
	}
}

// broken is the morning with something to find, on which AWS answers badly.
func broken(faults ...cloud.Fault) func(time.Time) cloud.World {
	return func(now time.Time) cloud.World {
		w := cloud.Morning(now)
		w.Account(cloud.Production).Faults = slices.Clone(faults)
		return w
	}
}

// odd has records that no reader of today's should take for good, and one that tries to write the report.
func odd(now time.Time) cloud.World {
	w := cloud.Clean(now)
	a := w.Account(cloud.Production)
	at := now.Add(-time.Hour)
	a.Events = []cloud.Event{
		cloud.ConsoleLogin(cloud.Person("jane.doe"), at).Set("eventVersion", "2.0"),
		cloud.ConsoleLogin(cloud.Person("john.smith"), at).Set("userIdentity.type", "QuantumUser"),
		cloud.ConsoleLogin(cloud.Person("maria.garcia"), at).Set("sourceIPAddress", nil).Twice(),
		cloud.Terraform("DeleteTrail", at).Set("userIdentity", nil),
		cloud.Change("UpdateTrail", cloud.RoleSession("admin", "<!channel>\nHIGH \x1b[31m all is well"), at).Set("userAgent", "curl\nwhy: nothing"),
		cloud.Read("ec2.amazonaws.com", "DescribeVpcs", cloud.Person("jane.doe"), at).In("us-gov-east-1"),
	}
	return w
}

// pages has one login by root behind a hundred by a person, and so more than a page.
func pages(now time.Time) cloud.World {
	w := cloud.Clean(now)
	a := w.Account(cloud.Production)
	a.Events = nil
	for i := range 120 {
		a.Events = append(a.Events, cloud.ConsoleLogin(cloud.Person("jane.doe"), now.Add(-time.Duration(i+1)*time.Minute)).In("us-gov-west-1"))
	}
	a.Events = append(a.Events, cloud.ConsoleLogin(cloud.RootUser(), now.Add(-100*time.Hour)).In("us-gov-west-1"))
	return w
}

// roles are two accounts that the checklist's user may assume a role in.
func roles(now time.Time) cloud.World {
	w := cloud.Clean(now)
	w.Accounts = append(w.Accounts, cloud.Account{ID: staging, Partition: "aws-us-gov",
		Roles:  []cloud.Role{{Name: "checklist", Trusts: []string{cloud.Production}}},
		Events: []cloud.Event{cloud.ConsoleLogin(cloud.RootUser(), now.Add(-time.Hour))}})
	return w
}

// deliver writes the records of a world as its trail would: half of them in a packed file, half in a plain
// one, below folders of their own.
func deliver(w cloud.World, folder string) error {
	records, err := w.Account(cloud.Production).Records()
	if err != nil {
		return err
	}
	half := len(records) / 2
	for name, part := range map[string][]json.RawMessage{"us-gov-west-1/2026/08/a.json.gz": records[:half], "us-gov-east-1/b.json": records[half:]} {
		text, err := json.Marshal(map[string]any{"Records": part})
		if err != nil {
			return err
		}
		if err := writeLog(filepath.Join(folder, "AWSLogs", filepath.FromSlash(name)), text); err != nil {
			return err
		}
	}
	return nil
}

// writeLog writes a log file, packed where its name says so.
func writeLog(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if filepath.Ext(path) == ".gz" {
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		if _, err := z.Write(text); err != nil {
			return err
		}
		if err := z.Close(); err != nil {
			return err
		}
		text = packed.Bytes()
	}
	return os.WriteFile(path, text, 0o600)
}
