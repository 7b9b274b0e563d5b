package bosh

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	socks "github.com/cloudfoundry/socks5-proxy"
	"golang.org/x/crypto/ssh"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// through makes a transport go through a proxy in the bosh CLI's own notation: socks5://host:port, or
// ssh+socks5://user@host:22 for a jumpbox. Unlike the CLI's, it takes the private key as a value too, since a
// Concourse task has no such file, and changes neither the environment nor other transports.
func through(t *http.Transport, proxy string, key fetch.Secret) error {
	address, err := url.Parse(strings.TrimPrefix(proxy, "ssh+"))
	if err != nil || address.Scheme != "socks5" || address.Host == "" {
		return errors.New("wants ssh+socks5://user@host:22 or socks5://host:port")
	}
	if !strings.HasPrefix(proxy, "ssh+") {
		t.Proxy = http.ProxyURL(address)
		return nil
	}
	if file := address.Query().Get("private-key"); key.IsZero() && file != "" {
		read, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("names a private key that cannot be read: %w", err)
		}
		key = fetch.NewSecret(string(read))
	}
	if _, err := ssh.ParsePrivateKey([]byte(key.Reveal())); err != nil {
		return errors.New("wants the jumpbox's private key, in PEM and without a passphrase, as BOSH_JUMPBOX_PRIVATE_KEY or in the file that ?private-key= names")
	}
	j := &jumpbox{user: address.User.Username(), host: address.Host, key: key}
	t.DialContext = j.dial
	return nil
}

// jumpbox connects once and dials all connections through that. Like the bosh CLI it trusts the host key that it meets.
type jumpbox struct {
	user, host string
	key        fetch.Secret
	lock       sync.Mutex
	through    socks.DialFunc
}

func (j *jumpbox) dial(_ context.Context, network, address string) (net.Conn, error) {
	through, err := j.connect()
	if err != nil {
		return nil, fmt.Errorf("connect to the jumpbox %s: %w", j.host, err)
	}
	conn, err := through(network, address)
	if err != nil {
		return nil, fmt.Errorf("dial %s from the jumpbox %s: %w", address, j.host, err)
	}
	return conn, nil
}

func (j *jumpbox) connect() (socks.DialFunc, error) {
	j.lock.Lock()
	defer j.lock.Unlock()
	if j.through == nil {
		quiet := log.New(io.Discard, "", 0)
		through, err := socks.NewSocks5Proxy(socks.NewHostKey(), quiet, time.Minute).Dialer(j.user, j.key.Reveal(), j.host)
		if err != nil {
			return nil, err
		}
		j.through = through
	}
	return j.through, nil
}
