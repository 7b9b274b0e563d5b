package bosh_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	socks "github.com/cloudfoundry/go-socks5"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"

	"github.com/cloud-gov/platform-checklist/internal/bosh"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/standin/director"
)

// key is an SSH key, private in PEM.
func key(t *testing.T) (ssh.Signer, string) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	block, err := ssh.MarshalPrivateKey(private, "")
	require.NoError(t, err)
	signer, err := ssh.NewSignerFromKey(private)
	require.NoError(t, err)
	return signer, string(pem.EncodeToMemory(block))
}

func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go serve(conn)
		}
	}()
	return l.Addr().String()
}

// jumpbox is an SSH server that lets jumpbox in with this key and forwards what it dials.
func jumpbox(t *testing.T, authorized ssh.PublicKey) (address string, forwarded *atomic.Int64) {
	t.Helper()
	forwarded = new(atomic.Int64)
	host, _ := key(t)
	config := &ssh.ServerConfig{PublicKeyCallback: func(c ssh.ConnMetadata, offered ssh.PublicKey) (*ssh.Permissions, error) {
		if c.User() != "jumpbox" || !bytes.Equal(offered.Marshal(), authorized.Marshal()) {
			return nil, errors.New("not let in")
		}
		return nil, nil
	}}
	config.AddHostKey(host)
	return listen(t, func(raw net.Conn) {
		_, channels, requests, err := ssh.NewServerConn(raw, config)
		if err != nil {
			return
		}
		go ssh.DiscardRequests(requests)
		for asked := range channels {
			var to struct {
				Host   string
				Port   uint32
				Origin string
				From   uint32
			}
			if ssh.Unmarshal(asked.ExtraData(), &to) != nil {
				_ = asked.Reject(ssh.UnknownChannelType, "only forwarding")
				continue
			}
			target, err := net.Dial("tcp", net.JoinHostPort(to.Host, strconv.Itoa(int(to.Port))))
			if err != nil {
				_ = asked.Reject(ssh.ConnectionFailed, err.Error())
				continue
			}
			channel, requests, err := asked.Accept()
			if err != nil {
				return
			}
			forwarded.Add(1)
			go ssh.DiscardRequests(requests)
			go pipe(channel, target)
		}
	}), forwarded
}

func pipe(a, b io.ReadWriteCloser) {
	go func() {
		_, _ = io.Copy(a, b)
		_ = a.Close()
	}()
	_, _ = io.Copy(b, a)
	_ = b.Close()
}

func TestThroughAJumpbox(t *testing.T) {
	signer, private := key(t)
	address, forwarded := jumpbox(t, signer.PublicKey())
	file := filepath.Join(t.TempDir(), "jumpbox.key")
	require.NoError(t, os.WriteFile(file, []byte(private), 0o600))
	s := start(t, director.Many(1, 1))
	for name, proxy := range map[string]struct{ address, key string }{
		"key as a value": {"ssh+socks5://jumpbox@" + address, private},
		"key in a file":  {"ssh+socks5://jumpbox@" + address + "?private-key=" + url.QueryEscape(file), ""},
	} {
		t.Run(name, func(t *testing.T) {
			before := forwarded.Load()
			o := options(s)
			o.Proxy, o.ProxyKey = fetch.NewSecret(proxy.address), fetch.NewSecret(proxy.key)
			require.Empty(t, o.Problems())
			d, err := bosh.Open(t.Context(), o)
			require.NoError(t, err)
			_, err = d.Deployments(t.Context())
			require.NoError(t, err)
			require.Equal(t, before+3, forwarded.Load(), "/info, the UAA and /deployments")
		})
	}
}

func TestJumpboxThatLetsNobodyIn(t *testing.T) {
	_, private := key(t)
	another, _ := key(t)
	address, _ := jumpbox(t, another.PublicKey())
	s := start(t, director.Many(1, 1))
	o := options(s)
	o.Proxy, o.ProxyKey = fetch.NewSecret("ssh+socks5://jumpbox@"+address), fetch.NewSecret(private)
	_, err := bosh.Open(t.Context(), o)
	require.ErrorContains(t, err, "connect to the jumpbox "+address)
	require.ErrorContains(t, err, "unable to authenticate")
	require.Contains(t, bosh.Remedy(err), "BOSH_ALL_PROXY")
	require.NotContains(t, err.Error(), "PRIVATE KEY")
	require.Zero(t, s.Count("*"))

	signer, private := key(t)
	address, _ = jumpbox(t, signer.PublicKey())
	o.Proxy, o.ProxyKey = fetch.NewSecret("ssh+socks5://jumpbox@"+address), fetch.NewSecret(private)
	s.Close()
	_, err = bosh.Open(t.Context(), o)
	require.ErrorContains(t, err, "from the jumpbox "+address)
}

func TestThroughSOCKS(t *testing.T) {
	server, err := socks.New(&socks.Config{})
	require.NoError(t, err)
	address := listen(t, func(conn net.Conn) { _ = server.ServeConn(conn) })
	s := start(t, director.Many(1, 1))
	o := options(s)
	o.Proxy = fetch.NewSecret("socks5://" + address)
	d, err := bosh.Open(t.Context(), o)
	require.NoError(t, err)
	_, err = d.Deployments(t.Context())
	require.NoError(t, err)

	o.Proxy = fetch.NewSecret("socks5://127.0.0.1:1")
	_, err = bosh.Open(t.Context(), o)
	require.ErrorContains(t, err, "proxyconnect tcp: dial tcp 127.0.0.1:1")
}

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		o    bosh.Options
		want []string
	}{
		{bosh.Options{Environment: "10.0.0.6"}, nil},
		{bosh.Options{Environment: "https://10.0.0.6:25555", Proxy: fetch.NewSecret("socks5://10.0.0.5:1080")}, nil},
		{bosh.Options{Environment: "https://bosh:port", CACert: "-----BEGIN CERTIFICATE-----\nx", Proxy: fetch.NewSecret("http://proxy:3128")}, []string{
			"BOSH_ENVIRONMENT: ", "BOSH_CA_CERT: ", "BOSH_ALL_PROXY wants ssh+socks5://user@host:22 or socks5://host:port"}},
		{bosh.Options{Environment: "bosh", Proxy: fetch.NewSecret("ssh+socks5://jumpbox@box:22")}, []string{
			"BOSH_ALL_PROXY wants the jumpbox's private key, in PEM and without a passphrase"}},
		{bosh.Options{Environment: "bosh", Proxy: fetch.NewSecret("ssh+socks5://jumpbox@box:22?private-key=/nowhere/key")}, []string{
			"BOSH_ALL_PROXY names a private key that cannot be read: open /nowhere/key"}},
		{bosh.Options{Environment: "bosh", Proxy: fetch.NewSecret("ssh+socks5://u:passw0rd@box:22"), ProxyKey: fetch.NewSecret("no key, but s3cret")}, []string{"BOSH_ALL_PROXY wants the jumpbox's private key"}},
	} {
		problems := c.o.Problems()
		require.Len(t, problems, len(c.want), "%v", problems)
		for i, problem := range problems {
			require.True(t, strings.HasPrefix(problem.Error(), c.want[i]), problem)
			require.NotContains(t, problem.Error(), "s3cret")
			require.NotContains(t, problem.Error(), "passw0rd")
		}
	}
}
