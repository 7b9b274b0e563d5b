package bosh

import (
	"fmt"
	"net/url"
	"os"

	"github.com/cloudfoundry/bosh-utils/httpclient"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// UseProxy makes directors opened from now on go through a jumpbox: socks5://host:port or
// ssh+socks5://user@host:22. key is the jumpbox's private key as a value; the library wants a file, so
// it gets one for as long as it takes to read it.
func UseProxy(proxy string, key fetch.Secret) error {
	address, err := url.Parse(proxy)
	if err != nil {
		return fmt.Errorf("BOSH_ALL_PROXY: %w", fetch.Scrub(err))
	}
	if !key.IsZero() {
		file, err := os.CreateTemp("", "jumpbox-*")
		if err != nil {
			return fmt.Errorf("BOSH_JUMPBOX_PRIVATE_KEY: %w", err)
		}
		defer os.Remove(file.Name())
		if _, err := file.WriteString(key.Reveal()); err != nil {
			return fmt.Errorf("BOSH_JUMPBOX_PRIVATE_KEY: %w", err)
		}
		if err := file.Close(); err != nil {
			return fmt.Errorf("BOSH_JUMPBOX_PRIVATE_KEY: %w", err)
		}
		query := address.Query()
		query.Set("private-key", file.Name())
		address.RawQuery = query.Encode()
	}
	if err := os.Setenv("BOSH_ALL_PROXY", address.String()); err != nil {
		return err
	}
	httpclient.ResetDialerContext()
	return nil
}
