package bosh

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzParseVMs holds that a list is either whole or an error: every VM has an identity, and what follows the last one
// is nothing.
func FuzzParseVMs(f *testing.F) {
	for _, seed := range []string{
		"", "null", "{}", "[]", `{"id":"1","job_name":"api","vm_cid":"i-1","stemcell":{"name":"x","version":"1.1"},"ignore":true,"vm_created_at":"2026-08-20T00:00:00Z"}` + "\n",
		`{"id":"1","stemcell":{"name":null,"version":null}}` + "\n" + `{"id":"2","active":false,"vm_created_at":"yesterday"}`, `{"id":"1"}{"id":`, `{"id":"1"}` + "\n<html>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		vms, err := parseVMs(body)
		if err != nil {
			require.Empty(t, vms)
			return
		}
		for _, vm := range vms {
			require.NotEmpty(t, vm.ID)
		}
		again, err := parseVMs(append(bytes.TrimSpace(body), '\n'))
		require.NoError(t, err)
		require.Equal(t, vms, again)
		if len(body) > 0 && len(vms) > 0 {
			_, err = parseVMs(append(bytes.Clone(body), "<html>"...))
			require.Error(t, err, "what is not a VM is never passed over")
		}
	})
}
