package ranges

import (
	"bytes"
	"net/netip"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const published = `{"syncToken": "1", "createDate": "2026-08-22-15-17-05",
	"prefixes": [{"ip_prefix": "96.127.0.0/17", "region": "us-gov-west-1", "service": "AMAZON"},
		{"ip_prefix": "96.127.128.0/24"}, {"ip_prefix": "3.4.12.4/32"}, {"ip_prefix": "96.127.4.0/22"}],
	"ipv6_prefixes": [{"ipv6_prefix": "2600:1f12::/36"}]}`

func TestContains(t *testing.T) {
	set, err := Parse([]byte(published))
	require.NoError(t, err)
	require.Equal(t, "2026-08-22 15:17:05 +0000 UTC", set.Created.String())
	require.Len(t, set.spans, 3, "what overlaps or touches is one span")
	for address, within := range map[string]bool{
		"96.127.0.0": true, "96.126.255.255": false, "96.127.127.255": true, "96.127.128.255": true, "96.127.129.0": false,
		"3.4.12.4": true, "3.4.12.3": false, "3.4.12.5": false, "0.0.0.0": false, "255.255.255.255": false,
		"2600:1f12::": true, "2600:1f12:fff:ffff:ffff:ffff:ffff:ffff": true, "2600:1f12:1000::": false, "::": false,
		"::ffff:3.4.12.4": true, "2600:1f12::1%eth0": true,
	} {
		require.Equal(t, within, set.Contains(netip.MustParseAddr(address)), address)
	}
	require.False(t, set.Contains(netip.Addr{}))
}

func TestParseRefuses(t *testing.T) {
	for name, document := range map[string]string{
		"nothing": ``, "a page": `<html>`, "no date": `{"prefixes": []}`,
		"no prefixes": `{"createDate": "2026-08-22-15-17-05", "prefixes": []}`,
		"no address":  strings.Replace(published, "ip_prefix", "prefix", 1),
		"half a one":  strings.Replace(published, "/17", "", 1),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse([]byte(document))
			require.ErrorContains(t, err, "parse AWS's IP ranges: ")
		})
	}
}

func TestSnapshotIsWhatWasPublished(t *testing.T) {
	embedded := Snapshot()
	require.Greater(t, len(embedded.spans), 1000)
	require.True(t, embedded.Contains(netip.MustParseAddr("96.127.0.1")), "AWS's own example, a GovCloud range")
	var text bytes.Buffer
	require.NoError(t, embedded.WriteSnapshot(&text))
	require.Equal(t, snapshot, text.String())

	document, err := os.ReadFile("../../../shared/samples/aws/ip-ranges.json")
	if err != nil {
		t.Log("without AWS's own file: it is not beside the repository")
		return
	}
	t.Log("with AWS's own file of the snapshot's day")
	original, err := Parse(document)
	require.NoError(t, err)
	require.Equal(t, original, embedded)
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(published))
	f.Fuzz(func(t *testing.T, document []byte) {
		set, err := Parse(document)
		if err != nil {
			return
		}
		for i, s := range set.spans {
			require.True(t, set.Contains(s.first) && set.Contains(s.last))
			require.True(t, i == 0 || set.spans[i-1].last.Less(s.first))
		}
	})
}

func BenchmarkContains(b *testing.B) {
	set, address := Snapshot(), netip.MustParseAddr("96.127.0.1")
	for b.Loop() {
		set.Contains(address)
	}
}
