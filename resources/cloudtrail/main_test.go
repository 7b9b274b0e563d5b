package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/resource/contract"
	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

func TestMain(m *testing.M) { contract.Main(m, "cloudtrail", main) }

const secret = "s3cr3t-planted"

// quick is a quota that no test waits for.
var quick = cloud.LookupRate(10_000, 10_000)

// sourceAt is JSON of a source whose AWS is there. The more keys may replace its own.
func sourceAt(base string, more map[string]any) string {
	world := cloud.Clean(time.Now())
	keys := map[string]any{"account_id": cloud.Production, "region": "us-gov-west-1", "endpoint": base, "lookup_interval": "1ms",
		"access_key_id": world.Account(cloud.Production).User(cloud.Reader).Keys[0].ID, "secret_access_key": secret}
	for key, value := range more {
		keys[key] = value
	}
	return encode(keys)
}

// text is a version as Concourse has it.
func text(t testing.TB, v *version) string {
	document, err := yaml.Marshal(v)
	require.NoError(t, err)
	values := map[string]string{}
	require.NoError(t, yaml.Unmarshal(document, values))
	return encode(values)
}

func TestContract(t *testing.T) {
	t.Parallel() // it waits for tries that are in vain
	s := cloud.New(cloud.Morning(time.Now()), quick)
	defer s.Close()
	ago := func(d time.Duration) moment { return at(time.Now().Add(-d)) }
	gone := version{Since: ago(2 * time.Hour), Through: ago(time.Hour), Next: ago(25 * time.Hour), Count: 1,
		Events: ledger{{uint32(ago(100 * time.Minute).Unix()), keyOf(cloud.Production + "/gone")}}}
	contract.Test(t, contract.Resource{
		Source:  sourceAt(s.URL(), nil),
		At:      func(base string) string { return sourceAt(base, nil) },
		Secret:  secret,
		Version: text(t, &gone),
		Gone:    true,
		Dated:   true,
	})
}

func TestPage(t *testing.T) { contract.Page(t, "../../docs/resources/cloudtrail.md", source{}) }
