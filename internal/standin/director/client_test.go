package director_test

import (
	"net/url"
	"testing"
	"time"

	boshdir "github.com/cloudfoundry/bosh-cli/v7/director"
	boshuaa "github.com/cloudfoundry/bosh-cli/v7/uaa"
	boshlog "github.com/cloudfoundry/bosh-utils/logger"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/director"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// quiet is the only logger that shows nobody a token or a manifest.
var quiet = boshlog.NewLogger(boshlog.LevelNone)

// dial makes the real client, with a UAA's token if /info asks for one.
func dial(t *testing.T, s *director.Server) boshdir.Director {
	t.Helper()
	config, err := boshdir.NewConfigFromURL(s.URL())
	require.NoError(t, err)
	config.CACert = s.CA()
	info, err := connect(t, config).Info()
	require.NoError(t, err)
	if info.Auth.Type != "uaa" {
		config.Client, config.ClientSecret = s.Client, s.Secret
		return connect(t, config)
	}
	tokens, err := boshuaa.NewConfigFromURL(info.Auth.Options["url"].(string))
	require.NoError(t, err)
	tokens.CACert, tokens.Client, tokens.ClientSecret = s.CA(), s.Client, s.Secret
	uaa, err := boshuaa.NewFactory(quiet).New(tokens)
	require.NoError(t, err)
	config.TokenFunc = boshuaa.NewClientTokenSession(uaa).TokenFunc
	return connect(t, config)
}

func connect(t *testing.T, config boshdir.FactoryConfig) boshdir.Director {
	t.Helper()
	d, err := boshdir.NewFactory(quiet).New(config, boshdir.NewNoopTaskReporter(), boshdir.NewNoopFileReporter())
	require.NoError(t, err)
	return d
}

func TestRealClientReadsAll(t *testing.T) {
	for name, options := range map[string][]director.Option{"uaa": nil, "basic": {director.Basic}} {
		t.Run(name, func(t *testing.T) {
			s := start(t, Samples(), options...)
			s.Grant(s.Client, s.Secret, "bosh.admin")
			d := dial(t, s)

			info, err := d.Info()
			require.NoError(t, err)
			require.Equal(t, s.Client, info.User)
			require.Equal(t, "1.1330", info.StemcellVersion)

			deployments, err := d.ListDeployments()
			require.NoError(t, err)
			require.Len(t, deployments, 8)
			stemcells, err := d.Stemcells()
			require.NoError(t, err)
			require.Len(t, stemcells, 10)
			locks, err := d.Locks()
			require.NoError(t, err)
			require.Equal(t, []string{"logsearch"}, locks[0].Resource)
			orphans, err := d.OrphanedVMs()
			require.NoError(t, err)
			require.Equal(t, time.Date(2026, 8, 20, 1, 2, 3, 0, time.UTC), orphans[0].OrphanedAt)
			events, err := d.Events(boshdir.EventsFilter{Deployment: "logsearch"})
			require.NoError(t, err)
			require.Equal(t, "Timed out pinging to 5e3c after 600 seconds", events[0].Error())
		})
	}
}

func TestRealClientListsVMs(t *testing.T) {
	t.Parallel() // the client sleeps half a second at a time
	s := start(t, Samples())
	d := dial(t, s)

	nessus, err := d.FindDeployment("nessus-manager-prod")
	require.NoError(t, err)
	vms, err := nessus.VMInfos()
	require.NoError(t, err)
	require.Len(t, vms, 1)
	require.True(t, vms[0].Ignore)
	require.Equal(t, "1.999", vms[0].Stemcell.Version)
	require.Equal(t, time.Date(2025, 12, 8, 0, 0, 0, 0, time.UTC), vms[0].VMCreatedAt)

	opensearch, err := d.FindDeployment("opensearch")
	require.NoError(t, err)
	instances, err := opensearch.InstanceInfos()
	require.NoError(t, err)
	require.Len(t, instances, 3)
	require.Equal(t, director.Unresponsive, instances[1].ProcessState)
	require.Equal(t, "detached", instances[2].State)
	brief, err := opensearch.Instances()
	require.NoError(t, err)
	require.False(t, brief[2].ExpectsVM)

	empty, err := d.FindDeployment("empty")
	require.NoError(t, err)
	vms, err = empty.VMInfos()
	require.NoError(t, err)
	require.Empty(t, vms)
}

func TestRealClientMeetsFaults(t *testing.T) {
	t.Parallel() // the client sleeps half a second at a time
	s := start(t, Samples())
	d := dial(t, s)
	logsearch, err := d.FindDeployment("logsearch")
	require.NoError(t, err)

	_, err = d.OrphanedVMs()
	require.ErrorContains(t, err, "'401' response '{\"code\":600000")

	s.ExpireTokens()
	_, err = d.Locks()
	require.NoError(t, err, "it fetches another token")

	s.Inject(fault.Fault{Path: "/locks", Times: 2, Do: fault.Answer(502, "<html>")})
	_, err = d.Locks()
	require.NoError(t, err, "it tries again")

	s.Inject(
		fault.Fault{Path: "/locks", Do: fault.Answer(200, "<html>")},
		fault.Fault{Path: "/oauth/token", Do: fault.Answer(500, "")},
		fault.Fault{Path: "/deployments/logsearch/vms", Do: director.TaskEnds("error", "no database")})
	_, err = d.Locks()
	require.ErrorContains(t, err, "Unmarshaling Director response")
	_, err = logsearch.VMInfos()
	require.ErrorContains(t, err, "UAA responded with non-successful status code '500'", "a redirect asks for another token")

	s.Heal()
	s.Inject(fault.Fault{Path: "/deployments/logsearch/vms", Do: director.TaskEnds("error", "no database")})
	_, err = logsearch.VMInfos()
	require.ErrorContains(t, err, "to succeed but state is 'error'")
}

func TestReachableWhereItListens(t *testing.T) {
	for host, options := range map[string][]director.Option{
		"localhost": {director.Advertise("localhost")},
		"127.0.0.2": {director.Listen("127.0.0.2:0")},
	} {
		s := start(t, Samples(), options...)
		u, err := url.Parse(s.URL())
		require.NoError(t, err)
		require.Equal(t, host, u.Hostname())
		_, err = dial(t, s).ListDeployments()
		require.NoError(t, err, "certificate and UAA are good for %s", host)
	}
}
