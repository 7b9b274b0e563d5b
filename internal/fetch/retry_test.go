package fetch_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 8, 24, 13, 0, 0, 0, time.UTC)
	const long = 1e9 * time.Second
	for value, want := range map[string]time.Duration{
		"": 0, "0": 0, "-5": 0, "soon": 0, "NaN": 0,
		"30": 30 * time.Second, "1.5": 1500 * time.Millisecond,
		"1000000000000": long, "1e30": long, "1e999": long, "Inf": long,
		"Mon, 24 Aug 2026 13:02:00 GMT":    2 * time.Minute,
		"Mon, 24 Aug 2026 12:59:00 GMT":    0,
		"Monday, 24-Aug-26 13:02:00 GMT":   2 * time.Minute,
		"Sun, 31 Dec 9999 23:59:59 GMT":    1<<63 - 1,
		"2026-08-24T13:02:00Z":             0,
		"Mon, 24 Aug 2026 13:02:00 +00:00": 0,
	} {
		require.Equal(t, want, fetch.RetryAfter(http.Header{"Retry-After": {value}}, now), "Retry-After: %s", value)
	}
	require.Zero(t, fetch.RetryAfter(nil, now))
}
