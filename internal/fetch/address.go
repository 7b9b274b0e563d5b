package fetch

import (
	"crypto/x509"
	"net/url"
	"os"
	"strings"
)

// Address parses the address of a service, and tells whether it is one: http or https with a host.
func Address(text string) (u *url.URL, ok bool) {
	u, err := url.Parse(text)
	return u, err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// Authorities are those of a PEM text, or of the file that the text names; ok tells whether there is any. Of an empty
// text they are nil, by which crypto/tls takes the system's.
func Authorities(text string) (pool *x509.CertPool, ok bool) {
	if text == "" {
		return nil, true
	}
	pem := []byte(text)
	if !strings.Contains(text, "-----BEGIN") {
		pem, _ = os.ReadFile(text)
	}
	pool = x509.NewCertPool()
	return pool, pool.AppendCertsFromPEM(pem)
}

// host is as much of an address as may be printed.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "an address that is none"
	}
	return u.Scheme + "://" + u.Host
}
