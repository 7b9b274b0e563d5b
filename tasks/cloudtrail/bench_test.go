//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/lookup"
	"github.com/cloud-gov/platform-checklist/internal/ranges"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/task"
	"github.com/cloud-gov/platform-checklist/internal/trail"
)

const (
	benchRecords = 300_000
	inScope      = 20 // one of so many
	benchFiles   = 60
)

// BenchmarkLogs reads the same records, packed and plain, with this task, with encoding/json alone, with gzip
// alone, and with jq by the checklist's rule.
func BenchmarkLogs(b *testing.B) {
	for _, kind := range []string{"json", "json.gz"} {
		folder := b.TempDir()
		size := benchLogs(b, folder, kind)
		paths, err := filepath.Glob(filepath.Join(folder, "*"))
		require.NoError(b, err)
		for _, way := range []struct {
			name string
			read func(*testing.B, []string)
		}{
			{"task", func(b *testing.B, _ []string) { readAsTask(b, folder) }},
			{"decode-alone", decodeAlone},
			{"unpack-alone", unpackAlone},
			{"jq", readWithJQ},
		} {
			b.Run(kind+"/"+way.name, func(b *testing.B) {
				b.SetBytes(size)
				before := cpu(b)
				for b.Loop() {
					way.read(b, paths)
				}
				b.ReportMetric(float64(benchRecords*b.N)/b.Elapsed().Seconds(), "records/s")
				b.ReportMetric(float64(benchRecords*b.N)/(cpu(b)-before).Seconds(), "records/cpu-s")
			})
		}
	}
}

// cpu is the time that this process and its children had on a core: on a machine that others use, too, it
// compares better than the clock.
func cpu(b *testing.B) (total time.Duration) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var used syscall.Rusage
		require.NoError(b, syscall.Getrusage(who, &used))
		total += time.Duration(used.Utime.Nano() + used.Stime.Nano())
	}
	return total
}

// benchLogs writes the records and tells their size unpacked: repeats of the real ones beside the repository, or
// of the stand-in's, one in twenty of a name that is looked at.
func benchLogs(b *testing.B, folder, kind string) (size int64) {
	others, guarded := benchSources(b)
	for file := range benchFiles {
		var list []string
		for i := range benchRecords / benchFiles {
			n := file*benchRecords/benchFiles + i
			from := others
			if n%inScope == 0 {
				from = guarded
			}
			list = append(list, strings.Replace(from[n%len(from)], `"eventID":"`, fmt.Sprintf(`"eventID":"%08x-`, n), 1))
		}
		text := []byte(`{"Records":[` + strings.Join(list, ",") + `]}`)
		size += int64(len(text))
		require.NoError(b, writeLog(filepath.Join(folder, fmt.Sprintf("%03d.%s", file, kind)), text))
	}
	return size
}

func benchSources(b *testing.B) (others, guarded []string) {
	files, _ := filepath.Glob("../../../shared/samples/cloudtrail-logs/*.json")
	var records []json.RawMessage
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(b, err)
		var list struct{ Records []json.RawMessage }
		require.NoError(b, json.Unmarshal(text, &list))
		records = append(records, list.Records...)
	}
	b.Logf("with %d records of real log files, and the stand-in's", len(records))
	w := cloud.Morning(time.Now())
	own, err := w.Account(cloud.Production).Records()
	require.NoError(b, err)
	names := trail.DefaultPolicy().Events.All()
	for _, r := range append(records, own...) {
		e, err := trail.Parse(r)
		require.NoError(b, err)
		if strings.Contains(strings.Join(names, " ")+" ", e.Name+" ") {
			guarded = append(guarded, string(r))
		} else {
			others = append(others, string(r))
		}
	}
	return others, guarded
}

func readAsTask(b *testing.B, folder string) {
	run := benchRun(b, &config{Logs: folder, known: ranges.Snapshot()})
	require.Equal(b, []report.Count{{What: "log files", Number: benchFiles}, {What: "records", Number: benchRecords}}, run.Examined)
	require.Equal(b, benchRecords/inScope, run.Seen[0].Number+run.Seen[1].Number)
}

func benchRun(b *testing.B, c *config) *task.Run {
	run := &task.Run{Report: &report.Report{Started: time.Now()}}
	require.NoError(b, (&check{config: c, policy: trail.DefaultPolicy()}).look(b.Context(), run))
	require.Empty(b, run.Gaps)
	return run
}

// eachFile reads files on all cores.
func eachFile(b *testing.B, paths []string, read func(io.Reader) error) {
	files := make(chan string, len(paths))
	for _, path := range paths {
		files <- path
	}
	close(files)
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for path := range files {
				file, err := os.Open(path)
				if err == nil {
					err = read(unpacked(file))
				}
				if err != nil {
					b.Error(err)
				}
				file.Close()
			}
		})
	}
	wait.Wait()
}

func unpacked(file *os.File) io.Reader {
	if filepath.Ext(file.Name()) != ".gz" {
		return file
	}
	z, err := gzip.NewReader(file)
	if err != nil {
		return strings.NewReader(err.Error())
	}
	return z
}

// decodeAlone decodes every record into what the judgement needs, and judges nothing.
func decodeAlone(b *testing.B, paths []string) {
	eachFile(b, paths, func(r io.Reader) error {
		var list struct{ Records []trail.Event }
		return json.NewDecoder(r).Decode(&list)
	})
}

// unpackAlone only reads the bytes.
func unpackAlone(b *testing.B, paths []string) {
	eachFile(b, paths, func(r io.Reader) error {
		_, err := io.Copy(io.Discard, r)
		return err
	})
}

// rule is the checklist's, as a shell would ask it: the names, and what is not Terraform's.
const rule = `.Records[] | select(.eventName | IN("ConsoleLogin", "DeleteTrail", "UpdateTrail", "ModifyVpcAttribute", "PutUserPolicy",
  "PutRolePolicy", "RevokeSecurityGroupEgress", "RevokeSecurityGroupIngress", "AuthorizeSecurityGroupEgress",
  "AuthorizeSecurityGroupIngress", "CreatePolicy", "CreateSecurityGroup"))
| select((.eventName == "ConsoleLogin" and .userIdentity.userName == "Administrator") or
  (.eventName != "ConsoleLogin" and ((.userIdentity.principalId // "" | test(":i-[0-9a-f]{8,17}$") | not) or
    (.userIdentity.accessKeyId // "" | startswith("ASIA") | not)))) | .eventID`

// readWithJQ runs jq on the files, one after the other as a shell does, unpacked by gzip where they are packed.
func readWithJQ(b *testing.B, paths []string) {
	if _, err := exec.LookPath("jq"); err != nil {
		b.Fatal("jq is not installed: apt-get install jq")
	}
	var errs bytes.Buffer
	c := exec.CommandContext(b.Context(), "sh", "-c", `case $2 in *.gz) shift; gzip -dc "$@" | jq -r "$RULE";; *) shift; jq -r "$RULE" "$@";; esac >/dev/null`, "sh")
	c.Args = append(c.Args, "-")
	c.Args = append(c.Args, paths...)
	c.Env, c.Stderr = append(os.Environ(), "RULE="+rule), &errs
	require.NoError(b, c.Run(), errs.String())
}

// BenchmarkLookups asks a stand-in with AWS's quota for twelve names of three pages each.
func BenchmarkLookups(b *testing.B) {
	for _, regions := range []int{1, 4} {
		s := cloud.New(cloud.Large(time.Now(), 1, 150, regions))
		defer s.Close()
		for _, pair := range s.Env(cloud.Production, "checklist") {
			name, value, _ := strings.Cut(pair, "=")
			b.Setenv(name, value)
		}
		b.Run(fmt.Sprintf("regions=%d/task", regions), func(b *testing.B) { lookAsTask(b, s, regions) })
		b.Run(fmt.Sprintf("regions=%d/aws-cli", regions), func(b *testing.B) { lookWithCLI(b, s) })
	}
}

func lookAsTask(b *testing.B, s *cloud.Server, regions int) {
	c := &config{LookupInterval: lookup.Interval, known: ranges.Snapshot()}
	c.AWSRegion = "us-east-1"
	before := s.Count(cloud.Call{Operation: lookups})
	for b.Loop() {
		run := benchRun(b, c)
		require.Equal(b, 12*150*regions, run.Seen[0].Number+run.Seen[1].Number)
	}
	calls := (s.Count(cloud.Call{Operation: lookups}) - before) / b.N
	floor := float64(calls/regions-2) / 2 // two at once, then two a second
	b.ReportMetric(float64(calls), "calls/op")
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/floor, "x-floor")
	b.ReportMetric(float64(s.Count(cloud.Call{Operation: lookups, Error: "ThrottlingException"})), "throttles")
}

// lookWithCLI is the checklist's command in a loop over names and regions.
func lookWithCLI(b *testing.B, s *cloud.Server) {
	const loop = `for region in $(aws ec2 describe-regions --query 'Regions[].RegionName' --output text); do for name in $NAMES; do
		aws cloudtrail lookup-events --region "$region" --lookup-attributes AttributeKey=EventName,AttributeValue="$name" --query 'Events[].EventId' --output text
	done; done | wc -w`
	before := s.Count(cloud.Call{Operation: lookups, Error: "ThrottlingException"})
	var counted []byte
	for b.Loop() {
		c := exec.CommandContext(context.WithoutCancel(b.Context()), "sh", "-c", loop)
		c.Env = append(os.Environ(), "NAMES="+strings.Join(trail.DefaultPolicy().Events.All(), " "))
		var err error
		counted, err = c.Output()
		require.NoError(b, err)
	}
	b.Logf("the AWS CLI got %s events", bytes.TrimSpace(counted))
	b.ReportMetric(float64(s.Count(cloud.Call{Operation: lookups, Error: "ThrottlingException"})-before), "throttles")
}
