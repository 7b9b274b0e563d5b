package bosh_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/bosh"
)

func TestHidden(t *testing.T) {
	var uploaded []bosh.Stemcell
	require.NoError(t, json.Unmarshal([]byte(`[{"deployments":[{"name":"secret"},{"name":"cf"}]},{"deployments":[{"name":"secret"},{"name":"another"}]},{}]`), &uploaded))
	err := bosh.Hidden([]bosh.Deployment{{Name: "cf"}}, uploaded)
	require.EqualError(t, err, "this client does not see another, secret, which uploaded stemcells name")
	require.Contains(t, bosh.Remedy(err), "bosh.read")
	require.NoError(t, bosh.Hidden([]bosh.Deployment{{Name: "cf"}, {Name: "secret"}, {Name: "another"}}, uploaded))
}
