package stemcell_test

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	semi "github.com/cppforlife/go-semi-semantic/version"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

func version(t testing.TB, text string) stemcell.Version {
	t.Helper()
	v, err := stemcell.ParseVersion(text)
	require.NoError(t, err)
	return v
}

func TestVersionsCompareAsBOSHDoes(t *testing.T) {
	for _, c := range []struct {
		older, newer string
		why          string
	}{
		{"1.999", "1.1364", "text would put jammy's 1.999 last"},
		{"3586.96", "3586.100", "text would put trusty's 3586.96 last"},
		{"621.99", "621.125", "a float would put xenial's 621.99 last"},
		{"2019.99", "2019.102", "a float would put windows' 2019.99 last"},
		{"3468", "3468.1", "a missing part is 0"},
		{"0.160", "1.1", "a pre-release"},
		{"1.423", "1.0423", "a part with a leading zero is text to BOSH, and newer than any number"},
		{"1.2.3", "1.2.3.4", "four parts"},
		{"1", "999999999.999999999.999999999.999999999", "as large as it takes"},
	} {
		older, newer := version(t, c.older), version(t, c.newer)
		require.True(t, newer.Newer(older), c.why)
		require.False(t, older.Newer(newer), c.why)
	}
	for _, same := range [][2]string{{"1.10", "1.10.0"}, {"1.10", "1.10.0.0"}, {"3468", "3468.0"}} {
		require.Zero(t, version(t, same[0]).Compare(version(t, same[1])), same)
	}
}

func TestNoVersions(t *testing.T) {
	for _, text := range []string{
		"", "-", "latest", "621.latest", "1.x", "v1.2", "1.", ".1", "1..2", "1.2.3.4.5", "1.2-windows", "1.2+build", "-1", " 1.2", "1.2\n",
		"1.9999999999", "99999999999999999999", "١.٢", "1_2", "1.1364*",
	} {
		_, err := stemcell.ParseVersion(text)
		require.EqualError(t, err, strconv.Quote(text)+" is no stemcell version")
	}
	require.False(t, stemcell.Version{}.Known())
}

// TestCompareIsAnOrder holds that sorting cannot depend on where it starts, and agrees with BOSH's own library.
func TestCompareIsAnOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	part := func() string { return []string{"0", "00", "1", "01", "9", "10", "99", "100", "1364"}[random.IntN(9)] }
	var all []stemcell.Version
	for range 50 {
		parts := []string{part()}
		for range random.IntN(4) {
			parts = append(parts, part())
		}
		all = append(all, version(t, strings.Join(parts, ".")))
	}
	for _, a := range all {
		require.Zero(t, a.Compare(a))
		for _, b := range all {
			require.Equal(t, semi.MustNewVersionFromString(a.String()).Compare(semi.MustNewVersionFromString(b.String())), a.Compare(b), "%s %s", a, b)
			require.Equal(t, -b.Compare(a), a.Compare(b), "%s %s", a, b)
			for _, c := range all {
				if a.Compare(b) <= 0 && b.Compare(c) <= 0 && a.Compare(c) > 0 {
					t.Fatalf("%s <= %s <= %s, and yet not %[1]s <= %[3]s", a, b, c)
				}
			}
		}
	}
}

func FuzzParseVersion(f *testing.F) {
	for _, seed := range []string{"1.1364", "621.125", "0.160", "1.0423", "latest", "1.2.3.4", "1_2", "999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := stemcell.ParseVersion(text)
		if err != nil {
			require.False(t, v.Known())
			return
		}
		require.Equal(t, text, v.String())
		require.True(t, v.Known())
		parsed, err := semi.NewVersionFromString(text)
		require.NoError(t, err)
		require.Equal(t, text, parsed.AsString())
		require.LessOrEqual(t, strings.Count(text, "."), 3)
		require.Empty(t, strings.Trim(text, "0123456789."))
	})
}
