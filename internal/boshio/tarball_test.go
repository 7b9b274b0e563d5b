package boshio_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/boshio"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

const (
	access  = "GOOG1EXAMPLE"
	secret  = "bGoa+V7g/yqDXvKRqq+JTFn4uQZbPiQJo4pf9RzJ"
	content = "the bytes of a stemcell"
)

// bucket serves one tarball to whoever signs, and puts its date on it.
func bucket(t *testing.T) (*fault.Gate, *boshio.Client, boshio.Tarball) {
	gate := &fault.Gate{}
	server := httptest.NewServer(gate.Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got, want := r.Header.Get("Authorization"), authorization(r); got != want {
			http.Error(w, fmt.Sprintf("<Code>SignatureDoesNotMatch</Code> %s, not %s", got, want), http.StatusForbidden)
			return
		}
		http.ServeContent(w, r, "", time.Date(2026, 8, 18, 21, 34, 58, 0, time.UTC), strings.NewReader(content))
	})))
	t.Cleanup(server.Close)
	sum1, sum256 := sha1.Sum([]byte(content)), sha256.Sum256([]byte(content))
	return gate, boshio.New(server.URL, fetch.Options{Tries: 1}), boshio.Tarball{
		URL:  server.URL + "/bosh-core-stemcells-fips/1.1331/bosh-stemcell-1.1331.tgz",
		Size: int64(len(content)), SHA1: hex.EncodeToString(sum1[:]), SHA256: hex.EncodeToString(sum256[:]),
	}
}

// authorization is the header that a request should have, by the steps of
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html.
func authorization(r *http.Request) string {
	_, signed, _ := strings.Cut(r.Header.Get("Authorization"), "SignedHeaders=")
	signed, _, _ = strings.Cut(signed, ",")
	canonical := r.Method + "\n" + r.URL.EscapedPath() + "\n\n"
	for _, name := range strings.Split(signed, ";") {
		value := r.Header.Get(name)
		if name == "host" {
			value = r.Host
		}
		canonical += name + ":" + value + "\n"
	}
	canonical += "\n" + signed + "\n" + r.Header.Get("X-Amz-Content-Sha256")

	date := r.Header.Get("X-Amz-Date")
	scope := date[:min(8, len(date))] + "/us-east-1/s3/aws4_request"
	sum := sha256.Sum256([]byte(canonical))
	key := []byte("AWS4" + secret)
	for _, part := range strings.Split(scope, "/") {
		key = mac(key, part)
	}
	signature := mac(key, "AWS4-HMAC-SHA256\n"+date+"\n"+scope+"\n"+hex.EncodeToString(sum[:]))
	return fmt.Sprintf("AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%x", access, scope, signed, signature)
}

func mac(key []byte, text string) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(text))
	return m.Sum(nil)
}

func TestSignsForAPrivateBucket(t *testing.T) {
	gate, client, tarball := bucket(t)
	var got bytes.Buffer
	_, err := client.Fetch(context.Background(), tarball, &got)
	require.ErrorContains(t, err, "403 Forbidden")

	client.Sign(boshio.Keys{Access: fetch.NewSecret(access), Secret: fetch.NewSecret(secret)})
	var asked []http.Header
	gate.Inject(fault.Fault{Times: 1, Do: fault.Truncate(5)}, fault.Fault{Do: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked = append(asked, r.Header)
			next.ServeHTTP(w, r)
		})
	}})
	published, err := client.Fetch(context.Background(), tarball, &got)
	require.NoError(t, err)
	require.Equal(t, content, got.String())
	require.Equal(t, "2026-08-18T21:34:58Z", published.Format(time.RFC3339))
	require.Equal(t, "bytes=5-", asked[0].Get("Range"), "each try is signed")
	require.Equal(t, "identity", asked[0].Get("Accept-Encoding"))
	require.NotContains(t, asked[0].Get("Authorization"), "accept-encoding", "which Google changes on the way")

	published, err = client.Published(context.Background(), tarball.URL)
	require.NoError(t, err)
	require.Equal(t, "2026-08-18T21:34:58Z", published.Format(time.RFC3339))

	stranger := boshio.New("", fetch.Options{Tries: 1})
	stranger.Sign(boshio.Keys{Access: fetch.NewSecret(access), Secret: fetch.NewSecret("another")})
	_, err = stranger.Fetch(context.Background(), tarball, &got)
	require.ErrorContains(t, err, "SignatureDoesNotMatch")
	require.NotContains(t, err.Error(), "another")
}

func TestVerifiesATarball(t *testing.T) {
	_, client, good := bucket(t)
	client.Sign(boshio.Keys{Access: fetch.NewSecret(access), Secret: fetch.NewSecret(secret)})
	for _, c := range []struct {
		about  string
		change func(*boshio.Tarball)
		says   string
	}{
		{"as it is", func(*boshio.Tarball) {}, ""},
		{"in capitals", func(b *boshio.Tarball) { b.SHA256 = strings.ToUpper(b.SHA256) }, ""},
		{"sha256 before sha1", func(b *boshio.Tarball) { b.SHA1 = "0" }, ""},
		{"sha1 where there is no other", func(b *boshio.Tarball) { b.SHA256 = "" }, ""},
		{"another sha1", func(b *boshio.Tarball) { b.SHA256, b.SHA1 = "", "0" }, "its sha1 is " + good.SHA1 + ", but the index says 0"},
		{"another sha256", func(b *boshio.Tarball) { b.SHA256 = "0" }, "its sha256 is " + good.SHA256 + ", but the index says 0"},
		{"no sum", func(b *boshio.Tarball) { b.SHA256, b.SHA1 = "", "" }, "nobody could verify it"},
		{"no size", func(b *boshio.Tarball) { b.Size = 0 }, "nobody could verify it"},
		{"another size", func(b *boshio.Tarball) { b.Size++ }, "it is 23 bytes long, not 24"},
		{"no address", func(b *boshio.Tarball) { b.URL = "tarball.tgz" }, "an address that is none"},
	} {
		t.Run(c.about, func(t *testing.T) {
			tarball := good
			c.change(&tarball)
			_, err := client.Fetch(context.Background(), tarball, new(bytes.Buffer))
			if c.says == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, c.says)
			}
		})
	}
}
