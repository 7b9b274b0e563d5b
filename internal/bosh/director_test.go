package bosh_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/cloud-gov/platform-checklist/internal/bosh"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/standin/director"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

func start(t *testing.T, fleet director.Fleet, options ...director.Option) *director.Server {
	s := director.New(fleet, options...)
	t.Cleanup(s.Close)
	return s
}

// options are patient enough for a busy machine, and impatient enough for a test.
func options(s *director.Server) bosh.Options {
	return bosh.Options{
		Environment: s.URL(), Client: s.Client, Secret: fetch.NewSecret(s.Secret), CACert: s.CA(),
		Request: 30 * time.Second, Queue: 30 * time.Second, Run: 30 * time.Second,
	}
}

func open(t *testing.T, s *director.Server) *bosh.Director {
	t.Helper()
	d, err := bosh.Open(t.Context(), options(s))
	require.NoError(t, err)
	return d
}

// vms reads a deployment as a task does: its instances, and then what their VMs run.
func vms(ctx context.Context, d *bosh.Director, deployment string) (map[string]int, error) {
	instances, err := d.Instances(ctx, deployment)
	if err != nil {
		return nil, err
	}
	listed, err := d.VMs(ctx, deployment, instances)
	versions := map[string]int{}
	for _, vm := range listed {
		versions[vm.State+" "+vm.Stemcell.Version]++
	}
	return versions, err
}

func TestReadsAFleet(t *testing.T) {
	for name, option := range map[string]director.Option{"UAA": director.Workers(3), "basic": director.Basic} {
		t.Run(name, func(t *testing.T) {
			d := open(t, start(t, director.Morning(), option))
			require.Equal(t, "production-bosh", d.Info.Name)
			require.Equal(t, "ubuntu-jammy", d.Info.StemcellOS)

			list, err := d.Deployments(t.Context())
			require.NoError(t, err)
			require.Len(t, list, 9)
			require.Equal(t, "logsearch", list[4].Name)
			require.Equal(t, []bosh.Reference{{Name: director.Jammy("").Name, Version: "1.1330"}, {Name: director.Jammy("").Name, Version: "1.1364"}}, list[4].Stemcells)

			stemcells, err := d.Stemcells(t.Context())
			require.NoError(t, err)
			require.Len(t, stemcells, 10)

			running, err := vms(t.Context(), d, "opensearch")
			require.NoError(t, err)
			require.Equal(t, map[string]int{"started 1.484": 6, "detached ": 1}, running)
			running, err = vms(t.Context(), d, "cf")
			require.NoError(t, err)
			require.Equal(t, map[string]int{"started 1.1331": 9, "started 2019.102": 2}, running, "an errand has no VM and is not detached")

			why, err := d.LastError(t.Context(), "logsearch")
			require.NoError(t, err)
			require.Equal(t, "'ingestor/0' is not running after update. Review logs for failed jobs: ingestor_syslog", why)
			why, err = d.LastError(t.Context(), "cf")
			require.NoError(t, err)
			require.Empty(t, why)
		})
	}
}

// TestDetachedWithItsVM is an instance whose VM is not deleted yet: it is listed once, as the VM that it is.
func TestDetachedWithItsVM(t *testing.T) {
	fleet := director.Many(1, 3)
	instances := fleet.Deployments[0].Instances
	instances[0].State, instances[1].State, instances[1].VMs = "detached", "detached", nil
	running, err := vms(t.Context(), open(t, start(t, fleet)), fleet.Deployments[0].Name)
	require.NoError(t, err)
	require.Equal(t, map[string]int{"started 1.1364": 1, "detached 1.1364": 1, "detached ": 1}, running)
}

func TestLocksAndOrphans(t *testing.T) {
	fleet := director.Morning()
	fleet.Locks = []director.Lock{{Type: "deployment", Resource: []string{"cf"}, Expires: director.Day}, {Type: "release", Resource: []string{"x"}}}
	fleet.Orphans = []director.Orphan{{CID: "i-1", Deployment: "cf", Instance: "api/0", Since: director.Day}}
	s := start(t, fleet)
	d := open(t, s)
	locked, err := d.Locks(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"cf"}, locked)

	_, err = d.OrphanedVMs(t.Context())
	require.True(t, bosh.Denied(err), err)
	s.Grant(s.Client, s.Secret, "bosh.admin")
	s.ExpireTokens()
	d = open(t, s)
	orphans, err := d.OrphanedVMs(t.Context())
	require.NoError(t, err)
	since, err := orphans[0].At()
	require.NoError(t, err)
	require.Equal(t, director.Day, since)
}

// TestOneTokenForManyListings holds what the CLI's own client does not: it fetches one at every redirect.
func TestOneTokenForManyListings(t *testing.T) {
	s := start(t, director.Many(60, 2))
	d := open(t, s)
	var group errgroup.Group
	for i := range 60 {
		group.Go(func() error {
			_, err := vms(t.Context(), d, fmt.Sprintf("service-instance_%03d", i))
			return err
		})
	}
	require.NoError(t, group.Wait())
	require.Equal(t, 1, s.Count("POST /oauth/token"))
}

func TestTokenThatExpiresMeanwhile(t *testing.T) {
	s := start(t, director.Many(4, 1))
	d := open(t, s)
	_, err := d.Deployments(t.Context())
	require.NoError(t, err)
	bosh.Age(d, bosh.Fresh) // as if the run had gone on for so long
	s.ExpireTokens()
	var group errgroup.Group
	for i := range 4 {
		group.Go(func() error {
			_, err := vms(t.Context(), d, fmt.Sprintf("service-instance_%03d", i))
			return err
		})
	}
	require.NoError(t, group.Wait())
	require.Equal(t, 2, s.Count("POST /oauth/token"), "one more, for all of them")
}

// TestRefusals holds what a reader is told, and to do.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name    string
		change  func(*director.Server, *bosh.Options)
		want    string // of the error, {uaa} and {director} standing for addresses
		remedy  string
		refused bool
	}{
		{"missing scope", func(s *director.Server, o *bosh.Options) { s.Grant(s.Client, s.Secret) },
			"list deployments: GET /deployments: 401 Unauthorized: Require one of the scopes: bosh.admin, bosh.", "authority bosh.read", true},
		{"wrong secret", func(s *director.Server, o *bosh.Options) { o.Secret = fetch.NewSecret("wrong") },
			": 401 Unauthorized: Bad credentials", "Correct BOSH_CLIENT and BOSH_CLIENT_SECRET", false},
		{"unknown authority", func(s *director.Server, o *bosh.Options) { o.CACert = director.New(director.Fleet{}).CA() },
			"certificate signed by unknown authority", "BOSH_CA_CERT", false},
		{"nobody there", func(s *director.Server, o *bosh.Options) { s.Close() }, "connection refused", "See whether bosh env answers", false},
		{"another server", func(s *director.Server, o *bosh.Options) {
			s.Inject(fault.Fault{Path: "/info", Do: fault.Answer(200, "{}")})
		}, "who it is: the answer names no director", "proxy or another server", false},
		{"a login page", func(s *director.Server, o *bosh.Options) {
			s.Inject(fault.Fault{Path: "/deployments", Do: fault.Answer(200, "<html>")})
		}, "the answer is not what a director says: invalid character '<'", "proxy or another server", false},
		{"null", func(s *director.Server, o *bosh.Options) {
			s.Inject(fault.Fault{Path: "/deployments", Do: fault.Answer(200, "null")})
		}, "the answer is not what a director says: null", "proxy or another server", false},
		{"an object", func(s *director.Server, o *bosh.Options) {
			s.Inject(fault.Fault{Path: "/deployments", Do: fault.Answer(200, "{}")})
		}, "the answer is not what a director says: it is a JSON object, not an array", "proxy or another server", false},
		{"a deployment without a name", func(s *director.Server, o *bosh.Options) {
			s.Inject(fault.Fault{Path: "/deployments", Do: fault.Answer(200, "[{}]")})
		}, "list deployments: the answer has one without a name", "proxy or another server", false},
		{"a UAA without TLS", func(s *director.Server, o *bosh.Options) {
			s.Inject(fault.Fault{Path: "/info", Do: fault.Answer(200, `{"uuid":"1","user_authentication":{"type":"uaa","options":{"url":"http://127.0.0.1"}}}`)})
		}, `the director names no UAA that can be asked over TLS: "http://127.0.0.1"`, "proxy or another server", false},
		{"a UAA that answers 500", func(s *director.Server, o *bosh.Options) {
			s.Inject(fault.Fault{Path: "/oauth/token", Do: fault.Answer(500, "")})
		}, "get a token from the UAA at ", "Look after the director", false},
		{"a UAA without a token", func(s *director.Server, o *bosh.Options) {
			s.Inject(fault.Fault{Path: "/oauth/token", Do: fault.Answer(200, "{}")})
		}, "the answer holds none", "proxy or another server", false},
		{"a redirect without end", func(s *director.Server, o *bosh.Options) {
			s.Inject(fault.Fault{Path: "/deployments", Do: fault.Answer(302, "", "Location", "/deployments")})
		}, "too many redirects", "See whether bosh env answers", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, director.Many(1, 1))
			o := options(s)
			c.change(s, &o)
			d, err := bosh.Open(t.Context(), o)
			if err == nil {
				_, err = d.Deployments(t.Context())
			}
			require.ErrorContains(t, err, c.want)
			require.Contains(t, bosh.Remedy(err), c.remedy)
			require.Equal(t, c.refused, bosh.Denied(err))
			require.NotContains(t, err.Error(), s.Secret)
		})
	}
}

// TestListingsThatAreNotWhole holds that a list is believed only beside what else the director says.
func TestListingsThatAreNotWhole(t *testing.T) {
	const result, full = "/tasks/*/output", "/deployments/*/vms?format=full"
	for _, c := range []struct {
		name, want, remedy string
		fault              fault.Fault
	}{
		{"empty", "the list lacks node/", "Run it again", fault.Fault{Path: result, Do: fault.Answer(200, "")}},
		{"no content", "GET /tasks/1/output: 204 No Content", "Run it again", fault.Fault{Path: result, Do: fault.Answer(204, "")}},
		{"cut", "the answer broke off after 100 bytes", "See whether", fault.Fault{Path: result, Do: fault.Truncate(100)}},
		{"garbage", "read what task 1 listed: the list breaks off after 0", "proxy or another server", fault.Fault{Path: result, Do: fault.Answer(200, "<html>")}},
		{"an odd task", "/vms: the answer is not what a director says: id is a JSON string, not a whole number", "proxy or another server", fault.Fault{Path: full, Do: fault.Answer(200, `{"id":"1"}`)}},
		{"an odd VM", "read what task 1 listed: the list breaks off after 0: it is a JSON array, not an object", "proxy or another server", fault.Fault{Path: result, Do: fault.Answer(200, "[]")}},
		{"something else", "the list holds something else after 0", "proxy or another server", fault.Fault{Path: result, Do: fault.Answer(200, "{}")}},
		{"gone", "404 Not Found: Deployment 'x' doesn't exist", "Run it again", fault.Fault{Path: full, Do: fault.Answer(404, `{"code":70000,"description":"Deployment 'x' doesn't exist"}`)}},
		{"no task", "the director started no task for it", "proxy or another", fault.Fault{Path: full, Do: fault.Answer(200, "{}")}},
		{"failed", "task 1 ended with error: no database left", "bosh task 1 --debug", fault.Fault{Path: full, Do: director.TaskEnds("error", "no database left")}},
		{"queued", "task 1 is still queued after 200ms (QUEUE_TIMEOUT)", "workers busy", fault.Fault{Path: full, Do: director.TaskQueued()}},
		{"running", "task 1 is still running after 200ms (TASK_TIMEOUT)", "raise TASK_TIMEOUT", fault.Fault{Path: full, Do: director.TaskProcessing()}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, director.Many(1, 2))
			o := options(s)
			o.Queue, o.Run = 200*time.Millisecond, 200*time.Millisecond
			d, err := bosh.Open(t.Context(), o)
			require.NoError(t, err)
			s.Inject(c.fault)
			_, err = vms(t.Context(), d, "service-instance_000")
			require.ErrorContains(t, err, c.want)
			require.Contains(t, bosh.Remedy(err), c.remedy)
		})
	}
}

func TestAbortEndsAListing(t *testing.T) {
	s := start(t, director.Many(1, 1))
	d := open(t, s)
	ctx, cancel := context.WithCancelCause(t.Context())
	aborted := errors.New("aborted")
	s.Inject(fault.Fault{Path: "/deployments/*/vms?format=full", Do: director.TaskQueued()},
		fault.Fault{Path: "/tasks/*", Times: 1, Do: func(next http.Handler) http.Handler { return next }}, // the redirect's
		fault.Fault{Path: "/tasks/*", Do: func(next http.Handler) http.Handler {
			cancel(aborted)
			return next
		}})
	_, err := vms(ctx, d, "service-instance_000")
	require.ErrorIs(t, err, aborted)
}
